/*
 * Which workers serve which stages, kept up to date: see live-list.js.
 *
 *   workers.follow();
 *   servedBy(workers.state.items)      // Map: stage id → its workers; empty until the first answer
 */
import { LiveList } from './live-list.js';

const source = { topic: 'workers', member: 'worker', key: ({ type, name }) => `${type} ${name}`, path: '/api/workers' };

export const workers = new LiveList(source);

export function servedBy(items) {
  const byType = new Map();
  for (const worker of items ?? []) byType.set(worker.type, [...(byType.get(worker.type) ?? []), worker]);
  return byType;
}
