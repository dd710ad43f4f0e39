import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitted, labelsOf, linkAt, nextNode, shortened, zoomed } from '../../../webroot/js/core/graph-view.js';

const SIZE = { width: 800, height: 600 };

test('all nodes are in sight', () => {
  const points = [{ x: -2_000, y: 10 }, { x: 3_000, y: -700 }, { x: 0, y: 900 }];
  const { k, x, y } = fitted(points, SIZE);
  for (const point of points) {
    assert.ok(point.x * k + x >= 40 && point.x * k + x <= 760);
    assert.ok(point.y * k + y >= 40 && point.y * k + y <= 560);
  }
  assert.deepEqual(fitted([], SIZE), { k: 1, x: 400, y: 300 });
  assert.deepEqual(fitted([{ x: 5, y: 5 }], SIZE), { k: 1.5, x: 392.5, y: 292.5 });
});

test('what is under the pointer stays there while it is zoomed', () => {
  const view = { k: 0.5, x: 10, y: 20 };
  const next = zoomed(view, 1.5, { x: 100, y: 100 });
  const before = (100 - view.x) / view.k;
  assert.ok(Math.abs(before * next.k + next.x - 100) < 1e-9);
  assert.ok(zoomed(view, 1_000, { x: 0, y: 0 }).k < 3);
  assert.ok(zoomed(view, 0.0001, { x: 0, y: 0 }).k > 0.05);
});

test('labels do not lie on each other, the first ones have theirs, and one that is wanted always', () => {
  const nodes = Array.from({ length: 300 }, (_, i) => ({ label: `Node number ${i}`, r: 6 }));
  const places = nodes.map((_, i) => ({ x: 20 + (i % 20) * 40, y: 20 + Math.floor(i / 20) * 38 }));
  const labels = labelsOf(nodes, places, SIZE, [299]);
  assert.ok(labels.length > 8 && labels.length < 40, `${labels.length}`);
  assert.deepEqual(labels.slice(0, 2).map(({ i }) => i), [299, 0]);
  labels.forEach((one, at) => labels.slice(at + 1).forEach((other) => {
    assert.ok(Math.abs(one.x - other.x) > 60 || Math.abs(one.y - other.y) >= 14);
  }));
  assert.ok(labels.every(({ x }) => x > 30 && x < 770), 'none is cut off at the edge');
  assert.deepEqual(labelsOf([{ label: 'away', r: 5 }], [{ x: -50, y: 10 }], SIZE), []);
  assert.equal(shortened('x'.repeat(60)).length, 28);
});

test('arrow keys lead to the nearest node in their direction', () => {
  const places = [{ x: 0, y: 0 }, { x: 50, y: 5 }, { x: 20, y: 90 }, { x: -30, y: 0 }, { x: 40, y: -300 }];
  assert.equal(nextNode(places, 0, 'ArrowRight'), 1);
  assert.equal(nextNode(places, 0, 'ArrowLeft'), 3);
  assert.equal(nextNode(places, 0, 'ArrowDown'), 2);
  assert.equal(nextNode(places, 0, 'ArrowUp'), 4);
  assert.equal(nextNode(places, 3, 'ArrowLeft'), -1);
  assert.equal(nextNode(places, 0, 'a'), -1);
});

test('a link is pressed where it is drawn', () => {
  const places = [{ x: 0, y: 0 }, { x: 100, y: 0 }, { x: 100, y: 100 }];
  const links = [{ a: 0, b: 1 }, { a: 1, b: 2 }, { a: 2, b: 2 }];
  assert.equal(linkAt(links, places, { x: 50, y: 4 }), 0);
  assert.equal(linkAt(links, places, { x: 97, y: 60 }), 1);
  assert.equal(linkAt(links, places, { x: 50, y: 50 }), -1);
});
