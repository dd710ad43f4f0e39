/*
 * What depends on a pipeline, for the question before it is deleted. No DOM.
 *
 *   const use = await readUse(pipeline);   // { tasks, more, triggers, automatic, usual }
 *   useLines(use)                          // sentences; one that says so when nothing depends on it
 */
import { api } from './api.js';
import { t } from './i18n.js';
import { USUAL } from './projects.js';

/** The most that a list of the server has on one page. */
const PAGE = 200;
const OPEN = ['pending', 'running', 'awaiting_approval'];

/**
 * Counts open tasks and triggers, as the server has them now.
 *
 * @returns {Promise<object>} `more`: there are more tasks than were counted; `automatic`: tasks get it by their input;
 *   `usual`: new projects begin with its stages
 */
export async function readUse({ name, applicable_sources: sources = [] }, { get } = api) {
  const lists = OPEN.map((status) => get('/api/tasks', { query: { pipeline: name, status, limit: PAGE } }));
  const [triggers, ...tasks] = await Promise.all([get('/api/triggers', { query: { pipeline: name } }), ...lists]);
  return {
    tasks: tasks.reduce((sum, { items }) => sum + items.length, 0),
    more: tasks.some(({ next }) => Boolean(next)),
    triggers: triggers.items.length,
    automatic: sources.length > 0,
    usual: name === USUAL,
  };
}

export function useLines({ tasks, more, triggers, automatic, usual }) {
  const lines = [
    tasks && t(more ? 'pipeline.delete_tasks_more' : 'pipeline.delete_tasks', { n: tasks }),
    triggers && t('pipeline.delete_triggers', { n: triggers }),
    automatic && t('pipeline.delete_automatic'),
    usual && t('pipeline.delete_usual'),
  ].filter(Boolean);
  return lines.length ? lines : [t('pipeline.delete_unused')];
}
