/*
 * Short messages at the foot of the page, drawn by cb-toast.
 *
 *   toast(t('saved'));                                           // gone after 5 s
 *   toast(text, { tone: 'bad', action: { label, run, testid } }); // tone: ok | wait | bad; one action
 *   const close = toast(text, { ms: 8000 });
 *
 * The clock stands while the pointer or the focus is on the toast.
 */
import { announce } from './announce.js';
import { Store } from './store.js';

export const toasts = new Store({ items: [] });
let next = 1;

export function toast(text, { tone = 'ok', ms = 5_000, action = null } = {}) {
  const id = next++;
  toasts.set({ items: [...toasts.state.items.slice(-3), { id, text, tone, ms, action }] });
  announce(action ? `${text} ${action.label}` : text);
  return () => dismiss(id);
}

export function dismiss(id) {
  toasts.set({ items: toasts.state.items.filter((item) => item.id !== id) });
}
