import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isText, schemaOf } from '../../../webroot/js/core/output-form.js';

const entry = (...types) => ({ ports: { outputs: types.map((type, i) => ({ name: `p${i}`, type })) } });

test('a stage that puts out one text is asked for a text', () => {
  assert.equal(isText(schemaOf({}, entry('text'))), true);
  for (const other of [null, {}, entry(), entry('any'), entry('text', 'text')]) assert.deepEqual(schemaOf({}, other), {});
  assert.equal(schemaOf({ output_format: 'options' }, entry('text')).type, 'object');
});
