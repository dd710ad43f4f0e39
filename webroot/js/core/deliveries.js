/*
 * What the sinks of a task's pipeline got. No DOM.
 *
 *   const list = await deliveriesOf(task.id);
 *   lookOfDelivery(delivery)      // { tone, shape, word }
 *   nextRead(list, now)           // in how many milliseconds to read them again, null when none is pending
 */
import { api } from './api.js';
import { t } from './i18n.js';

/** The shortest and the longest time until pending deliveries are read again, in milliseconds. */
export const AGAIN_MS = 2_000;
const LONGEST_MS = 60_000;

const LOOKS = { pending: ['wait', 'clock'], delivered: ['ok', 'check'], failed: ['bad', 'warn'] };

export const deliveriesOf = async (task) => (await api.get('/api/sinks/deliveries', { query: { task } })).items;

export const deliverAgain = (id) => api.post(`/api/sinks/deliveries/${encodeURIComponent(id)}/redeliver`);

export function lookOfDelivery({ status }) {
  const [tone, shape] = LOOKS[status] ?? ['wait', 'info'];
  return { tone, shape, word: t(`sinks.${status}`) };
}

/** Soon while one is due, else when the next one is tried: a delivery may be pending for a day. */
export function nextRead(list, now) {
  const pending = list.filter(({ status }) => status === 'pending');
  if (!pending.length) return null;
  const due = Math.min(...pending.map(({ next_at: at }) => (at ? Date.parse(at) - now : 0)));
  return Math.min(LONGEST_MS, Math.max(AGAIN_MS, due));
}
