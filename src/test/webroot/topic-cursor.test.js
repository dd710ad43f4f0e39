import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TopicCursor, backoff } from '../../../webroot/js/core/topic-cursor.js';

const delta = (revision, more) => ({ topic: 'palette', kind: 'added', revision, ...more });

test('asks without since at first, and with since and epoch after a snapshot', () => {
  const cursor = new TopicCursor('palette');
  assert.deepEqual(cursor.request(), { op: 'subscribe', topic: 'palette' });
  assert.equal(cursor.accept({ kind: 'snapshot', revision: 7, epoch: 'e1' }), 'apply');
  assert.deepEqual(cursor.request(), { op: 'subscribe', topic: 'palette', since: 7, epoch: 'e1' });
});

test('applies the next revision, drops repeats, tells a gap', () => {
  const cursor = new TopicCursor('palette', { since: 7, epoch: 'e1' });
  assert.equal(cursor.accept(delta(7)), 'drop');
  assert.equal(cursor.accept(delta(8)), 'apply');
  assert.equal(cursor.accept(delta(8)), 'drop');
  assert.equal(cursor.accept(delta(10)), 'gap');
  assert.deepEqual(cursor.request(), { op: 'subscribe', topic: 'palette' });
});

test('drops deltas until the snapshot after a gap has come', () => {
  const cursor = new TopicCursor('palette', { since: 1, epoch: 'e1' });
  cursor.accept(delta(5));
  assert.equal(cursor.accept(delta(6)), 'drop');
  assert.equal(cursor.accept({ kind: 'snapshot', revision: 6, epoch: 'e1' }), 'apply');
  assert.equal(cursor.accept(delta(7)), 'apply');
});

test('takes another epoch as a gap', () => {
  const cursor = new TopicCursor('palette', { since: 1, epoch: 'e1' });
  assert.equal(cursor.accept(delta(2, { epoch: 'e2' })), 'gap');
});

test('does not resume where revisions cannot be compared', () => {
  assert.deepEqual(new TopicCursor('task:1', { since: 4 }).request(), { op: 'subscribe', topic: 'task:1' });
});

test('waits up to 0.5 s, doubling to 30 s, at random from nothing on', () => {
  assert.equal(backoff(0, { random: () => 1 }), 500);
  assert.equal(backoff(0, { random: () => 0 }), 0);
  assert.equal(backoff(3, { random: () => 1 }), 4_000);
  assert.equal(backoff(3, { random: () => 0.25 }), 1_000);
  assert.equal(backoff(5, { random: () => 1 }), 16_000);
  assert.equal(backoff(6, { random: () => 1 }), 30_000);
  assert.equal(backoff(5_000, { random: () => 1 }), 30_000);
  assert.equal(backoff(50, { most: 4_000, random: () => 1 }), 4_000);
});

test('spreads clients evenly over the time', () => {
  const tenths = new Array(10).fill(0);
  for (let i = 0; i < 10_000; i++) tenths[Math.min(9, Math.floor(backoff(4) / 800))]++;
  for (const clients of tenths) assert.ok(clients > 800 && clients < 1_200, `${tenths}`);
});
