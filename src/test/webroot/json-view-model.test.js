import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JsonView, pathText, preview } from '../../../webroot/js/core/json-view-model.js';

const keys = (view) => view.rows.map(({ key, kind, from, depth }) => `${'  '.repeat(depth)}${kind === 'range' ? `${from}…` : key ?? 'root'}`);

test('the root is open, and what is small inside it', () => {
  const view = new JsonView({ a: 1, b: { c: null }, d: Array.from({ length: 50 }, (_, i) => i) });
  assert.deepEqual(keys(view), ['root', '  a', '  b', '    c', '  d']);
  assert.deepEqual(view.rows.map(({ open }) => open), [true, undefined, true, undefined, false]);
});

test('opens and closes, with everything below', () => {
  const view = new JsonView({ d: { e: { f: [1, 2] } } });
  view.toggle(2);
  assert.deepEqual(keys(view), ['root', '  d', '    e', '      f']);
  view.toggle(3);
  view.toggle(1);
  assert.deepEqual(keys(view), ['root', '  d']);
  view.toggle(1);
  assert.deepEqual(keys(view), ['root', '  d', '    e']);
});

test('long lists are opened by the hundred', () => {
  const view = new JsonView(Array.from({ length: 250 }, (_, i) => ({ i })));
  assert.deepEqual(keys(view), ['root', '  0…', '  100…', '  200…']);
  view.toggle(3);
  assert.equal(view.rows.length, 54);
  assert.deepEqual(view.rows[4].path, [200]);
  assert.equal(view.rows[4].position, 1);
  assert.equal(view.rows[4].count, 50);
});

test('a million elements cost no more than their groups', () => {
  let read = 0;
  const elements = new Proxy(new Array(1_000_000).fill('x'), {
    get(target, key) {
      if (key !== 'length') read++;
      return Reflect.get(target, key);
    },
  });
  const view = new JsonView(elements);
  assert.equal(view.rows.length, 10_001);
  assert.equal(read, 0, 'no element is looked at before its group is opened');
  view.toggle(1);
  assert.equal(view.rows.length, 10_101);
  assert.equal(read, 100);
});

test('keys move, open and close', () => {
  const view = new JsonView({ a: { b: 1 }, c: 2 });
  assert.deepEqual(view.answer('ArrowDown', 0, 10), { move: 1 });
  assert.deepEqual(view.answer('End', 0, 10), { move: 3 });
  assert.deepEqual(view.answer('ArrowRight', 1, 10), { move: 2 });
  assert.deepEqual(view.answer('ArrowLeft', 2, 10), { move: 1 });
  assert.deepEqual(view.answer('ArrowLeft', 1, 10), { toggle: 1 });
  assert.deepEqual(view.answer('Enter', 1, 10), { toggle: 1 });
  assert.deepEqual(view.answer('Enter', 3, 10), { move: 3 });
  assert.deepEqual(view.answer('ArrowUp', 0, 10), { move: 0 });
  assert.deepEqual(view.answer('x', 0, 10), {});
});

test('empty and scalar values are rows without a twist', () => {
  assert.equal(new JsonView([]).rows[0].open, undefined);
  assert.equal(new JsonView('x').rows.length, 1);
  assert.equal(new JsonView(null).rows[0].kind, 'null');
});

test('paths read like JavaScript, previews stay short', () => {
  assert.equal(pathText(['sections', 3, 'odd key', 'a"b']), '$.sections[3]["odd key"]["a\\"b"]');
  assert.equal(pathText([]), '$');
  assert.equal(preview('a\nb'), '"a\\nb"');
  assert.ok(preview('x'.repeat(9_000)).length < 200);
  assert.equal(preview(undefined), 'null');
});
