import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toItem } from '../../../webroot/js/core/palette-model.js';
import { rows, search } from '../../../webroot/js/core/palette-search.js';

const item = (id, label, more = {}) => toItem({ id, label, type: 'stage', origin: 'builtin', ...more });
const titles = (items) => items.map(({ title }) => title);

test('an exact prefix comes first, then the start of a word, then the inside of one', () => {
  const items = [item('a', 'Recheck'), item('b', 'Licence check'), item('c', 'Checksum'), item('d', 'Check')];
  assert.deepEqual(titles(search(items, 'check')), ['Check', 'Checksum', 'Licence check', 'Recheck']);
});

test('finds by id, description and port type, after the names', () => {
  const items = [
    item('x-plan', 'First'), item('b', 'Second', { description: 'Makes a plan.' }),
    item('c', 'Third', { ports: { inputs: [{ name: 'in', type: 'plan' }], outputs: [] } }), item('d', 'Plan'), item('e', 'Other'),
  ];
  assert.deepEqual(titles(search(items, ' PLAN ')), ['Plan', 'First', 'Second', 'Third']);
});

test('several words must all be there, in any order', () => {
  const items = [item('a', 'Budget check', { description: 'yearly' }), item('b', 'Budget')];
  assert.deepEqual(titles(search(items, 'yearly budget')), ['Budget check']);
});

test('accents do not matter', () => {
  assert.equal(search([item('a', 'Résumé')], 'resume').length, 1);
});

test('rows are grouped, counted, and numbered within their group', () => {
  const items = [toItem({ id: 's', label: 'S', type: 'source', origin: 'builtin' }), item('a', 'A'), item('b', 'B')];
  const result = rows({ items });
  assert.deepEqual(result.map(({ key }) => key), ['group:source', 's', 'group:stage', 'a', 'b']);
  assert.deepEqual([result[2].count, result[2].position, result[2].size], [2, 2, 2]);
  assert.deepEqual([result[4].position, result[4].size], [2, 2]);
});

test('a closed group keeps its heading, but a search looks inside', () => {
  const items = [item('a', 'A'), item('b', 'B')];
  assert.deepEqual(rows({ items, closed: new Set(['stage']) }).map(({ key }) => key), ['group:stage']);
  assert.deepEqual(rows({ items, closed: new Set(['stage']), query: 'b' }).map(({ key }) => key), ['group:stage', 'b']);
});

test('a filter keeps one origin', () => {
  const items = [item('a', 'A'), item('b', 'B', { origin: 'custom' })];
  assert.deepEqual(rows({ items, filter: 'custom' }).map(({ key }) => key), ['group:stage', 'b']);
});

test('a tombstone stands where the entry was, until it is there again', () => {
  const [a, b, c] = [item('a', 'A'), item('b', 'B'), item('c', 'C')];
  const result = rows({ items: [a, c], tombstones: [b] });
  assert.deepEqual(result.map(({ key }) => key), ['group:stage', 'a', 'b', 'c']);
  assert.equal(result[2].item.gone, true);
  assert.equal(rows({ items: [a, b, c], tombstones: [b] })[2].item.gone, undefined);
});

/** How often anything of an entry is read while the rows are made. */
function reads(n) {
  let count = 0;
  const counting = { get: (target, name) => { count++; return target[name]; } };
  const items = Array.from({ length: n }, (_, i) => new Proxy(
    item(`entry-${i}`, `Entry ${i}`, { description: 'Lists approaches with trade-offs' }), counting));
  rows({ items, query: 'entry 99' });
  return count;
}

test('a search looks at each entry a few times, however many there are', () => {
  const [few, many] = [reads(1_000), reads(10_000)];
  assert.ok(many <= 10 * few * 1.1, `${few} reads for 1,000 entries, ${many} for 10,000`);
  assert.ok(many <= 10 * 10_000, `${many} reads for 10,000 entries`);
});
