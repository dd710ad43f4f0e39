import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvOf, documentsBefore, groupsOf, jsonlOf } from '../../../webroot/js/core/chunks.js';

const chunks = [
  { id: 'c1', doc_id: 'a', text: 'One, "two"', start: 0, end: 9, tokens: 3 },
  { id: 'c2', doc_id: 'b', title: 'Second', text: 'line\nline', start: 0, end: 9 },
  { id: 'c3', doc_id: 'a', title: 'First', text: '=SUM(A1)', start: 9, end: 12 },
];

test('chunks stand under their documents and keep their numbers', () => {
  assert.deepEqual(groupsOf(chunks).map(({ doc, title, items }) => [doc, title, items.map(({ n }) => n)]), [['a', 'First', [1, 3]], ['b', 'Second', [2]]]);
  assert.deepEqual(groupsOf([{ text: 'x' }]).map(({ doc, items }) => [doc, items.length]), [['', 1]]);
});

test('chunks as files', () => {
  assert.equal(csvOf(chunks), 'id,doc_id,title,section,start,end,tokens,text\r\nc1,a,,,0,9,3,"One, ""two"""\r\nc2,b,Second,,0,9,,"line\nline"\r\nc3,a,First,,9,12,,\'=SUM(A1)\r\n');
  assert.deepEqual(jsonlOf(chunks).trim().split('\n').map((line) => JSON.parse(line).id), ['c1', 'c2', 'c3']);
});

const documents = [
  { doc_id: 'a', title: 'Tides', sections: [{ id: 's1', parent: null, title: 'Methods' }], blocks: [{ id: 'b1' }, { id: 'b2', page: 4 }] },
  { doc_id: 'b', title: '', meta: { name: 'notes.txt' }, sections: [], blocks: [] },
];

test('titles, sections and pages are those of the documents', () => {
  const groups = groupsOf([
    { doc_id: 'a', section: 's1', block_ids: ['b2'], text: '' },
    { doc_id: 'b', section: 's9', text: '' },
  ], documents);
  const told = groups.map(({ title, items: [{ section, page }] }) => [title, section, page]);
  assert.deepEqual(told, [['Tides', 'Methods', 4], ['notes.txt', '', undefined]]);
  assert.match(csvOf([{ id: 'c1', doc_id: 'a', text: 'x' }], documents), /\r\nc1,a,Tides,,,,,x\r\n/);
});

test('the documents are those of the nearest step before, also when they are too large to be here', () => {
  const steps = [{ id: 'parse', number: 1 }, { id: 'check', number: 2 }, { id: 'note', number: 3 }, { id: 'chunk', number: 4 }];
  const found = (runs, gives = () => false) => documentsBefore(steps, steps[3], (id) => runs[id], gives)?.step.id;
  assert.equal(found({ parse: { output: documents }, check: { output: documents }, note: { output: 'x' } }), 'check');
  assert.equal(found({ parse: { output: documents }, check: { output_ref: { size: 9e6 } } }, ({ id }) => id === 'check'), 'check');
  assert.equal(found({ parse: { output: documents }, check: { output_ref: { size: 9e6 } } }), 'parse');
  assert.equal(found({ chunk: { output: documents } }), undefined);
});
