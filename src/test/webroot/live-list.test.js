import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LiveList } from '../../../webroot/js/core/live-list.js';

function followed({ items = [{ name: 'b' }, { name: 'a' }] } = {}) {
  let tell;
  let answer;
  const asked = [];
  const feed = { subscribe: (topic, handler) => { asked.push(topic); tell = handler; } };
  const rest = { get: () => new Promise((resolve, reject) => { answer = { with: () => resolve({ items }), fail: reject }; }) };
  const list = new LiveList({ topic: 'things', member: 'thing', key: 'name', path: '/api/things' }, { feed, rest });
  list.follow();
  return { list, tell: (frame) => tell(frame), answer: () => answer, asked, names: () => list.state.items?.map(({ name }) => name) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('it is asked for once, and shown by key', async () => {
  const { list, answer, asked, names } = followed();
  list.follow();
  assert.deepEqual(asked, ['things']);
  assert.equal(list.state.items, null);
  answer().with();
  await settled();
  assert.deepEqual(names(), ['a', 'b']);
});

test('changes are put in, replaced and taken out; what did not change stays the same object', async () => {
  const { list, answer, tell, names } = followed();
  answer().with();
  await settled();
  const [a] = list.state.items;
  tell({ kind: 'updated', thing: { name: 'aa' } });
  tell({ kind: 'updated', thing: { name: 'b', changed: true } });
  assert.deepEqual(names(), ['a', 'aa', 'b']);
  assert.equal(list.state.items[0], a);
  assert.equal(list.state.items[2].changed, true);
  tell({ kind: 'removed', thing: { name: 'aa' } });
  assert.deepEqual(names(), ['a', 'b']);
  tell({ kind: 'snapshot', data: { items: [{ name: 'z' }, { name: 'a' }] } });
  assert.deepEqual(names(), ['a', 'z']);
  assert.equal(list.state.items[0], a);
});

test('an answer that is older than a frame is not shown', async () => {
  const { list, answer, tell, names } = followed();
  tell({ kind: 'snapshot', data: { items: [{ name: 'new' }] } });
  answer().with();
  await settled();
  assert.deepEqual(names(), ['new']);
  assert.equal(list.state.loading, false);
});

test('a refusal is kept until something comes', async () => {
  const { list, answer, tell } = followed();
  answer().fail(new Error('gone'));
  await settled();
  assert.equal(list.state.problem.message, 'gone');
  tell({ kind: 'error', code: 'internal', detail: 'no' });
  assert.equal(list.state.problem.message, 'gone');
  tell({ kind: 'snapshot', data: { items: [] } });
  assert.equal(list.state.problem, null);
});

test('items may be told apart by more than one member', async () => {
  let tell;
  const feed = { subscribe: (topic, handler) => { tell = handler; } };
  const rest = { get: async () => ({ items: [] }) };
  const list = new LiveList({ topic: 'w', member: 'w', key: ({ a, b }) => `${a} ${b}`, path: '/w' }, { feed, rest });
  list.follow();
  tell({ kind: 'snapshot', data: { items: [{ a: 'x', b: '2', n: 1 }, { a: 'x', b: '1' }] } });
  tell({ kind: 'updated', w: { a: 'x', b: '2', n: 2 } });
  tell({ kind: 'removed', w: { a: 'x', b: '1' } });
  assert.deepEqual(list.state.items, [{ a: 'x', b: '2', n: 2 }]);
});
