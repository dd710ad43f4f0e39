import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Unreadable, check, checkSchema, checkValue, controlOf, givenValues, place, read, startValues, write } from '../../../webroot/js/core/schema-form.js';

test('chooses a control for each type', () => {
  const options = (n) => Array.from({ length: n }, (_, i) => ({ value: i }));
  assert.deepEqual(['string', 'text', 'secret', 'number', 'integer', 'boolean', 'json'].map((type) => controlOf({ type })),
    ['line', 'lines', 'secret', 'number', 'number', 'switch', 'code']);
  assert.equal(controlOf({ type: 'select', options: options(4) }), 'segmented');
  assert.equal(controlOf({ type: 'select', options: options(5) }), 'list');
});

test('starts from defaults, overlaid with what is given', () => {
  const schema = [{ key: 'a', type: 'integer', default: 3 }, { key: 'b', type: 'boolean' }, { key: 'c', type: 'string' }];
  assert.deepEqual(startValues(schema, { c: 'x' }), { a: 3, b: false, c: 'x' });
});

test('reads and writes values by type', () => {
  assert.equal(read({ type: 'integer' }, '12'), 12);
  assert.equal(read({ type: 'number' }, 'x'), 'x');
  assert.equal(read({ type: 'string' }, ''), undefined);
  assert.deepEqual(read({ type: 'json' }, '{"a":1}'), { a: 1 });
  assert.ok(read({ type: 'json' }, '{') instanceof Unreadable);
  assert.equal(write({ type: 'json' }, new Unreadable('{')), '{');
  assert.equal(write({ type: 'json' }, { a: 1 }), '{\n  "a": 1\n}');
});

test('says what is wrong with a value', () => {
  const code = (entry, value) => checkValue(entry, value)?.code ?? null;
  assert.equal(code({ type: 'string', required: true }, ''), 'required');
  assert.equal(code({ type: 'integer' }, 1.5), 'integer');
  assert.equal(code({ type: 'number', min: 1 }, 0), 'min');
  assert.equal(code({ type: 'number', max: 1 }, 2), 'max');
  assert.equal(code({ type: 'number' }, 'x'), 'number');
  assert.equal(code({ type: 'select', options: [{ value: 'a' }] }, 'b'), 'option');
  assert.equal(code({ type: 'json' }, new Unreadable('{')), 'json');
  assert.equal(code({ type: 'string', max: 2 }, 'abc'), 'longer');
  assert.equal(code({ type: 'boolean' }, false), null);
});

test('points at the field, with the key escaped', () => {
  assert.deepEqual(check([{ key: 'a/b', type: 'string', required: true }], {}), [{ pointer: '/a~1b', code: 'required' }]);
});

test('checks a settings schema itself', () => {
  const pointers = checkSchema([
    { key: '', type: 'string' }, { key: 'a', type: 'string' }, { key: 'a', type: 'string' }, { key: 'n', type: 'number', min: 3, max: 1 },
    { key: 's', type: 'select', options: [] }, { key: 'd', type: 'integer', default: 1.5 },
  ]).map(({ pointer, code }) => `${pointer} ${code}`);
  assert.deepEqual(pointers, ['/settings_schema/0/key required', '/settings_schema/2/key twice', '/settings_schema/3/max range',
    '/settings_schema/4/options options', '/settings_schema/5/default integer']);
});

test('puts each of the server’s errors on the nearest field', () => {
  const fields = new Set(['/name', '/settings_schema/0/options']);
  const { placed, rest } = place([
    { pointer: '/name', detail: 'must not be blank' }, { pointer: '/settings_schema/0/options/1/value', detail: 'is missing' }, { pointer: '/state_key', detail: 'is odd' },
  ], fields);
  assert.equal(placed.get('/name'), 'Must not be blank');
  assert.equal(placed.get('/settings_schema/0/options'), 'Is missing');
  assert.deepEqual(rest, ['/state_key: is odd']);
});

test('keeps what is another value than its default, what was given before, and what no form shows', () => {
  const schema = [
    { key: 'tone', type: 'string', default: 'dry' }, { key: 'loud', type: 'boolean' }, { key: 'words', type: 'integer' },
    { key: 'rows', type: 'json', default: [1] },
  ];
  const shown = { tone: 'dry', loud: false, words: undefined, rows: [1] };
  assert.deepEqual(givenValues(schema, shown, { other: 1 }), { other: 1 });
  assert.deepEqual(givenValues(schema, shown, { tone: 'dry', loud: true }), { tone: 'dry', loud: false });
  assert.deepEqual(givenValues(schema, { ...shown, words: 3, rows: [2] }, {}), { words: 3, rows: [2] });
  assert.deepEqual(givenValues(schema, { ...shown, tone: undefined }, { tone: 'wet' }), {}, 'what was emptied is left out');
});
