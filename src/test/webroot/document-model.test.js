import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentsOf, itemsIn, itemsOf, leftOutOf } from '../../../webroot/js/core/document-model.js';
import { besideFiles, documentsOf, failedOf, kindOf } from '../../../webroot/js/core/output-kind.js';
import { outputOf } from '../../../webroot/js/core/outputs.js';

const block = (kind, text, section = null, more) => ({ id: `b-${text}`, kind, text, section, ...more });

test('headings have the level of their section, and the title is said once', () => {
  const items = itemsOf({
    title: 'The title',
    sections: [{ id: 's1', parent: null, title: 'One' }, { id: 's2', parent: 's1', title: 'Two' }, { id: 's3', parent: null, title: 'Three' }],
    blocks: [block('title', 'The  title'), block('heading', 'One', 's1'), block('paragraph', 'a', 's1'), block('heading', 'Two', 's2'), block('paragraph', 'b', 's3')],
  });
  assert.deepEqual(items.map(({ kind, text, level }) => [kind, text, level ?? 0]), [['heading', 'One', 1], ['paragraph', 'a', 0], ['heading', 'Two', 2], ['heading', 'Three', 1], ['paragraph', 'b', 0]]);
  assert.deepEqual(contentsOf(items).map(({ title, index }) => `${title} ${index}`), ['One 0', 'Two 2', 'Three 3']);
});

test('items of a list stand together, tables have cells', () => {
  const items = itemsOf({ title: '', blocks: [block('list-item', 'a', 's'), block('list-item', 'b', 's'), block('list-item', 'c', 'other'), block('table', 'x | y\n1 | 2')] });
  assert.deepEqual(items.map(({ kind, items: each, rows }) => [kind, each ?? rows]), [['list', ['a', 'b']], ['list', ['c']], ['table', [['x', 'y'], ['1', '2']]]]);
});

test('sections in a circle, unknown ones and unknown kinds do no harm', () => {
  const items = itemsOf({ title: 't', sections: [{ id: 'a', parent: 'b', title: 'A' }, { id: 'b', parent: 'a', title: 'B' }], blocks: [block('heading', 'A', 'a'), block('poem', 'x', 'gone')] });
  assert.deepEqual(items.map(({ kind, level }) => [kind, level]), [['heading', 2], ['poem', undefined]]);
  assert.deepEqual(itemsOf({}), []);
});

test('knows an output by its shape', () => {
  const doc = { doc_id: 'd', blocks: [], text: '' };
  assert.equal(kindOf(doc), 'documents');
  assert.equal(kindOf([doc, doc]), 'documents');
  assert.equal(kindOf([{ id: 'c', text: 'x', start: 0, end: 1 }]), 'chunks');
  assert.equal(kindOf([{ sha256: 'f', size: 3, name: 'a' }]), 'files');
  assert.equal(kindOf('text'), 'text');
  assert.equal(kindOf([]), 'json');
  assert.equal(kindOf({ a: 1 }), 'json');
  assert.equal(kindOf(0), 'json');
  assert.equal(kindOf(null), 'none');
});

test('an output is here, away or nowhere', () => {
  assert.deepEqual(outputOf({ output: null, output_ref: { sha256: 'f', size: 9 } }), { state: 'away', value: null, size: 9 });
  assert.equal(outputOf({ output: false }).state, 'here');
  assert.equal(outputOf({ output: null, output_ref: null }).state, 'none');
});

test('documents beside inputs that failed are shown as documents, and what failed is known', () => {
  const doc = { doc_id: 'd', blocks: [], text: '' };
  const output = { documents: [doc], failed: [{ name: 'empty.txt', error: 'empty.txt is empty.' }] };
  assert.equal(kindOf(output), 'documents');
  assert.deepEqual(documentsOf(output), [doc]);
  assert.deepEqual(failedOf(output), output.failed);
  assert.deepEqual(documentsOf(doc), [doc]);
  assert.deepEqual(documentsOf([doc, doc]), [doc, doc]);
  assert.deepEqual(failedOf([doc]), []);
});

test('what is left out is summed up, the most first', () => {
  const menu = { where: 'nav', reason: 'a menu', chars: 5 };
  const script = { where: 'script', reason: 'a program', chars: 40 };
  assert.deepEqual(leftOutOf({ left_out: [menu, script] }), { chars: 45, entries: [script, menu] });
  const scan = { where: 'page 2', reason: 'a picture', chars: 0 };
  assert.deepEqual(leftOutOf({ left_out: [scan, menu] }), { chars: 5, entries: [menu, scan] });
  assert.deepEqual(leftOutOf({}), { chars: 0, entries: [] });
});

test('a place is found by its characters', () => {
  const at = (start, end) => ({ start, end });
  const items = itemsOf({ title: 'T', blocks: [
    block('title', 'T', null, at(0, 1)), block('paragraph', 'a', null, at(3, 9)), block('list-item', 'b', null, at(11, 20)),
    block('list-item', 'c', null, at(22, 30)), block('table', 'x | y', null, at(32, 40)),
  ] });
  assert.deepEqual(itemsIn(items, at(0, 2)), []);
  assert.deepEqual(itemsIn(items, at(4, 12)), [0, 1]);
  assert.deepEqual(itemsIn(items, at(25, 33)), [1, 2]);
});

test('an output with files shows them, and beside them what the program said', () => {
  const files = [{ name: 'a.csv', blob: 'b', size: 3, media_type: 'text/csv' }];
  assert.equal(kindOf({ output: 'done', files }), 'with_files');
  assert.equal(kindOf({ files: ['a.csv'] }), 'json');
  assert.equal(besideFiles({ output: 'done', files }), 'done');
  assert.equal(besideFiles({ output: '', files }), undefined);
  assert.equal(besideFiles({ files }), undefined);
  assert.deepEqual(besideFiles({ files, errors: [], n: 1 }), { errors: [], n: 1 });
});
