/*
 * The lines of one attempt's log that this page has: a run without gaps, the newest at the end. No DOM.
 *
 *   log.add(lines)            // from the feed or a snapshot; repeats are dropped, a gap starts afresh
 *   log.earlier               // how many lines come before the first one here
 *   log.page(limit)           // { after, limit }: what to ask for to get the lines just before
 *   log.addEarlier(lines)     // the answer; says how many were new
 *   log.version               // grows with every change
 */
import { plain } from './ansi.js';

/** More than this are not kept while the newest are followed. */
export const MOST = 20_000;

export class LogModel {
  lines = [];
  version = 0;

  get first() {
    return this.lines[0]?.seq ?? 1;
  }

  get last() {
    return this.lines.at(-1)?.seq ?? 0;
  }

  get earlier() {
    return this.lines.length ? Math.max(0, this.first - 1) : 0;
  }

  /** How many lines the attempt has written, as far as this page knows. */
  get total() {
    return this.last;
  }

  add(lines) {
    const fresh = lines.filter(({ seq }) => seq > this.last);
    if (fresh.length === 0) return;
    if (this.lines.length && fresh[0].seq > this.last + 1) this.lines = [];
    for (const line of fresh) this.lines.push(line);
    this.version++;
  }

  page(limit = 1_000) {
    const after = Math.max(0, this.first - 1 - limit);
    return { after, limit: this.first - 1 - after };
  }

  addEarlier(lines) {
    const fresh = lines.filter(({ seq }) => seq < this.first);
    if (fresh.length === 0) return 0;
    this.lines = [...fresh, ...this.lines];
    this.version++;
    return fresh.length;
  }

  /** Forgets the oldest lines over `most`; they can be asked for again. */
  trim(most = MOST) {
    if (this.lines.length <= most * 1.1) return;
    this.lines = this.lines.slice(-most);
    this.version++;
  }

  text() {
    return this.lines.map(({ text }) => plain(text)).join('\n');
  }
}

const folded = new WeakMap();

function fold(line) {
  if (!folded.has(line)) folded.set(line, plain(line.text).toLowerCase());
  return folded.get(line);
}

/** The indexes of the lines that contain `query`, whatever the case. */
export function matches(lines, query) {
  const wanted = query.toLowerCase();
  if (!wanted) return [];
  const found = [];
  lines.forEach((line, i) => {
    if (fold(line).includes(wanted)) found.push(i);
  });
  return found;
}

/** The spans of a line cut where `query` is found, those pieces with `hit: true`. */
export function marked(spans, query) {
  const wanted = query.toLowerCase();
  const text = spans.map((span) => span.text).join('');
  const at = [];
  if (wanted)
    for (let i = text.toLowerCase().indexOf(wanted); i >= 0; i = text.toLowerCase().indexOf(wanted, i + wanted.length))
      at.push([i, i + wanted.length]);
  if (at.length === 0) return spans;
  const cuts = [...new Set(at.flat())];
  const result = [];
  let start = 0;
  for (const span of spans) {
    const end = start + span.text.length;
    const inner = [start, ...cuts.filter((cut) => cut > start && cut < end), end];
    for (let i = 0; i + 1 < inner.length; i++) {
      const hit = at.some(([from, to]) => inner[i] >= from && inner[i] < to);
      result.push({ ...span, text: span.text.slice(inner[i] - start, inner[i + 1] - start), ...(hit ? { hit } : {}) });
    }
    start = end;
  }
  return result;
}
