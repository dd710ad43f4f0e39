/*
 * What the audit log's page asks for and shows. No DOM.
 *
 *   const filter = filterOf(query);                  // from the address: { q, group, source, actor, from, to }
 *   addressOf(filter)                                // '/audit?…', without what does not matter
 *   paramsOf(filter)                                 // for GET /api/audit
 *   fits(entry, filter)                              // as the server decides it, for entries that the feed brings
 *   pieces(detail)                                   // [{ text }, { hash }]: long hashes apart
 *   actionOf(kind)  sourceOf(origin)                 // words
 */
import { has, t } from './i18n.js';

/** What the list can be narrowed to, and by which kinds. */
export const GROUPS = {
  decisions: ['task.approved', 'task.selected', 'task.redone', 'task.retried', 'task.cancelled'],
  failures: ['task.failed', 'task.stage_failed', 'plugin.refused', 'stages_file.unreadable'],
  task: ['task.'],
  stage: ['stage.', 'stages_file.'],
  pipeline: ['pipeline.', 'override.'],
  project: ['project.', 'template.'],
  plugin: ['plugin.'],
};
export const SOURCES = ['people', 'server', 'files'];
const FIELDS = ['q', 'group', 'source', 'actor', 'from', 'to'];

export function filterOf(query) {
  const filter = Object.fromEntries(FIELDS.map((name) => [name, query.get(name) ?? '']));
  if (!GROUPS[filter.group]) filter.group = '';
  if (![...SOURCES, 'all'].includes(filter.source)) filter.source = '';
  return filter;
}

export function addressOf(filter) {
  const query = new URLSearchParams(FIELDS.filter((name) => filter[name]).map((name) => [name, filter[name]]));
  return query.size ? `/audit?${query}` : '/audit';
}

/** Unless somebody looks for something, what was found in files stays out: a new server's log is full of it. */
export function hidesFiles({ q, group, source, actor }) {
  return !source && !q && !actor && (!group || group === 'task' || group === 'decisions');
}

function sourcesOf(filter) {
  if (hidesFiles(filter)) return ['people', 'server'];
  return SOURCES.includes(filter.source) ? [filter.source] : [];
}

/** A day of the person's own calendar, or the one after it, as an instant. */
function dayStart(day, plus = 0) {
  const [year, month, date] = day.split('-').map(Number);
  const at = new Date(year, month - 1, date + plus);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString();
}

export function paramsOf(filter) {
  const { q, group, actor, from, to } = filter;
  return {
    q: q.trim(),
    kind: (GROUPS[group] ?? []).join(','),
    source: sourcesOf(filter).join(','),
    actor: actor.trim(),
    since: from && dayStart(from),
    until: to && dayStart(to, 1),
  };
}

/** The address of a file with everything that fits. */
export function exportAddress(filter, format) {
  const query = new URLSearchParams(Object.entries(paramsOf(filter)).filter(([, value]) => value));
  query.set('format', format);
  return `/api/audit?${query}`;
}

export function sourceKind(origin) {
  if (origin === 'cli' || origin.startsWith('api ')) return 'people';
  return origin === 'file' || origin === 'plugins folder' ? 'files' : 'server';
}

export function fits(entry, filter) {
  const { q, kind, actor, since, until } = paramsOf(filter);
  const sources = sourcesOf(filter);
  const kinds = kind ? kind.split(',') : [];
  const text = [entry.title, entry.actor, entry.subject, entry.kind, entry.detail].map((part) => part.toLowerCase());
  const isOf = (each) => (each.endsWith('.') ? entry.kind.startsWith(each) : entry.kind === each);
  return (!kinds.length || kinds.some(isOf))
    && (!sources.length || sources.includes(sourceKind(entry.origin)))
    && (!actor || entry.actor === actor)
    && (!since || Date.parse(entry.at) >= Date.parse(since))
    && (!until || Date.parse(entry.at) < Date.parse(until))
    && q.toLowerCase().split(/\s+/).every((word) => text.some((part) => part.includes(word)));
}

const HASH = /\b[0-9a-f]{40,64}\b/g;

export function pieces(detail) {
  const found = [];
  let end = 0;
  for (const match of detail.matchAll(HASH)) {
    if (match.index > end) found.push({ text: detail.slice(end, match.index) });
    found.push({ hash: match[0] });
    end = match.index + match[0].length;
  }
  if (end < detail.length) found.push({ text: detail.slice(end) });
  return found;
}

export function actionOf(kind) {
  const words = kind.replaceAll(/[._]+/g, ' ');
  return has(`audit.action.${kind}`) ? t(`audit.action.${kind}`) : words.charAt(0).toUpperCase() + words.slice(1);
}

export function sourceOf(origin) {
  if (origin.startsWith('api ')) return t('audit.origin_api', { address: origin.slice(4) });
  const word = { cli: 'cli', file: 'file', 'plugins folder': 'plugins', engine: 'engine' }[origin];
  return word ? t(`audit.origin_${word}`) : origin;
}

const at = (folder) => (id) => `${folder}${encodeURIComponent(id)}`;
const PLACES = {
  task: at('/tasks/'),
  pipeline: at('/pipelines/'),
  project: at('/projects/'),
  stage: at('/?stage='),
  plugin: () => '/plugins',
  secret: () => '/secrets',
  override: ofOverride,
};

/** An override is of `pipeline/stage`, or of a project's stage template, which has no page of its own. */
function ofOverride(subject) {
  const end = subject.indexOf('/');
  return end < 0 ? null : PLACES.pipeline(subject.slice(0, end));
}

/** Where what an entry is about can be seen; null when it has no page, or not any more. */
export function placeOf({ kind, subject }) {
  const [of, what] = kind.split('.');
  return what === 'removed' ? null : PLACES[of]?.(subject) ?? null;
}
