/*
 * The pipelines, kept up to date, and what can be read off them.
 *
 *   pipelines.follow();   pipelines.state   // { items, loading, problem }, see live-list.js
 *   usersOf(items, stageId)                 // names of the pipelines with a stage of that type
 *   blocking(pipeline)                      // the errors that keep tasks from starting with it
 */
import { LiveList } from './live-list.js';

export const pipelines = new LiveList({ topic: 'pipelines', member: 'pipeline', key: 'name', path: '/api/pipelines' });

export function usersOf(items, stageId) {
  return (items ?? []).filter(({ stages = [] }) => stages.some(({ type }) => type === stageId)).map(({ name }) => name);
}

/** Errors of a file keep nothing from starting as long as its last good revision is used in its place. */
export function blocking({ errors, last_good_used: lastGood }) {
  return lastGood ? [] : errors ?? [];
}

/** The stage templates of a pipeline in the order in which they run: after what they depend on, then by sort order. */
export function ordered({ stages = [] }) {
  const rest = [...stages].sort((a, b) => (a.sort_order ?? 0) - (b.sort_order ?? 0));
  const names = new Set(rest.map(({ name }) => name));
  const placed = new Set();
  const result = [];
  while (rest.length) {
    const next = rest.findIndex(({ depends_on: needs = [] }) => needs.every((name) => placed.has(name) || !names.has(name)));
    const [stage] = rest.splice(Math.max(next, 0), 1);
    placed.add(stage.name);
    result.push(stage);
  }
  return result;
}
