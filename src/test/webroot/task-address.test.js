import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeIn, taskAddress } from '../../../webroot/js/core/task-address.js';
import { NO_FILTER, fromQuery } from '../../../webroot/js/core/task-filter.js';

const queryOf = (address) => new URL(address, 'http://localhost').searchParams;

test('the address of a task keeps what the board looks for', () => {
  const filter = { ...NO_FILTER, q: 'two words', status: 'failed', age: 'week', project: 'p1', pipeline: 'auto', archived: true };
  const address = taskAddress('7a', { filter, step: 's1' });
  assert.deepEqual(fromQuery(queryOf(address)), filter);
  assert.equal(queryOf(address).get('step'), 's1');
  assert.equal(taskAddress('7a'), '/tasks/7a');
  assert.equal(taskAddress('7a', { step: 's1' }), '/tasks/7a?step=s1');
});

test('an address can name characters of a document', () => {
  const place = { doc: 'a/b', start: 12, end: 480 };
  assert.deepEqual(placeIn(queryOf(taskAddress('7a', { step: 's1', place }))), place);
  assert.equal(placeIn(new URLSearchParams('doc=a&at=x')), null);
  assert.equal(placeIn(new URLSearchParams('at=1-2')), null);
});
