import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lookOfDelivery } from '../../../webroot/js/core/deliveries.js';
import { TaskModel } from '../../../webroot/js/core/task-model.js';

test('the list of a task is the one of its last snapshot or frame', () => {
  const model = new TaskModel();
  model.apply({ kind: 'snapshot', data: { task: { id: 't' }, deliveries: [{ id: 'a', status: 'pending' }] } });
  assert.deepEqual(model.deliveries.map(({ status }) => status), ['pending']);
  const list = [{ id: 'a', status: 'delivered' }, { id: 'b', status: 'pending' }];
  model.apply({ kind: 'deliveries', deliveries: list });
  assert.equal(model.deliveries, list);
  model.apply({ kind: 'snapshot', data: { task: { id: 't' } } });
  assert.deepEqual(model.deliveries, []);
});

test('each status has a look of its own', () => {
  const looks = ['pending', 'delivered', 'failed'].map((status) => lookOfDelivery({ status }));
  assert.equal(new Set(looks.map(({ tone }) => tone)).size, 3);
  assert.equal(new Set(looks.map(({ shape }) => shape)).size, 3);
});
