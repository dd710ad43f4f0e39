import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Arrivals } from '../../../webroot/js/core/arrivals.js';
import { answer } from '../../../webroot/js/core/tree-keys.js';
import { TreeLayout, beingRead, neighbour, shift, withLeaving } from '../../../webroot/js/core/tree-layout.js';

const entry = (key) => ({ key, type: 'entry' });
const group = (key, open = true) => ({ key, type: 'group', open });
const layout = (...rows) => new TreeLayout(rows, ({ type }) => (type === 'group' ? 44 : 60));

test('knows which row covers a place, and which rows a window shows', () => {
  const tree = layout(group('g'), entry('a'), entry('b'), entry('c'));
  assert.equal(tree.height, 224);
  assert.equal(tree.indexAt(0), 0);
  assert.equal(tree.indexAt(44), 1);
  assert.equal(tree.indexAt(10_000), 3);
  assert.deepEqual(tree.range(50, 60, 0), [1, 3]);
  assert.ok(tree.isInside('a', 44, 60));
  assert.ok(!tree.isInside('a', 50, 60));
});

test('an empty tree has nothing to show', () => {
  assert.deepEqual(layout().range(0, 500), [0, 0]);
});

test('the row being read says how far to scroll along', () => {
  const before = layout(group('g'), entry('b'), entry('c'));
  assert.equal(shift(before, layout(group('g'), entry('a'), entry('b'), entry('c')), 'b'), 60);
  assert.equal(shift(before, layout(group('g'), entry('b'), entry('bb'), entry('c')), 'b'), 0);
  assert.equal(shift(before, layout(group('g'), entry('c')), 'c'), -60);
});

test('when that row is gone, its neighbour speaks for it', () => {
  const before = layout(entry('a'), entry('b'), entry('c'));
  assert.equal(shift(before, layout(entry('x'), entry('a'), entry('c')), 'b'), 0);
  assert.equal(shift(before, layout(entry('x'), entry('a')), 'c'), 60);
  assert.equal(shift(before, layout(), 'c'), 0);
});

test('the row under the pointer is being read, else the active one, else the first', () => {
  const tree = layout(entry('a'), entry('b'), entry('c'), entry('d'));
  assert.equal(beingRead(tree, { top: 30, height: 120, pointer: 100, active: 'b' }), 'c');
  assert.equal(beingRead(tree, { top: 30, height: 170, active: 'c' }), 'c');
  assert.equal(beingRead(tree, { top: 30, height: 120, active: 'a' }), 'b');
  assert.equal(beingRead(tree, { top: 0, height: 120 }), 'a');
});

test('the active place goes to the next row that is left', () => {
  const before = layout(entry('a'), entry('b'), entry('c'));
  assert.equal(neighbour(before, layout(entry('a'), entry('c')), 'b'), 'c');
  assert.equal(neighbour(before, layout(entry('a'), entry('b')), 'c'), 'b');
  assert.equal(neighbour(before, layout(), 'c'), null);
});

test('leaving rows stay between the neighbours they had', () => {
  const old = [entry('a'), entry('b'), entry('c')];
  assert.deepEqual(withLeaving([entry('a'), entry('c')], old, new Map([['b', 0]])).map(({ key }) => key), ['a', 'b', 'c']);
  assert.deepEqual(withLeaving([entry('b')], old, new Map([['a', 0], ['c', 0]])).map(({ key }) => key), ['a', 'b', 'c']);
});

test('answers the keys of a tree', () => {
  const rows = [group('g'), entry('a'), entry('b'), group('h', false)];
  assert.deepEqual(answer('ArrowDown', rows, 1, 5), { move: 2 });
  assert.deepEqual(answer('PageUp', rows, 3, 2), { move: 1 });
  assert.deepEqual(answer('End', rows, 0, 2), { move: 3 });
  assert.deepEqual(answer('ArrowLeft', rows, 2, 5), { move: 0 });
  assert.deepEqual(answer('ArrowLeft', rows, 0, 5), { toggle: false });
  assert.deepEqual(answer('ArrowRight', rows, 3, 5), { toggle: true });
  assert.deepEqual(answer('ArrowRight', rows, 0, 5), { move: 1 });
  assert.deepEqual(answer('Enter', rows, 1, 5), { open: true });
  assert.deepEqual(answer('x', rows, 1, 5), {});
});

test('a new row glows from when it is seen; an edited one from when it changed', () => {
  const arrivals = new Arrivals();
  arrivals.note({ added: ['a'], updated: ['b'], removed: [] }, 0);
  assert.deepEqual(arrivals.unseen, ['a']);
  assert.equal(arrivals.markOf('a', 100), null);
  assert.equal(arrivals.markOf('b', 100), 'edit');
  assert.equal(arrivals.seen('a', 5_000), true);
  assert.equal(arrivals.markOf('a', 6_000), 'new');
  assert.equal(arrivals.markOf('a', 8_000), null);
  assert.deepEqual(arrivals.unseen, []);
});

test('what was removed again is no news', () => {
  const arrivals = new Arrivals();
  arrivals.note({ added: ['a'], updated: [], removed: [] }, 0);
  arrivals.note({ added: [], updated: [], removed: [{ id: 'a' }] }, 1);
  assert.deepEqual(arrivals.unseen, []);
});
