import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeStorage } from './fake-storage.js';
import { Drafts } from '../../../webroot/js/core/drafts.js';
import { keepSample, keptSample, refusalOf, sampleOf, settingsOf } from '../../../webroot/js/core/try-run.js';

const SCHEMA = [{ key: 'tone', type: 'string' }, { key: 'token', type: 'secret' }];

test('a sample is text as it stands, or JSON', () => {
  assert.deepEqual(sampleOf('{"a": 1}', 'text'), { value: '{"a": 1}' });
  assert.deepEqual(sampleOf('{"a": 1}', 'json'), { value: { a: 1 } });
  assert.deepEqual(sampleOf('{"a": ', 'json'), { code: 'json' });
  assert.deepEqual(sampleOf('', 'json'), { code: 'json' });
});

test('settings that are no longer there are not sent', () => {
  assert.deepEqual(settingsOf(SCHEMA, { tone: 'dry', gone: 1 }), { tone: 'dry' });
});

test('a sample is kept, but never a secret', () => {
  const drafts = new Drafts(fakeStorage());
  assert.deepEqual(keptSample(drafts, 'new'), { text: '', kind: 'text', values: {} });
  keepSample(drafts, 'new', { text: 'x', kind: 'json', values: { tone: 'dry', token: 'hunter2' } }, SCHEMA);
  assert.deepEqual(keptSample(drafts, 'new'), { text: 'x', kind: 'json', values: { tone: 'dry' } });
  keepSample(drafts, 'new', { text: 'x', kind: 'text', values: { token: 'secret:NAME' } }, SCHEMA);
  assert.deepEqual(keptSample(drafts, 'new').values, { token: 'secret:NAME' });
  assert.deepEqual(keptSample(drafts, 'edit other').values, {});
});

test('a refusal says what belongs to the settings, what to the definition, and what to neither', () => {
  const detail = 'It has faults.';
  const settings = refusalOf({ detail, errors: [{ pointer: '/settings/tone', detail: 'is too dry' }] }, SCHEMA);
  assert.equal(settings.settings.get('/tone'), 'Is too dry');
  assert.equal(settings.definition, null);
  assert.deepEqual(settings.rest, []);
  const definition = refusalOf({ code: 'invalid_stage', detail, errors: [{ pointer: '/definition/name', detail: 'x' }] });
  assert.deepEqual(definition.definition.errors, [{ pointer: '/name', detail: 'x' }]);
  assert.deepEqual(definition.rest, []);
  assert.deepEqual(refusalOf({ detail }).rest, [detail]);
});
