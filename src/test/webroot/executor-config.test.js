import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkDefinition } from '../../../webroot/js/core/definition-check.js';
import { definitionOf, draftOf, emptyDraft, jsonOf } from '../../../webroot/js/core/stage-draft.js';

const CONFIG = [{ key: 'headers', type: 'json' }, { key: 'url', type: 'string' }];

function faults(executorConfig) {
  const definition = { ...definitionOf({ ...emptyDraft(), name: 'A', id: 'a' }), executor_config: executorConfig };
  return checkDefinition(definition, { config: CONFIG }).map(({ pointer, code }) => `${pointer} ${code}`);
}

test('reads JSON, or one text a line', () => {
  assert.deepEqual(jsonOf(' {"a": [1]}'), { a: [1] });
  assert.deepEqual(jsonOf('[200, 404]'), [200, 404]);
  assert.deepEqual(jsonOf('wc\n-l'), ['wc', '-l']);
  assert.deepEqual(jsonOf('[ -f x'), ['[ -f x'], 'a program may be called so');
  assert.deepEqual(jsonOf('{{settings.program}}\n-l'), ['{{settings.program}}', '-l'], 'a template is no object');
});

test('an object that is not finished is said where it stands', () => {
  assert.deepEqual(faults({ headers: jsonOf('{"Authorization": "x"') }), ['/executor_config/headers json']);
  assert.deepEqual(faults({ headers: jsonOf('{"Authorization": "x"}'), url: '{x' }), []);
});

test('the ledger is a line for each key', () => {
  const ledger = { passed: 'review.ok', all: '.' };
  const draft = draftOf({ ...definitionOf({ ...emptyDraft(), name: 'A', id: 'a' }), ledger });
  assert.equal(draft.ledger, 'passed = review.ok\nall = .');
  assert.deepEqual(definitionOf(draft).ledger, ledger);
  assert.ok(!('ledger' in definitionOf({ ...draft, ledger: ' \n ' })));
  assert.deepEqual(definitionOf({ ...draft, ledger: 'a=b=c' }).ledger, { a: 'b=c' });
  const wrong = checkDefinition(definitionOf({ ...draft, ledger: 'passed' }));
  assert.deepEqual(wrong.map(({ pointer, code }) => `${pointer} ${code}`), ['/ledger ledger']);
});
