/*
 * What the search page asks for and shows. No DOM.
 *
 *   const ask = askOf(query);               // from the address: { q, mode, project, facets }
 *   searchAddress(ask)                      // '/search?…', without what is as usual
 *   paramsOf(ask)                           // for GET /api/search
 *   facetsOf(answer.facets, ask.facets)     // [{ name, values: [{ value, label, count, chosen }] }], most first
 *   toggled(ask.facets, { name, value })    // with that value of the facet instead of another, or without it
 *   nearnessOf(answer)                      // what to say of passages that are there for their meaning alone; null
 *   sectionOf(item)  projectOf(item)
 *
 * `facets` of an ask is a list of { name, value }: the server finds passages that have these alone, and counts them.
 */
export const MODES = ['hybrid', 'text', 'vector'];

const PAGE = 20;
/** The most that the server takes. */
const MOST_FACETS = 20;
const MOST_VALUES = 8;

export function askOf(query) {
  const text = (name) => query?.get(name) ?? '';
  return {
    q: text('q').slice(0, 1_000),
    mode: MODES.includes(text('mode')) ? text('mode') : 'hybrid',
    project: text('project').slice(0, 64),
    facets: (query?.getAll('facet') ?? []).map(facetIn).filter(Boolean).slice(0, MOST_FACETS),
  };
}

function facetIn(text) {
  const [, name, value] = /^([a-z][a-z0-9_]{0,39}):([\s\S]{1,300})$/.exec(text) ?? [];
  return name ? { name, value } : null;
}

const facetText = ({ name, value }) => `${name}:${value}`;

export function searchAddress({ q, mode, project, facets }) {
  const query = new URLSearchParams();
  if (q.trim()) query.set('q', q.trim());
  if (mode !== 'hybrid') query.set('mode', mode);
  if (project) query.set('project', project);
  for (const facet of facets) query.append('facet', facetText(facet));
  return query.size ? `/search?${query}` : '/search';
}

export function paramsOf({ q, mode, project, facets }) {
  return { q: q.trim(), mode, project, facet: facets.map(facetText), limit: PAGE };
}

/** One value of a facet at a time: what is chosen is all that the server counts of it. */
export function toggled(facets, { name, value }) {
  const without = facets.filter((each) => each.name !== name);
  return facets.some((each) => each.name === name && each.value === value) ? without : [...without, { name, value }];
}

/** Counts come as { value: count } or as [{ value, count, title }]. What is chosen is there whatever is counted. */
export function facetsOf(facets, chosen = []) {
  const names = new Set([...Object.keys(facets ?? {}), ...chosen.map(({ name }) => name)]);
  return [...names].map((name) => groupOf(name, valuesOf(facets?.[name]), chosen.filter((each) => each.name === name)))
    .filter(({ values }) => values.length > 1 || values.some((each) => each.chosen));
}

function groupOf(name, counted, chosen) {
  const missing = chosen.filter(({ value }) => !counted.some((each) => each.value === value))
    .map(({ value }) => ({ value, label: value, count: 0 }));
  const picked = new Set(chosen.map(({ value }) => value));
  return { name, values: [...missing, ...counted].map((each) => ({ ...each, chosen: picked.has(each.value) })) };
}

function valuesOf(counts) {
  const listed = Array.isArray(counts)
    ? counts.map(({ value, count, title }) => ({ value, label: title || value, count }))
    : Object.entries(counts ?? {}).map(([value, count]) => ({ value, label: value, count }));
  const known = listed.filter(({ value, count }) => value && count > 0);
  return known.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, MOST_VALUES);
}

/** A key of the strings: by meaning something is always found, and somebody wants to know that it may be far away. */
export function nearnessOf({ mode, total, nearest }) {
  if (!nearest) return null;
  if (mode === 'vector') return 'by_nearness';
  return nearest < total ? 'some_nearest' : 'only_nearest';
}

export function sectionOf({ section_title: title, section }) {
  return title || (section && !/^[a-z]*\d+$/i.test(section) ? section : '');
}

/** As addresses name it. */
export function projectOf({ project_id: project }) {
  return project ?? 'none';
}
