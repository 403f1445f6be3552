// Brings more of a list: clicks the button that says so, else scrolls to the end. False: there is neither.
({ more, scroll }) => {
  const visible = (node) => {
    const box = node.getBoundingClientRect();
    const style = getComputedStyle(node);
    return box.width > 0 && box.height > 0 && style.visibility !== 'hidden' && style.display !== 'none'
      && !node.disabled && node.getAttribute('aria-disabled') !== 'true';
  };
  const says = /^\W*(?:点击|点此|上拉|向下|继续)?(?:加载|查看|显示|浏览|阅读|展开)?(?:更多|下一页)(?:新闻|内容|资讯|文章|稿件|信息)?\W*$|^\W*(?:load|show|view|see)\s+more\W*$/i;
  const leaves = (node) => {
    const link = node.closest('a[href]');
    const target = link ? link.getAttribute('href').trim() : '';
    return target !== '' && !/^(?:#|javascript:)/i.test(target);
  };
  let button = null;
  for (const selector of more) {
    button = Array.from(document.querySelectorAll(selector)).find(visible);
    if (button) break;
  }
  if (!button && !more.length) {
    const nodes = Array.from(document.querySelectorAll('button, a, [onclick], [class*=more], [id*=more], [role=button]'));
    button = nodes.slice(0, 2000).filter((node) => {
      const text = (node.textContent || node.value || '').replace(/\s+/g, ' ').trim();
      return text.length <= 16 && says.test(text) && !leaves(node) && visible(node);
    }).pop();
  }
  if (button) {
    button.scrollIntoView({ block: 'center' });
    button.click();
    return true;
  }
  if (!scroll) return false;
  const root = document.scrollingElement || document.documentElement;
  root.scrollTo(0, 0);
  root.scrollTo(0, root.scrollHeight);
  for (const node of Array.from(document.querySelectorAll('div, ul, main, section')).slice(0, 2000)) {
    if (node.scrollHeight > node.clientHeight + 50 && /auto|scroll/.test(getComputedStyle(node).overflowY)) {
      node.scrollTop = node.scrollHeight;
    }
  }
  window.dispatchEvent(new Event('scroll'));
  return true;
}
