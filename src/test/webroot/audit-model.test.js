import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import {
  actionOf, addressOf, exportAddress, filterOf, fits, GROUPS, hidesFiles, paramsOf, pieces, placeOf, sourceOf,
} from '../../../webroot/js/core/audit-model.js';
import { useStrings } from '../../../webroot/js/core/i18n.js';

useStrings(JSON.parse(await readFile(new URL('../../../webroot/i18n/en.json', import.meta.url), 'utf8')));

const filter = (address) => filterOf(new URLSearchParams(address));
const entry = {
  id: '1', at: '2026-11-28T12:00:00Z', actor: 'Ada', origin: 'api 127.0.0.1', kind: 'task.approved', subject: 't1',
  title: 'Fix the export', detail: 'Research',
};

test('a filter is the address of the page, and what does not matter is left out', () => {
  assert.equal(addressOf(filter('')), '/audit');
  assert.equal(addressOf(filter('q=a b&group=failures&source=all')), '/audit?q=a+b&group=failures&source=all');
  assert.equal(addressOf(filter('group=nonsense&source=nonsense')), '/audit');
});

test('what was found in files is out of sight until somebody looks for something', () => {
  assert.equal(hidesFiles(filter('')), true);
  assert.equal(paramsOf(filter('')).source, 'people,server');
  for (const address of ['source=all', 'source=files', 'q=auto', 'group=plugin', 'group=failures']) {
    assert.equal(hidesFiles(filter(address)), false, address);
  }
  assert.equal(paramsOf(filter('source=all')).source, '');
  assert.equal(paramsOf(filter('group=failures')).kind, GROUPS.failures.join(','));
});

test('days are those of the person, from their first moment to their last', () => {
  const { since, until } = paramsOf(filter('from=2026-11-28&to=2026-11-28'));
  assert.equal(Date.parse(until) - Date.parse(since), 86_400_000);
  assert.equal(new Date(since).getHours(), 0);
});

test('an export asks for the same entries', () => {
  assert.equal(exportAddress(filter('q=fix&source=all'), 'csv'), '/api/audit?q=fix&format=csv');
});

test('an entry of the feed is shown when the server would list it', () => {
  const shown = (address, more) => fits({ ...entry, ...more }, filter(address));
  assert.equal(shown(''), true);
  assert.equal(shown('', { origin: 'file' }), false);
  assert.equal(shown('source=all', { origin: 'plugins folder' }), true);
  assert.equal(shown('q=EXPORT ada'), true);
  assert.equal(shown('q=export zoe'), false);
  assert.equal(shown('actor=Ada'), true);
  assert.equal(shown('actor=Ad'), false);
  assert.equal(shown('group=decisions'), true);
  assert.equal(shown('group=failures'), false);
  assert.equal(shown('group=pipeline'), false);
  assert.equal(shown('from=2026-12-01'), false);
  assert.equal(shown('to=2026-11-01'), false);
});

test('long hashes are told from the rest of a detail', () => {
  const hash = 'ab'.repeat(32);
  assert.deepEqual(pieces(`version 1, sha256 ${hash}, x`), [{ text: 'version 1, sha256 ' }, { hash }, { text: ', x' }]);
  assert.deepEqual(pieces('Research'), [{ text: 'Research' }]);
});

test('kinds and sources are words, also those that are not known', () => {
  assert.equal(actionOf('task.started'), 'Started task');
  assert.equal(actionOf('task.some_new_thing'), 'Task some new thing');
  assert.equal(sourceOf('api 10.0.0.7'), 'API, 10.0.0.7');
  assert.equal(sourceOf('engine'), 'Server');
  for (const group of Object.keys(GROUPS)) assert.doesNotMatch(actionOf(GROUPS[group][0]), /\./);
});

test('what an entry is about has an address as long as it is there', () => {
  assert.equal(placeOf(entry), '/tasks/t1');
  assert.equal(placeOf({ kind: 'pipeline.removed', subject: 'p' }), null);
  assert.equal(placeOf({ kind: 'override.set', subject: 'p/Parse it' }), '/pipelines/p');
  assert.equal(placeOf({ kind: 'template.added', subject: 'x' }), null);
});
