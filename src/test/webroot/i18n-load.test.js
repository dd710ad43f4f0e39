// The strings of the page are loaded until they are there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadStrings, t } from '../../../webroot/js/core/i18n.js';

test('strings that do not come are asked for again, later each time', async () => {
  const answers = [
    () => { throw new TypeError('Failed to fetch'); },
    () => ({ ok: false, status: 502 }),
    () => ({ ok: true, json: async () => { throw new SyntaxError('cut off'); } }),
    () => ({ ok: true, json: async () => ({ greeting: 'Hello' }) }),
  ];
  const waited = [];
  const failures = [];
  globalThis.document = { documentElement: {} };
  globalThis.fetch = async () => answers.shift()();
  await loadStrings('en', { failed: (cause) => failures.push(cause.message), wait: async (ms) => waited.push(ms) });
  assert.equal(t('greeting'), 'Hello');
  assert.equal(document.documentElement.lang, 'en');
  assert.deepEqual(waited, [500, 1_000, 2_000]);
  assert.deepEqual(failures, ['Failed to fetch', 'status 502', 'cut off']);
});
