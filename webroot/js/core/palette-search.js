/*
 * Which rows the palette shows: filter, search, groups. A search puts the group with the best answer
 * first. No DOM.
 *
 *   rows({ items, filter, query, closed, tombstones })
 *     → [{ type: 'group', key, kind, count, total, open }, { type: 'entry', key, item, position, size }]
 */
import { KINDS, compareItems } from './palette-model.js';
import { fold } from './text.js';

export const FILTERS = ['all', 'builtin', 'plugin', 'custom'];

const EXACT = 0;
const PREFIX = 1;
const WORD = 2;
const INSIDE = 3;
const ELSEWHERE = 4;
const NOWHERE = 5;

function startsWord(text, term) {
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1])) return true;
  }
  return false;
}

/** How well an item answers a folded query: the smaller the better, NOWHERE when not at all. */
export function rank(item, query) {
  const { key } = item;
  if (key === query || item.id === query) return EXACT;
  if (key.startsWith(query)) return PREFIX;
  if (key.includes(query)) return startsWord(key, query) ? WORD : INSIDE;
  const terms = query.split(/\s+/);
  if (!terms.every((term) => key.includes(term) || item.text.includes(term))) return NOWHERE;
  return terms.every((term) => key.includes(term)) ? INSIDE : ELSEWHERE;
}

/** The items that answer, best first, each rank in the order in which the items came. */
export function search(items, query) {
  const wanted = fold(query.trim());
  if (!wanted) return items;
  const ranks = Array.from({ length: NOWHERE }, () => []);
  for (const item of items) ranks[rank(item, wanted)]?.push(item);
  return ranks.flat();
}

export function rows({ items, filter = 'all', query = '', closed = new Set(), tombstones = [] }) {
  let shown = filter === 'all' ? items : items.filter(({ entry }) => entry.origin === filter);
  const alive = new Set(tombstones.length ? shown.map(({ id }) => id) : []);
  const graves = tombstones.filter(({ id }) => !alive.has(id)).map((item) => ({ ...item, gone: true }));
  if (graves.length) shown = [...shown, ...graves].sort(compareItems);
  shown = search(shown, query);
  const searching = query.trim() !== '';
  const result = [];
  const order = searching ? [...new Set(shown.map(({ kind }) => kind))] : KINDS;
  for (const kind of order) {
    const group = shown.filter((item) => item.kind === kind);
    if (group.length === 0) continue;
    const open = searching || !closed.has(kind);
    result.push({ type: 'group', key: `group:${kind}`, kind, count: group.length, open });
    if (!open) continue;
    group.forEach((item, i) => result.push({ type: 'entry', key: item.id, item, position: i + 1, size: group.length }));
  }
  const groups = result.filter(({ type }) => type === 'group');
  groups.forEach((row, i) => Object.assign(row, { position: i + 1, size: groups.length }));
  return result;
}
