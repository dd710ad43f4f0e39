import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lookOfDelivery, nextRead } from '../../../webroot/js/core/deliveries.js';

const NOW = Date.parse('2026-11-29T03:00:00Z');
const pending = (at) => ({ status: 'pending', next_at: at });

test('deliveries are read again while one is pending', () => {
  assert.equal(nextRead([], NOW), null);
  assert.equal(nextRead([{ status: 'delivered' }, { status: 'failed' }], NOW), null);
  assert.equal(nextRead([{ status: 'delivered' }, pending('2026-11-29T03:00:20Z')], NOW), 20_000);
  assert.equal(nextRead([pending('2026-11-29T03:00:20Z'), pending('2026-11-29T03:00:10Z')], NOW), 10_000);
});

test('neither at once nor an hour later', () => {
  assert.equal(nextRead([pending(null)], NOW), 2_000);
  assert.equal(nextRead([pending('2026-11-29T02:59:00Z')], NOW), 2_000);
  assert.equal(nextRead([pending('2026-11-29T04:00:00Z')], NOW), 60_000);
});

test('each status has a look of its own', () => {
  const looks = ['pending', 'delivered', 'failed'].map((status) => lookOfDelivery({ status }));
  assert.equal(new Set(looks.map(({ tone }) => tone)).size, 3);
  assert.equal(new Set(looks.map(({ shape }) => shape)).size, 3);
});
