import assert from 'node:assert/strict';
import { test } from 'node:test';
import { marksIn, partAt, readingParts, textsOf } from '../../../webroot/js/core/reading.js';

function long(paragraphs) {
  const blocks = Array.from({ length: paragraphs }, (_, i) => ({
    id: `b${i}`, kind: 'paragraph', section: 's', text: 'x'.repeat(498), start: i * 500, end: i * 500 + 498,
  }));
  return { title: 'T', sections: [{ id: 's', parent: null, title: 'S' }], blocks };
}

test('a long document is cut into parts that have all of it', () => {
  const parts = readingParts(long(2_000));
  assert.ok(parts.length > 60 && parts.length < 120, `${parts.length} parts`);
  assert.equal(parts.reduce((sum, { items }) => sum + items.length, 0), 2_001);
  assert.ok(parts.every(({ size, items }) => size <= 12_600 && items.length <= 40));
  parts.forEach((part, i) => {
    if (i > 0) assert.equal(part.first, parts[i - 1].first + parts[i - 1].items.length);
  });
});

test('a passage is found in the part that has it', () => {
  const parts = readingParts(long(200));
  const at = partAt(parts, 50_010, 50_020);
  assert.ok(parts[at].start <= 50_010 && parts[at].end >= 50_020);
  assert.equal(partAt(parts, 200_000, 200_010), -1);
});

test('marks of a part are those that lie in it or reach into it', () => {
  const marks = [{ start: 0, end: 40 }, { start: 5, end: 9 }, { start: 10, end: 12 }, { start: 20, end: 30 }];
  assert.deepEqual(marksIn(marks, 10, 20).map(({ start }) => start), [0, 10]);
  assert.deepEqual(marksIn(marks, 100, 120), []);
});

test('items of lists and cells of tables know where they stand', () => {
  const doc = { sections: [], blocks: [
    { id: 'a', kind: 'list-item', text: 'one', start: 0, end: 3 }, { id: 'b', kind: 'list-item', text: 'two', start: 5, end: 8 },
    { id: 'c', kind: 'table', text: 'a | 🦟b\nc | d', start: 10, end: 22 },
  ] };
  const [list, table] = readingParts(doc)[0].items;
  assert.deepEqual(textsOf(list), [{ text: 'one', start: 0 }, { text: 'two', start: 5 }]);
  const text = [...'a | 🦟b\nc | d'];
  for (const cell of textsOf(table)) {
    assert.equal(text.slice(cell.start - 10, cell.start - 10 + [...cell.text].length).join(''), cell.text);
  }
  assert.deepEqual(textsOf({ text: 'no place' }), [{ text: 'no place', start: -1 }]);
});
