/*
 * Why the feed does not come through although the server answers: a write is asked for that changes
 * nothing, and what refuses it says why. Empty when the server is simply away.
 */
import { api } from './api.js';
import { t } from './i18n.js';

export async function whyNotLive(ask = () => api.post('/api/vp/validate', { nodes: [], edges: [] })) {
  try {
    await ask();
  } catch (problem) {
    return problem.status === 403 || problem.status === 421 ? problem.detail : '';
  }
  return t('conn.no_websocket');
}
