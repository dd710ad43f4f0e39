/*
 * The address of a task's page: what the board beside it looks for, the step, and a place in a document. No DOM.
 *
 *   taskAddress(id, { filter, step, place })   // '/tasks/ID?status=failed&step=STAGE&doc=ab12&at=120-480'
 *   placeIn(query)                             // { doc, start, end }: characters of a document; null
 *
 * What is looked for stays in the address, so that a reload and Back keep it.
 */
import { NO_FILTER, toQuery } from './task-filter.js';

export function taskAddress(id, { filter = NO_FILTER, step = null, place = null } = {}) {
  const query = new URLSearchParams(toQuery(filter));
  if (step) query.set('step', step);
  if (place) {
    query.set('doc', place.doc);
    query.set('at', `${place.start}-${place.end}`);
  }
  const text = query.toString();
  return `/tasks/${encodeURIComponent(id)}${text ? `?${text}` : ''}`;
}

export function placeIn(query) {
  const doc = query?.get('doc');
  const [, start, end] = /^(\d{1,9})-(\d{1,9})$/.exec(query?.get('at') ?? '') ?? [];
  return doc && start ? { doc, start: Number(start), end: Number(end) } : null;
}
