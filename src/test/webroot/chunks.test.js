import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvOf, groupsOf, jsonlOf } from '../../../webroot/js/core/chunks.js';

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
