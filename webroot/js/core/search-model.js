/*
 * What the search page asks for and shows. No DOM.
 *
 *   const ask = askOf(query);               // from the address: { q, mode, project, only }
 *   searchAddress(ask)                      // '/search?…', without what is as usual
 *   paramsOf(ask)                           // for GET /api/search
 *   facetsOf(facets)                        // [{ name, values: [{ value, label, count }] }], the most frequent first
 *   fitsOnly(item, only)                    // whether a passage has that value of a facet
 *   sectionOf(item)  projectOf(item)
 *
 * `only` is { name, value } of a facet, or null. The server counts facets; which passages are shown is decided here.
 */
export const MODES = ['hybrid', 'text', 'vector'];

/** The most that one answer has; asked for where only some of the passages are shown. */
const ALL = 100;
const PAGE = 20;
const MOST_VALUES = 8;

export function askOf(query) {
  const text = (name) => query?.get(name) ?? '';
  const [, name, value] = /^([a-z_]{1,40}):([\s\S]{1,300})$/.exec(text('only')) ?? [];
  return {
    q: text('q').slice(0, 1_000),
    mode: MODES.includes(text('mode')) ? text('mode') : 'hybrid',
    project: text('project').slice(0, 64),
    only: name ? { name, value } : null,
  };
}

export function searchAddress({ q, mode, project, only }) {
  const query = new URLSearchParams();
  if (q.trim()) query.set('q', q.trim());
  if (mode !== 'hybrid') query.set('mode', mode);
  if (project) query.set('project', project);
  if (only) query.set('only', `${only.name}:${only.value}`);
  return query.size ? `/search?${query}` : '/search';
}

export function paramsOf({ q, mode, project, only }) {
  return { q: q.trim(), mode, project, limit: only ? ALL : PAGE };
}

/** Counts come as { value: count } or as [{ value, count, title }]. */
export function facetsOf(facets) {
  return Object.entries(facets ?? {})
    .map(([name, counts]) => ({ name, values: valuesOf(counts) }))
    .filter(({ values }) => values.length > 1);
}

function valuesOf(counts) {
  const listed = Array.isArray(counts)
    ? counts.map(({ value, count, title }) => ({ value, label: title || value, count }))
    : Object.entries(counts ?? {}).map(([value, count]) => ({ value, label: value, count }));
  const known = listed.filter(({ value, count }) => value && count > 0);
  return known.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, MOST_VALUES);
}

const MEMBERS = {
  documents: 'doc_id', doc_id: 'doc_id', media_types: 'media_type', media_type: 'media_type', languages: 'lang',
  lang: 'lang', language: 'lang', sections: 'section_title', section: 'section_title',
};

/** A section's title as facets have it: lower case, without its number. */
function plain(title) {
  return String(title ?? '').toLowerCase().replace(/^[\divx]+(?:\.\d+)*[.)]?\s+/, '').trim();
}

function memberOf(item, name) {
  const member = MEMBERS[name] ?? name;
  const value = item[member];
  return member === 'section_title' ? plain(value) : value;
}

/** Whether these passages say it of themselves: else the counts cannot be filters. */
export function canNarrow(items, name) {
  return items.some((item) => Boolean(memberOf(item, name)));
}

export function fitsOnly(item, only) {
  if (!only) return true;
  const value = memberOf(item, only.name);
  const wanted = MEMBERS[only.name] === 'section_title' ? plain(only.value) : only.value;
  return value === wanted;
}

export function sectionOf({ section_title: title, section }) {
  return title || (section && !/^[a-z]*\d+$/i.test(section) ? section : '');
}

/** As addresses name it. */
export function projectOf({ project_id: project }) {
  return project ?? 'none';
}
