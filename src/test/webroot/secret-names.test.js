import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askSecretNames, namesOf, secretNames } from '../../../webroot/js/core/secret-names.js';

test('names each secret once, in order', () => {
  assert.deepEqual(namesOf([{ name: 'b' }, { name: 'a', project: 'x' }, { name: 'a' }]), ['a', 'b']);
});

test('whoever may not see the names gets none, and anything else that is wrong is said', async () => {
  await askSecretNames(async () => ({ items: [{ name: 'service' }] }));
  assert.deepEqual(secretNames.state.names, ['service']);
  const fail = (problem) => askSecretNames(async () => { throw Object.assign(new Error('no'), problem); });
  await fail({ status: 403 });
  await fail({ offline: true });
  assert.deepEqual(secretNames.state.names, ['service']);
  await assert.rejects(fail({ status: 500 }));
});
