import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { useStrings } from '../../../webroot/js/core/i18n.js';
import { usageText } from '../../../webroot/js/core/usage.js';

beforeEach(() => useStrings({ task: { usage: '{input} tokens in, {output} out', cost: 'cost {cost}' } }));

test('says model, tokens and cost', () => {
  const usage = { provider: 'openai', model: 'small', input_tokens: 1024, output_tokens: 68, cost: 0.00074, currency: 'EUR' };
  assert.equal(usageText(usage), 'small · 1,024 tokens in, 68 out · €0.00074');
});

test('leaves out what nobody said', () => {
  assert.equal(usageText(null), '');
  assert.equal(usageText(undefined), '');
  assert.equal(usageText({ model: 'small', input_tokens: 1, output_tokens: 0, cost: null, currency: null }), 'small · 1 tokens in, 0 out');
});

test('a cost of nothing is a cost, one without a currency a number', () => {
  assert.match(usageText({ model: 'm', cost: 0, currency: 'EUR' }), /€0$/);
  assert.match(usageText({ model: 'm', cost: 12.5 }), / · cost 12.5$/);
});

test('a currency that the browser does not take is shown as it stands', () => {
  assert.match(usageText({ model: 'm', cost: 2, currency: 'EURO' }), / · 2 EURO$/);
});
