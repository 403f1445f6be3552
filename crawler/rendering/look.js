// The links of the page, and how long it is.
() => {
  const links = [];
  for (const anchor of document.querySelectorAll('a[href]')) {
    if (links.length >= 20000) break;
    links.push(String(anchor.href).slice(0, 2000));
  }
  const root = document.documentElement;
  return { links, size: root ? root.outerHTML.length : 0 };
}
