/*
 * The server may be known under a path (`server.public_url: https://host/board`). Everything in the
 * pages is written from the root, such as /tasks/7; here it gets the path that stands in the address
 * bar, and loses it.
 */
const PREFIX = globalThis.document?.querySelector('meta[name="callboard-prefix"]')?.content ?? '';

/** As the browser asks for it: `/tasks` → `/board/tasks`. */
export function outside(path, prefix = PREFIX) {
  return path.startsWith('/') ? prefix + path : path;
}

/** As the pages name it: `/board/tasks` → `/tasks`. Null for what is no address of ours. */
export function inside(path, prefix = PREFIX) {
  if (prefix === '') return path;
  if (path === prefix) return '/';
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : null;
}

/** Keeps the links of the page right, also those that are drawn later. */
export function keepLinks(root = document, prefix = PREFIX) {
  if (prefix === '') return;
  const fix = (link) => {
    const href = link.getAttribute('href');
    if (href?.startsWith('/') && inside(href, prefix) === null) link.setAttribute('href', outside(href, prefix));
  };
  const options = { subtree: true, childList: true, attributes: true, attributeFilter: ['href'] };
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === 'attributes' && target.localName === 'a') fix(target);
      for (const node of addedNodes) {
        if (node.localName === 'a') fix(node);
        node.querySelectorAll?.('a[href^="/"]').forEach(fix);
      }
    }
  }).observe(root, options);
  root.querySelectorAll('a[href^="/"]').forEach(fix);
}
