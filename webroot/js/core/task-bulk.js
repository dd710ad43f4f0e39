/*
 * One action for several tasks.
 *
 *   able('retry', tasks)                    // those of the tasks that the action is for
 *   await bulk('archive', ids)              // { done: [ids], refused: [{ id, detail }] }
 */
import { api } from './api.js';
import { isOpen } from './status.js';

/** The most tasks of one request. */
const AT_ONCE = 200;

const FOR = {
  retry: ({ status, archived_at: archived }) => status === 'failed' && !archived,
  cancel: ({ status, archived_at: archived }) => isOpen(status) && !archived,
  archive: ({ status, archived_at: archived }) => !archived && status !== 'running' && status !== 'awaiting_approval',
  restore: ({ archived_at: archived }) => Boolean(archived),
};

export const ACTIONS = Object.keys(FOR);

export function able(action, tasks) {
  return tasks.filter(FOR[action]);
}

export async function bulk(action, ids, rest = api) {
  const results = [];
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    const { items } = await rest.post('/api/tasks/bulk', { ids: ids.slice(i, i + AT_ONCE), action });
    results.push(...items);
  }
  return { done: results.filter(({ ok }) => ok).map(({ id }) => id), refused: results.filter(({ ok }) => !ok) };
}
