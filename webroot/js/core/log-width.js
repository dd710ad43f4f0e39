/*
 * How wide a log is: the columns of its longest line so far, without terminal colours. No DOM.
 *
 *   longestOf(log)    // log: a LogModel; each of its lines is measured once
 */
import { plain } from './ansi.js';
import { linesIn } from './row-layout.js';

const known = new WeakMap();

export function longestOf(log) {
  const { first, last } = log;
  const before = known.get(log) ?? { first: Infinity, last: 0, most: 0 };
  const fresh = log.lines.filter(({ seq }) => seq > before.last || seq < before.first);
  const most = fresh.reduce((sum, { text }) => Math.max(sum, linesIn(plain(text), 1)), before.most);
  known.set(log, { first: Math.min(before.first, first), last: Math.max(before.last, last), most });
  return most;
}
