/*
 * A document's text in parts that are drawn one by one, so that long ones stay smooth. No DOM.
 *
 *   const parts = readingParts(doc);     // [{ items, start, end, size, first }]: see document-model.js for items
 *   partAt(parts, start, end)            // the index of the first part that has some of these characters; -1
 *   marksIn(marks, start, end)           // those of sorted marks that lie in these characters
 *   textsOf(item)                        // [{ text, start }] of an item, in the order in which they are drawn
 */
import { pointsIn } from './code-points.js';
import { itemsOf } from './document-model.js';

const MOST_ITEMS = 40;
const MOST_SIZE = 12_000;

export function readingParts(doc) {
  const parts = [];
  let part = null;
  itemsOf(doc).forEach((item, index) => {
    const size = sizeOf(item);
    const full = part && (part.items.length >= MOST_ITEMS || part.size + size > MOST_SIZE);
    if (!part || full || (item.kind === 'heading' && item.level === 1 && part.size > MOST_SIZE / 4)) {
      part = { items: [], start: Infinity, end: -1, size: 0, first: index };
      parts.push(part);
    }
    part.items.push(item);
    part.size += size;
    if (item.start >= 0) part.start = Math.min(part.start, item.start);
    if (item.end >= 0) part.end = Math.max(part.end, item.end);
  });
  return parts;
}

function sizeOf({ text, items = [], rows = [] }) {
  return (text?.length ?? 0) + items.join('').length + rows.flat().join('').length + 40;
}

export function partAt(parts, start, end) {
  return parts.findIndex((part) => part.start < end && part.end > start);
}

/** A mark that begins earlier may still reach in: marks are short, so a little more is looked through. */
export function marksIn(marks, start, end) {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (marks[mid].start < end) low = mid + 1;
    else high = mid;
  }
  return marks.slice(0, low).filter((mark) => mark.end > start);
}

/** Cells of a table stand in its text with " | " between them, rows on lines of their own. */
export function textsOf({ text, items, rows, start = -1, starts = [] }) {
  if (items) return items.map((each, i) => ({ text: each, start: starts[i] ?? -1 }));
  if (!rows) return [{ text: text ?? '', start }];
  let at = start;
  return rows.flatMap((row, r) => row.map((cell, c) => {
    if (r + c > 0 && at >= 0) at += c > 0 ? 3 : 1;
    const found = { text: cell, start: at };
    if (at >= 0) at += pointsIn(cell);
    return found;
  }));
}
