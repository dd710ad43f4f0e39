import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gateRows } from '../../../webroot/js/core/gate-rows.js';

const reason = 'ready to equal true (it is not set), pages to be at least 3 (it is 1), note to be set and level to be one of 1, 2';
const conditions = [{ field: 'ready', equals: true }, { all: [{ field: 'pages', gte: 3 }, { any: [{ field: 'note', exists: true }, { field: 'level', in: [1, 2] }] }] }];

test('a gate has one row for each condition, with the value that it waits for', () => {
  assert.deepEqual(gateRows(conditions, { pages: 1, level: 2 }, reason).map(({ key, text, met }) => [key, text, met]),
    [['ready', 'true', false], ['pages', '3', false], ['note', '', false], ['level', '1', true]]);
});

test('what the server does not name, and what lies inside a value, has no row', () => {
  assert.deepEqual(gateRows([{ field: 'other', equals: 1 }, { field: 'ready.deep', equals: 1 }, { field: 'ready', changed: true }], {}, reason), []);
  assert.deepEqual([gateRows(undefined, {}, reason), gateRows(conditions, {}, '')], [[], []]);
  assert.equal(gateRows({ field: 'ready', equals: true }, { ready: true }, reason)[0].met, true);
});
