import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faults, firstChoice, inputFaults, objections, standing } from '../../../webroot/js/core/new-task.js';
import { RowLayout, linesIn } from '../../../webroot/js/core/row-layout.js';
import { useStrings } from '../../../webroot/js/core/i18n.js';
import { addressFault, addressIn } from '../../../webroot/js/core/address.js';
import { Uploads, titleOf } from '../../../webroot/js/core/uploads.js';

const file = (name, size = 3) => ({ name, size, lastModified: 1 });
const settled = () => new Promise((done) => setTimeout(done));

function sender() {
  const calls = [];
  const send = (each, { progress, signal }) => new Promise((done, fail) => {
    calls.push({ each, progress, done, fail });
    signal.addEventListener('abort', () => fail(new Error('aborted')));
  });
  return { calls, send };
}

test('two files are sent at a time, and what is done becomes the input', async () => {
  const { calls, send } = sender();
  const uploads = new Uploads({ send });
  assert.equal(uploads.addFiles([file('a'), file('b'), file('c')]), 3);
  assert.equal(calls.length, 2);
  calls[0].progress(2);
  assert.equal(uploads.state.items[0].sent, 2);
  calls[0].done({ sha256: 'A' });
  await settled();
  assert.equal(calls.length, 3);
  assert.ok(uploads.busy);
  calls[1].done({ sha256: 'B' });
  calls[2].done({ sha256: 'C' });
  await settled();
  assert.deepEqual(uploads.input, [{ blob: 'A', name: 'a' }, { blob: 'B', name: 'b' }, { blob: 'C', name: 'c' }]);
  assert.equal(uploads.busy, false);
});

test('a failed file can be sent again or removed; the same file is taken once', async () => {
  const { calls, send } = sender();
  const uploads = new Uploads({ send });
  uploads.addFiles([file('a')]);
  assert.equal(uploads.addFiles([file('a')]), 0);
  calls[0].fail(new Error('too large'));
  await settled();
  assert.ok(uploads.failed);
  assert.equal(uploads.state.items[0].problem.message, 'too large');
  uploads.retry(uploads.state.items[0].key);
  calls[1].done({ sha256: 'A' });
  await settled();
  assert.equal(uploads.failed, false);
  uploads.remove(uploads.state.items[0].key);
  assert.equal(uploads.addFiles([file('a')]), 1);
  uploads.remove(uploads.state.items[0].key);
  await settled();
  assert.deepEqual(uploads.state.items, []);
});

test('what was removed can be put back where it was', async () => {
  const { calls, send } = sender();
  const uploads = new Uploads({ send });
  uploads.addFiles([file('a')]);
  const key = uploads.addText('Long text');
  uploads.addText('Last');
  const textBack = uploads.remove(key);
  assert.deepEqual(uploads.state.items.map(({ name, text }) => text ?? name), ['a', 'Last']);
  textBack();
  textBack();
  assert.deepEqual(uploads.state.items.map(({ name, text }) => text ?? name), ['a', 'Long text', 'Last']);
  const fileBack = uploads.remove(uploads.state.items[0].key);
  fileBack();
  assert.equal(calls.length, 2);
  calls[1].done({ sha256: 'A' });
  await settled();
  assert.deepEqual(uploads.input[0], { blob: 'A', name: 'a' });
});

test('texts count by their bytes, and empty ones are no input', () => {
  const uploads = new Uploads({ send: () => {} });
  const key = uploads.addText();
  assert.deepEqual(uploads.input, []);
  uploads.setText(key, 'é');
  assert.deepEqual(uploads.input, [{ text: 'é' }]);
  assert.equal(uploads.state.items[0].size, 2);
  assert.ok(uploads.refuse(0, 'No.'));
  assert.equal(uploads.state.items[0].problem.detail, 'No.');
  assert.equal(uploads.refuse(4, 'No.'), false);
});

test('a title comes from the first input', () => {
  assert.equal(titleOf([]), '');
  assert.equal(titleOf([{ kind: 'file', name: 'report.xml' }]), 'report.xml');
  assert.equal(titleOf([{ kind: 'text', name: '', text: '\n First line\nsecond' }]), 'First line');
  assert.equal(titleOf([{ kind: 'text', name: '', text: 'x'.repeat(300) }]).length, 80);
});

test('the title of several inputs says how many there are', () => {
  useStrings({ new_task: { and_more: { one: 'and {n} more', other: 'and {n} more' } } });
  const file = (name, size = 3) => ({ kind: 'file', name, size });
  const note = (text) => ({ kind: 'text', name: '', text });
  assert.equal(titleOf([file('a.pdf'), file('b.pdf'), file('c.pdf')]), 'a.pdf and 2 more');
  assert.equal(titleOf([file('empty', 0), file('a.pdf'), note(' '), note('Read this')]), 'a.pdf and 1 more');
  const long = titleOf([file(`${'x'.repeat(300)}.pdf`), file('b.pdf')]);
  assert.equal(long.length, 80);
  assert.match(long, /x… and 1 more$/);
});

test('says what is missing before it is sent', () => {
  const whole = { title: 'x', pipeline: { name: 'auto' }, input: [{}], busy: false, failed: false };
  assert.deepEqual(faults(whole), []);
  assert.deepEqual(faults({ ...whole, title: ' ', input: [], pipeline: null }).map(({ at, code }) => `${at} ${code}`), ['input empty', 'pipeline none', 'title empty']);
  assert.equal(faults({ ...whole, busy: true })[0].code, 'busy');
  assert.deepEqual(faults({ ...whole, pipeline: null, coming: true }), [{ at: 'pipeline', code: 'busy' }]);
  assert.equal(faults({ ...whole, failed: true })[0].code, 'failed');
  assert.equal(faults({ ...whole, pipeline: { errors: [{}] } })[0].code, 'broken');
});

test('chooses the pipeline asked for, then the last one, then one that works', () => {
  const items = [{ name: 'broken', errors: [{}] }, { name: 'a' }, { name: 'b', errors: [] }];
  assert.equal(firstChoice(items, 'broken', 'b'), 'broken');
  assert.equal(firstChoice(items, 'gone', 'b'), 'b');
  assert.equal(firstChoice(items, null, 'broken'), 'a');
  assert.equal(firstChoice([], null, null), '');
});

test('knows the stages that cannot run, and why', () => {
  const entries = { parse: { available: true }, embed: { available: false, reason: 'no model' } };
  const { missing } = standing({ stages: [{ name: 'p', type: 'parse' }, { name: 'e', type: 'embed', sort_order: 1 }, { name: 'x', type: 'gone', sort_order: 2 }] }, (type) => entries[type]);
  assert.deepEqual(missing.map(({ name, known, reason }) => [name, known, reason]), [['e', true, 'no model'], ['x', false, null]]);
});

test('objections go to their fields', () => {
  const { title, inputs, rest } = objections({ errors: [{ pointer: '/title', detail: 'T' }, { pointer: '#/input/1/blob', detail: 'I' }, { pointer: '/other', detail: 'O' }] });
  assert.deepEqual([title, inputs.get(1), rest], ['T', 'I', ['O']]);
  assert.equal(objections({ code: 'unknown_pipeline', detail: 'There is none.' }).pipeline, 'There is none.');
  assert.deepEqual(objections({ code: 'x', title: 'Bad' }).rest, ['Bad']);
});

test('rows of one height and of many', () => {
  const even = new RowLayout(1_000, 20);
  assert.deepEqual([even.height, even.indexAt(399), even.indexAt(-5), even.indexAt(1e9)], [20_000, 19, 0, 999]);
  assert.deepEqual(even.range(400, 100, 2), [18, 28]);
  const uneven = new RowLayout(4, (i) => [10, 30, 10, 50][i]);
  assert.deepEqual([uneven.height, uneven.indexAt(9), uneven.indexAt(10), uneven.indexAt(39), uneven.indexAt(40), uneven.indexAt(99)], [100, 0, 1, 1, 2, 3]);
  assert.deepEqual(new RowLayout(0, 20).range(0, 100), [0, 0]);
});

test('counts the lines that a wrapped text takes', () => {
  assert.deepEqual([linesIn('', 80), linesIn('x'.repeat(80), 80), linesIn('x'.repeat(81), 80), linesIn('漢'.repeat(41), 80)], [1, 1, 2, 2]);
});

test('a file with errors starts tasks as long as its last good revision is used', () => {
  const bad = { name: 'bad', revision: 3, errors: [{ pointer: '', detail: 'x' }] };
  const kept = { ...bad, name: 'kept', last_good_used: true };
  const whole = { title: 'x', input: [{}], busy: false, failed: false };
  assert.deepEqual(faults({ ...whole, pipeline: kept }), []);
  assert.deepEqual(faults({ ...whole, pipeline: bad }), [{ at: 'pipeline', code: 'broken' }]);
  assert.deepEqual(standing(kept, () => undefined).errors, []);
  assert.equal(standing(bad, () => undefined).errors.length, 1);
  assert.equal(firstChoice([bad, kept], null, 'bad'), 'kept');
});

test('after a reload the arrived files and texts are there, a file that had not arrived is to be chosen again', async () => {
  const { calls, send } = sender();
  const uploads = new Uploads({ send });
  uploads.addText('A description');
  uploads.addFiles([file('a.txt'), file('b.txt'), file('empty.txt', 0)]);
  calls[0].done({ sha256: 'A' });
  await settled();
  const again = new Uploads({ send });
  again.restore(JSON.parse(JSON.stringify(uploads.draft)));
  assert.deepEqual(again.state.items.map(({ name, status }) => [name, status]), [['', 'done'], ['a.txt', 'done'], ['b.txt', 'lost']]);
  assert.deepEqual([again.busy, again.failed], [false, true]);
  assert.deepEqual(again.input, [{ text: 'A description' }, { blob: 'A', name: 'a.txt' }]);
  again.addFiles([file('b.txt')]);
  assert.deepEqual(again.state.items.map(({ name }) => name), ['', 'a.txt', 'b.txt']);
  assert.equal(again.failed, false);
});

test('a file that is spoken against waits, keeps nothing from starting, and goes when nothing speaks against it', async () => {
  const { calls, send } = sender();
  let most = 2;
  const uploads = new Uploads({ send, hold: ({ size }) => size > most });
  uploads.addFiles([file('large.txt', 3), file('small.txt', 1)]);
  assert.deepEqual(calls.map(({ each }) => each.name), ['small.txt']);
  calls[0].done({ sha256: 'S' });
  await settled();
  assert.deepEqual([uploads.busy, uploads.failed, uploads.input.length], [false, false, 1]);
  most = 5;
  uploads.check();
  assert.deepEqual(calls.map(({ each }) => each.name), ['small.txt', 'large.txt']);
});

test('addresses are inputs, and a text that is one becomes one', () => {
  const uploads = new Uploads({ send: () => {} });
  const key = uploads.addUrl(' https://example.org/files/paper.pdf?x=1 ');
  assert.deepEqual(uploads.input, [{ url: 'https://example.org/files/paper.pdf?x=1' }]);
  assert.equal(uploads.state.items[0].name, 'paper.pdf');
  assert.equal(titleOf(uploads.state.items), 'https://example.org/files/paper.pdf?x=1');
  uploads.setText(key, '');
  assert.deepEqual(uploads.input, []);
  const text = uploads.addText('https://example.org/');
  uploads.toUrl(text);
  assert.deepEqual(uploads.input, [{ url: 'https://example.org/' }]);
  const again = new Uploads({ send: () => {} });
  again.restore(uploads.draft);
  assert.deepEqual(again.input, uploads.input);
  assert.deepEqual(['ftp://a', 'a https://b', 'https://', 'HTTPS://a/b c'].map(addressIn), [null, null, null, null]);
  assert.deepEqual(faults({ title: 'T', pipeline: {}, input: [1], address: true }), [{ at: 'input', code: 'address' }]);
});

test('an address with a user in it is none, and neither is anything else', () => {
  assert.equal(addressFault('https://example.org/a@b?c=d@e'), null);
  for (const text of ['https://user:word@example.org/', 'HTTP://user@example.org']) assert.equal(addressFault(text), 'user');
  for (const text of ['example.org', 'ftp://user@example.org', '']) assert.equal(addressFault(text), 'form');
});

test('says what speaks against the inputs themselves', () => {
  const items = [
    { kind: 'file', size: 9 }, { kind: 'url', text: 'https://example.org/' }, { kind: 'url', text: ' ' },
    { kind: 'text', text: 'not an address' },
  ];
  assert.deepEqual(inputFaults(items, () => null), { large: false, address: false });
  assert.deepEqual(inputFaults(items, () => ({ code: 'large' })), { large: true, address: false });
  const wrong = inputFaults([{ kind: 'url', text: 'https://user:word@example.org/' }], () => null);
  assert.deepEqual([wrong.large, Boolean(wrong.address)], [false, true]);
});
