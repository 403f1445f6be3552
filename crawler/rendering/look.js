// The addresses that the page links to, itself and those that a script makes left out, and how long it is.
() => {
  const here = location.href.split('#')[0];
  const links = [];
  for (const anchor of document.querySelectorAll('a[href], area[href]')) {
    if (links.length >= 20000) break;
    const href = String(anchor.href).slice(0, 2000);
    if (/^https?:/i.test(href) && href.split('#')[0] !== here) links.push(href);
  }
  const root = document.documentElement;
  return { links, size: root ? root.outerHTML.length : 0 };
}
