/*
 * What the sinks of a task's pipeline got. No DOM.
 *
 *   const list = await deliveriesOf(task.id);
 *   await deliverAgain(delivery.id);
 *   lookOfDelivery(delivery)      // { tone, shape, word }
 */
import { api } from './api.js';
import { t } from './i18n.js';

const LOOKS = { pending: ['wait', 'clock'], delivered: ['ok', 'check'], failed: ['bad', 'warn'] };

export const deliveriesOf = async (task) => (await api.get('/api/sinks/deliveries', { query: { task } })).items;

export const deliverAgain = (id) => api.post(`/api/sinks/deliveries/${encodeURIComponent(id)}/redeliver`);

export function lookOfDelivery({ status }) {
  const [tone, shape] = LOOKS[status] ?? ['wait', 'info'];
  return { tone, shape, word: t(`sinks.${status}`) };
}
