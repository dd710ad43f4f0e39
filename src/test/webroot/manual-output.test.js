import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isText, schemaOf, schemaToEdit } from '../../../webroot/js/core/output-form.js';

const entry = (...types) => ({ ports: { outputs: types.map((type, i) => ({ name: `p${i}`, type })) } });

test('a stage that puts out one text is asked for a text', () => {
  assert.equal(isText(schemaOf({}, entry('text'))), true);
  for (const other of [null, {}, entry(), entry('any'), entry('text', 'text')]) assert.deepEqual(schemaOf({}, other), {});
  assert.equal(schemaOf({ output_format: 'options' }, entry('text')).type, 'object');
});

test('a text that is edited stays a text, anything else is JSON, and what the stage says of its output goes before', () => {
  assert.equal(isText(schemaToEdit({}, entry('text'), '{"a": 1}')), true);
  assert.equal(isText(schemaToEdit({}, entry('any'), 'a text')), true);
  assert.equal(isText(schemaToEdit({}, null, '')), true);
  assert.equal(isText(schemaToEdit({}, entry('text'), null)), true);
  for (const other of [{ a: 1 }, [], 7, false]) assert.deepEqual(schemaToEdit({}, entry('text'), other), {});
  assert.deepEqual(schemaToEdit({}, entry('any'), undefined), {});
  assert.equal(schemaToEdit({ output_format: 'options' }, entry('text'), 'no JSON yet').type, 'object');
});
