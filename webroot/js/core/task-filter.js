/*
 * Which tasks are looked for: read from an address and written to it, asked of the server, and checked
 * against a task that the feed publishes. No DOM.
 *
 *   const filter = fromQuery(new URLSearchParams('?q=export&status=failed'));
 *   toQuery(filter)                  // '?q=export&status=failed'; '' when nothing is looked for
 *   isActive(filter)                 // whether anything is looked for
 *   request(filter, Date.now())      // the query of GET /api/tasks
 *   matches(filter, task, now)       // as the server decides it
 */
import { STATUSES } from './status.js';
import { fold } from './text.js';

const DAY_MS = 86_400_000;

/** How old a task may be, by the word in the address. */
export const AGES = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS };

export const NO_FILTER = Object.freeze({
  q: '', status: '', project: '', pipeline: '', label: '', age: '', archived: false,
});

export function fromQuery(query) {
  const text = (name) => query?.get(name) ?? '';
  return {
    q: text('q').slice(0, 200),
    status: STATUSES.includes(text('status')) ? text('status') : '',
    project: text('project'),
    pipeline: text('pipeline'),
    label: text('label').slice(0, 50),
    age: text('age') in AGES ? text('age') : '',
    archived: text('archived') === 'true',
  };
}

export function toQuery(filter) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value) query.set(name, String(value));
  const text = query.toString();
  return text ? `?${text}` : '';
}

export function isActive(filter) {
  return toQuery({ ...filter, q: filter.q.trim() }) !== '';
}

export function request({ q, status, project, pipeline, label, age, archived }, now) {
  const words = wordsOf(q).join(' ');
  const since = age ? new Date(now - AGES[age]).toISOString() : '';
  const labelled = label.trim() ? { label: label.trim() } : {};
  return { q: words, status, project, pipeline, ...labelled, since, archived: archived ? 'true' : '' };
}

/** The most words that the server takes. */
const MOST_WORDS = 10;

function wordsOf(q) {
  return q.split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
}

export function matches({ q, status, project, pipeline, label, age, archived }, task, now) {
  if (Boolean(task.archived_at) !== archived) return false;
  if (status && task.status !== status) return false;
  if (project && task.project !== project) return false;
  if (pipeline && task.pipeline !== pipeline) return false;
  if (label.trim() && !(task.labels ?? []).some((each) => fold(each) === fold(label.trim()))) return false;
  if (age && Date.parse(task.created_at) < now - AGES[age]) return false;
  const text = fold([task.title, task.description, task.id, task.pipeline].join('\n'));
  return wordsOf(q).every((word) => text.includes(fold(word)));
}
