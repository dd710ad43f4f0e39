import assert from 'node:assert/strict';
import { test } from 'node:test';
import { servedBy } from '../../../webroot/js/core/workers.js';

test('workers are told by the stage that they serve', () => {
  const served = servedBy([
    { type: 'a', name: '1', leases: 0 }, { type: 'b', name: '1', leases: 1 }, { type: 'a', name: '2', leases: 2 },
  ]);
  assert.deepEqual(served.get('a').map(({ name }) => name), ['1', '2']);
  assert.equal(served.get('b').length, 1);
  assert.equal(servedBy(null).size, 0);
});
