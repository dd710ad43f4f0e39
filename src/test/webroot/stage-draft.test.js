import assert from 'node:assert/strict';
import { test } from 'node:test';
import { copyOf, definitionOf as fromEntry, executorOf } from '../../../webroot/js/core/definition.js';
import { checkDefinition } from '../../../webroot/js/core/definition-check.js';
import { Drafts } from '../../../webroot/js/core/drafts.js';
import { fakeStorage } from './fake-storage.js';
import { choicesOf, readKeys, typedConfig } from '../../../webroot/js/core/executors.js';
import { definitionOf, draftOf, emptyDraft, keepDraft, keptDraft, pointers } from '../../../webroot/js/core/stage-draft.js';

const FULL = {
  id: 'licence-check', name: 'Licence check', label: 'Licence check', type: 'stage', description: 'Looks at licences.', version: '2.0.0',
  ports: { inputs: [{ name: 'text', type: 'text' }], outputs: [{ name: 'found', type: 'findings' }] },
  settings_schema: [
    { key: 'limit', type: 'integer', label: 'Limit', default: 3, min: 1, max: 9, required: true },
    { key: 'mode', type: 'select', label: 'Mode', default: 'a', options: [{ value: 'a', label: 'A' }, { value: 'b', label: 'b' }] },
    { key: 'on', type: 'boolean', label: 'On', default: true },
    { key: 'extra', type: 'json', label: 'Extra', default: { a: [1] } },
    { key: 'token', type: 'secret', label: 'Token' },
  ],
  executor: 'http', executor_config: { url: 'https://example.org/', headers: { a: 'b' } },
  state_key: ['licences'], dependencies: ['parse'], colour: 'kept although unknown',
};

test('a definition survives the form unchanged', () => {
  assert.deepEqual(definitionOf(draftOf(FULL)), FULL);
});

test('a name apart from the label stays', () => {
  const definition = definitionOf(draftOf({ ...FULL, name: 'machine', label: 'Shown' }));
  assert.deepEqual([definition.name, definition.label], ['machine', 'Shown']);
});

test('an entry gives its definition without what the server writes', () => {
  const entry = { ...FULL, origin: 'custom', custom: true, available: true, revision: 4, execution_type: 'remote' };
  assert.deepEqual(fromEntry(entry), FULL);
});

test('an executor may be a word or an object', () => {
  assert.deepEqual(executorOf({ executor: { type: 'http', url: 'u' }, executor_config: { method: 'GET' } }), { type: 'http', config: { url: 'u', method: 'GET' } });
  assert.deepEqual(executorOf({}), { type: 'manual', config: {} });
});

test('a copy of what Java runs is run by a person', () => {
  const copy = copyOf({ ...FULL, executor: 'java' }, 'Mine', 'mine');
  assert.deepEqual([copy.id, copy.name, copy.executor], ['mine', 'Mine', 'manual']);
});

test('a source takes nothing and a sink gives nothing', () => {
  assert.deepEqual(definitionOf({ ...draftOf(FULL), type: 'source' }).ports.inputs, []);
  assert.deepEqual(definitionOf({ ...draftOf(FULL), type: 'sink' }).ports.outputs, []);
});

test('an executor gets what it reads and nothing that another one was given', () => {
  const config = { instructions: 'Look.', prompt: 'Do it.', command: ['git', 'log', '', '-1', '', ''], workdir: '', url: 'u' };
  const sent = (read) => definitionOf({ ...emptyDraft(), config }, read).executor_config;
  assert.deepEqual(sent(['instructions']), { instructions: 'Look.' });
  assert.deepEqual(sent(['command', 'workdir']), { command: ['git', 'log', '', '-1'] });
  assert.equal(sent(undefined).url, 'u', 'what is not known here is kept');
  assert.deepEqual(definitionOf({ ...emptyDraft(), config: { command: [''] } }, ['command']).executor_config, {});
});

test('knows of an executor what the server says of it', () => {
  const items = [
    { executor: 'command', available: false, reason: 'Off.', config_schema: [{ key: 'command' }, { key: 'workdir' }] },
    { executor: 'worker', available: true, config_schema: [] },
  ];
  assert.deepEqual(readKeys(items, 'command'), ['command', 'workdir']);
  assert.equal(readKeys(items, 'worker'), undefined, 'one without a schema takes any');
  assert.equal(readKeys([], 'command'), undefined, 'offline nothing is known');
});

test('numbers of the executor are sent as numbers, and what is none as it was typed', () => {
  const items = [{
    executor: 'prompt',
    config_schema: [{ key: 'prompt', type: 'text' }, { key: 'temperature', type: 'number' }, { key: 'tokens', type: 'integer' }],
  }];
  const typed = (config) => typedConfig(items, 'prompt', config);
  assert.deepEqual(typed({ prompt: '7', temperature: ' 0.5 ', tokens: '12' }), { prompt: '7', temperature: 0.5, tokens: 12 });
  assert.deepEqual(typed({ temperature: 'warm', tokens: '' }), { temperature: 'warm', tokens: '' });
  assert.deepEqual(typed({ temperature: 1 }), { temperature: 1 });
  assert.deepEqual(typedConfig([], 'prompt', { temperature: '1' }), { temperature: '1' }, 'offline nothing is known');
});

test('a choice that the server offers no more stays chosen until another one is made', () => {
  const options = [{ value: 'small', label: 'small' }];
  const values = (entry, chosen) => choicesOf({ options, ...entry }, chosen).map(({ value }) => value);
  assert.deepEqual(values({}, ''), ['', 'small']);
  assert.deepEqual(values({}, 'small'), ['', 'small']);
  assert.deepEqual(values({}, 'old/large'), ['', 'small', 'old/large']);
  assert.deepEqual(values({ default: 'small' }, 'small'), ['small'], 'what counts by default is shown as chosen');
  assert.deepEqual(values({ required: true }, ''), ['small']);
});

test('shows the fields of the executor for what the server says of them', () => {
  assert.ok(pointers(emptyDraft(), ['command']).has('/executor_config/command'));
  assert.ok(!pointers(emptyDraft()).has('/executor_config/command'));
});

test('says where the result goes and what it needs', () => {
  const draft = { ...emptyDraft(), stateKeys: ' summary, tags ', needs: 'parse', version: ' 1.2.0 ' };
  const { state_key: keys, dependencies, version } = definitionOf(draft);
  assert.deepEqual([keys, dependencies, version], [['summary', 'tags'], ['parse'], '1.2.0']);
  const back = draftOf({ state_key: 'summary', dependencies: ['parse', 'chunk'], version: '2' });
  assert.deepEqual([back.stateKeys, back.needs, back.version], ['summary', 'parse, chunk', '2']);
});

test('a new draft lacks a name and an id', () => {
  assert.deepEqual(checkDefinition(definitionOf(emptyDraft())).map(({ pointer, code }) => `${pointer} ${code}`), ['/name required', '/id required']);
});

test('checks id and ports', () => {
  const wrong = { ...FULL, id: 'A', ports: { inputs: [{ name: 'x', type: 'Text' }, { name: 'x', type: 'text' }], outputs: [{ name: '', type: '' }] } };
  assert.deepEqual(checkDefinition(wrong).map(({ pointer, code }) => `${pointer} ${code}`), [
    '/id id', '/ports/inputs/0/type type', '/ports/inputs/1/name twice', '/ports/outputs/0/name required', '/ports/outputs/0/type required']);
  assert.deepEqual(checkDefinition(FULL, { taken: () => true }).map(({ code }) => code), ['taken']);
});

test('knows its fields by pointer', () => {
  const all = pointers(draftOf(FULL));
  for (const pointer of ['/name', '/ports/inputs/0/type', '/settings_schema/4/key']) assert.ok(all.has(pointer), pointer);
});

test('keeps a draft for its purpose only, with the revision that it began from', () => {
  const drafts = new Drafts(fakeStorage(), () => 7);
  keepDraft(drafts, 'new', { ...emptyDraft(), name: 'Half' });
  keepDraft(drafts, 'edit b', { ...emptyDraft(), name: 'B' }, 3);
  assert.equal(keptDraft(drafts, 'edit a'), null);
  assert.equal(keptDraft(drafts, 'new').draft.name, 'Half');
  assert.deepEqual([keptDraft(drafts, 'edit b').revision, keptDraft(drafts, 'edit b').at], [3, 7]);
  keepDraft(drafts, 'new', null);
  assert.equal(keptDraft(drafts, 'new'), null);
});
