/*
 * Single-key shortcuts of the page.
 *
 *   const off = hotkey('/', () => search.focus());      // 'j', 'k', '?', 'Escape', …
 *
 * They stay silent while something is typed, while a dialog is open and with Ctrl, Alt or Meta held.
 * The last one registered for a key goes first; a handler that returns false passes the key on.
 */
const handlers = new Map();
let listening = false;

function typing(target) {
  return target?.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target?.tagName ?? '');
}

function dispatch(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target) || document.querySelector('dialog[open]')) return;
  for (const handler of [...(handlers.get(event.key) ?? [])].reverse()) {
    if (handler(event) === false) continue;
    event.preventDefault();
    return;
  }
}

export function hotkey(key, handler) {
  if (!listening) {
    listening = true;
    document.addEventListener('keydown', dispatch);
  }
  if (!handlers.has(key)) handlers.set(key, new Set());
  handlers.get(key).add(handler);
  return () => handlers.get(key).delete(handler);
}
