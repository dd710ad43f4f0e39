import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ForceLayout } from '../../../webroot/js/core/force-layout.js';

function ring(n) {
  return [Array.from({ length: n }, () => ({ r: 6 })), Array.from({ length: n }, (_, i) => ({ a: i, b: (i + 1) % n }))];
}

function settled(nodes, links, ms = 1_000) {
  const layout = new ForceLayout(nodes, links);
  for (let turn = 0; !layout.done; turn++) {
    assert.ok(turn < 400, 'it stops');
    layout.run(ms);
  }
  return layout;
}

test('the same graph has the same picture, in however many steps it is made', () => {
  const whole = settled(...ring(60));
  const bits = settled(...ring(60), 0);
  assert.deepEqual([...whole.x], [...bits.x]);
  assert.deepEqual([...whole.y], [...bits.y]);
  assert.equal(whole.share, 1);
});

test('nodes do not lie on each other, and linked ones are nearer than others', () => {
  const nodes = Array.from({ length: 40 }, () => ({ r: 6 }));
  const links = [];
  for (const first of [0, 20]) for (let i = 1; i < 20; i++) links.push({ a: first, b: first + i });
  const { x, y } = settled(nodes, links);
  const apart = (a, b) => Math.hypot(x[a] - x[b], y[a] - y[b]);
  let within = 0;
  let across = 0;
  for (let i = 1; i < 20; i++) {
    within += apart(0, i);
    across += apart(0, 20 + i);
    for (let j = i + 1; j < 20; j++) assert.ok(apart(i, j) > 8, `${i} and ${j}: ${apart(i, j)}`);
  }
  assert.ok(within < across / 1.5);
});

test('nothing, one node, a node with itself, and what was put by hand', () => {
  assert.ok(new ForceLayout([], []).done);
  assert.ok(new ForceLayout([{ r: 5 }], [{ a: 0, b: 0 }]).done);
  const layout = new ForceLayout(...ring(10));
  layout.put(3, 500, -500);
  while (!layout.done) layout.run(1_000);
  assert.deepEqual([layout.x[3], layout.y[3]], [500, -500]);
  assert.ok([...layout.x, ...layout.y].every(Number.isFinite));
});

test('a turn ends when its time is over', () => {
  const layout = new ForceLayout(...ring(10));
  let now = 0;
  layout.run(8, () => (now += 3));
  assert.ok(!layout.done);
  assert.ok(layout.share > 0 && layout.share < 0.05);
});
