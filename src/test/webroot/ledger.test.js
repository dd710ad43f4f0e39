import { test } from 'node:test';
import assert from 'node:assert/strict';
import { ledgerKeyFault, ledgerText, ledgerValue } from '../../../webroot/js/core/ledger.js';

test('what is JSON is written as JSON, the rest as text', () => {
  assert.deepEqual(ledgerValue('true'), { value: true, kind: 'boolean' });
  assert.deepEqual(ledgerValue(' 42 '), { value: 42, kind: 'number' });
  assert.deepEqual(ledgerValue('"42"'), { value: '42', kind: 'text' });
  assert.deepEqual(ledgerValue('[1]'), { value: [1], kind: 'list' });
  assert.deepEqual(ledgerValue('{"pages": 3}'), { value: { pages: 3 }, kind: 'object' });
  assert.deepEqual(ledgerValue('null'), { value: null, kind: 'remove' });
  assert.deepEqual(ledgerValue('on hold'), { value: 'on hold', kind: 'text' });
  assert.deepEqual(ledgerValue('{broken'), { value: '{broken', kind: 'text' });
  assert.deepEqual(ledgerValue(''), { value: '', kind: 'text' });
});

test('a value is shown as it would be typed', () => {
  for (const value of ['on hold', '42', 'true', '', ' two ', 42, null, ['a'], { pages: 3 }]) {
    assert.deepEqual(ledgerValue(ledgerText(value)).value, value);
  }
  assert.equal(ledgerText('on hold'), 'on hold');
  assert.equal(ledgerText('42'), '"42"');
});

test('keys are as the server takes them', () => {
  assert.equal(ledgerKeyFault('pdf_ir_ready'), null);
  assert.equal(ledgerKeyFault(''), 'missing');
  for (const wrong of ['Ready', '1st', 'a-b', 'a'.repeat(65), 'ä']) assert.equal(ledgerKeyFault(wrong), 'form');
});
