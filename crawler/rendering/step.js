// Brings more of a list: clicks the button that says so, the next page or its number, else scrolls to the end.
// Returns what it has done, 'click' or 'scroll'; an empty text where there is nothing to do.
({ more, scroll }) => {
  const off = /(?:^|[\s_-])(?:disabled?|forbid|gray|no-?more)(?:[\s_-]|$)/i;
  const visible = (node) => {
    const box = node.getBoundingClientRect();
    const style = getComputedStyle(node);
    const item = node.closest('li');
    return box.width > 0 && box.height > 0 && style.visibility !== 'hidden' && style.display !== 'none'
      && !node.disabled && node.getAttribute('aria-disabled') !== 'true'
      && !off.test(node.className) && !(item && off.test(item.className));
  };
  const more_words = /^\W*(?:点击|点此|上拉|向下|继续)?(?:加载|查看|显示|浏览|阅读|展开)?更多(?:新闻|内容|资讯|文章|稿件|信息)?\W*$|^\W*(?:load|show|view|see)\s+more\W*$/i;
  const next_words = /^[^\p{L}\p{N}]*(?:(?:点击|查看)?下一?[页頁]|[后後]一?[页頁]|next(?:\s+page)?)[^\p{L}\p{N}]*$|^\s*[>›»→]{1,2}\s*$/iu;
  const leaves = (node) => {
    const link = node.closest('a[href]');
    const target = link ? link.getAttribute('href').trim() : '';
    return target !== '' && !/^(?:#|javascript:)/i.test(target);
  };
  const text_of = (node) => (node.textContent || node.value || node.title || node.getAttribute('aria-label') || '').replace(/\s+/g, ' ').trim();
  const usable = (node) => !leaves(node) && visible(node);
  let button = null;
  for (const selector of more) {
    button = Array.from(document.querySelectorAll(selector)).find(visible);
    if (button) break;
  }
  if (!button && !more.length) {
    const nodes = Array.from(document.querySelectorAll('button, a, input[type=button], [onclick], [class*=more], [id*=more], [class*=next], [id*=next], [role=button]')).slice(0, 2000);
    const saying = (words) => nodes.filter((node) => {
      const text = text_of(node);
      return text.length <= 16 && words.test(text) && usable(node);
    }).pop();
    const named = () => Array.from(document.querySelectorAll('[class*=page i] [class*=next i], [class*=pagination i] [class*=next i], [id*=page i] [class*=next i]'))
      .filter((node) => text_of(node).length <= 2 && usable(node)).pop();
    // the number behind the one that is no link, or is marked as the current one
    const numbered = () => {
      const marked = /(?:^|[\s_-])(?:active|current|curr?|on|selected|now|this|checked)(?:[\s_-]|$)/i;
      const numbers = Array.from(document.querySelectorAll('a, li, span, em, strong, b, button')).slice(0, 4000)
        .filter((node) => /^\d{1,4}$/.test(text_of(node)) && node.children.length <= 1);
      const links = numbers.filter((node) => node.matches('a, button, [onclick], li') && usable(node));
      for (const link of links) {
        const box = link.closest('[class*=pag i], [id*=pag i]') || (link.closest('li') || link).parentElement;
        const here = numbers.find((node) => box && box.contains(node) && node !== link && Number(text_of(node)) === Number(text_of(link)) - 1
          && (marked.test(node.className) || !node.closest('a, button, [onclick]') && !node.querySelector('a, button')));
        if (here) return link.querySelector('a') || link;
      }
      return null;
    };
    button = saying(more_words) || saying(next_words) || named() || numbered();
  }
  if (button) {
    button.scrollIntoView({ block: 'center' });
    button.click();
    return 'click';
  }
  if (!scroll) return '';
  const root = document.scrollingElement || document.documentElement;
  root.scrollTo(0, 0);
  root.scrollTo(0, root.scrollHeight);
  for (const node of Array.from(document.querySelectorAll('div, ul, main, section')).slice(0, 2000)) {
    if (node.scrollHeight > node.clientHeight + 50 && /auto|scroll/.test(getComputedStyle(node).overflowY)) {
      node.scrollTop = node.scrollHeight;
    }
  }
  window.dispatchEvent(new Event('scroll'));
  return 'scroll';
}
