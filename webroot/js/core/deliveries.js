/*
 * What the sinks of a task's pipeline got. No DOM.
 *
 *   const list = await deliveriesOf(task.id);
 *   lookOfDelivery(delivery)      // { tone, shape, word }
 *   anyWaits(list)                // whether something is still to come: then they are read again in a while
 */
import { api } from './api.js';
import { t } from './i18n.js';

/** How long until deliveries that wait are read again, in milliseconds. */
export const AGAIN_MS = 2_000;

const LOOKS = { pending: ['wait', 'clock'], delivered: ['ok', 'check'], failed: ['bad', 'warn'] };

export const deliveriesOf = async (task) => (await api.get('/api/sinks/deliveries', { query: { task } })).items;

export const deliverAgain = (id) => api.post(`/api/sinks/deliveries/${encodeURIComponent(id)}/redeliver`);

export function lookOfDelivery({ status }) {
  const [tone, shape] = LOOKS[status] ?? ['wait', 'info'];
  return { tone, shape, word: t(`sinks.${status}`) };
}

export const anyWaits = (list) => list.some(({ status }) => status === 'pending');
