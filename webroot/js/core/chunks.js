/*
 * Chunks by their documents, and as files. No DOM.
 *
 *   groupsOf(chunks, documents)
 *     // [{ doc, title, items: [{ chunk, n, section, page }] }], documents in the order in which they begin; n from 1
 *   csvOf(chunks, documents)      // RFC 4180, one row a chunk, a heading
 *   jsonlOf(chunks)               // one JSON object a line
 *   documentsBefore(steps, step, latestOf, gives)
 *     // { step, execution }: the nearest step before this one that put out the documents; null
 *
 * `documents` are the parsed documents that the chunks are cut from, as far as they are here: titles, names of sections
 * and pages are theirs, a chunk has only their ids.
 */
import { documentsOf, kindOf } from './output-kind.js';

const COLUMNS = ['id', 'doc_id', 'title', 'section', 'start', 'end', 'tokens', 'text'];

export function groupsOf(chunks, documents = []) {
  const known = byId(documents);
  const groups = new Map();
  chunks.forEach((chunk, i) => {
    const doc = chunk.doc_id ?? '';
    const source = known.get(doc);
    if (!groups.has(doc)) groups.set(doc, { doc, title: source?.title ?? '', items: [] });
    const group = groups.get(doc);
    group.title ||= String(chunk.title ?? chunk.doc_title ?? '');
    const section = source?.sections.get(chunk.section) ?? '';
    group.items.push({ chunk, n: i + 1, section, page: source?.pageOf(chunk) });
  });
  return [...groups.values()];
}

function byId(documents) {
  const known = new Map();
  for (const { doc_id: id, title, meta, sections = [], blocks = [] } of documents) {
    const pages = new Map(blocks.map((block) => [block.id, block.page]));
    known.set(id, {
      title: String(title || meta?.name || ''),
      sections: new Map(sections.map((section) => [section.id, section.title])),
      pageOf: ({ block_ids: [first] = [] }) => pages.get(first),
    });
  }
  return known;
}

export function csvOf(chunks, documents = []) {
  const known = byId(documents);
  const row = (chunk) => ({ ...chunk, title: chunk.title ?? known.get(chunk.doc_id)?.title });
  const rows = chunks.map(row).map((chunk) => COLUMNS.map((name) => chunk[name]));
  return [COLUMNS, ...rows].map((cells) => cells.map(cell).join(',')).join('\r\n') + '\r\n';
}

/** Quoted where needed. What a spreadsheet would take for a formula gets an apostrophe in front. */
function cell(value) {
  if (value === undefined || value === null) return '';
  const raw = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(raw) ? `'${raw}` : raw;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function jsonlOf(chunks) {
  return chunks.map((chunk) => `${JSON.stringify(chunk)}\n`).join('');
}

/**
 * @param latestOf  a step's id → its latest execution, or undefined
 * @param gives     (step) → whether its stage type puts out documents; asked when the output is not here to be seen
 */
export function documentsBefore(steps, step, latestOf, gives) {
  const before = steps.filter(({ number }) => number < step.number).sort((a, b) => b.number - a.number);
  for (const earlier of before) {
    const execution = latestOf(earlier.id);
    if (!execution) continue;
    const { output, output_ref: ref } = execution;
    if (ref ? gives(earlier) : kindOf(output) === 'documents') return { step: earlier, execution };
  }
  return null;
}

/** The documents of an output, none when it has none. */
export function documentsIn(output) {
  return kindOf(output) === 'documents' ? documentsOf(output) : [];
}
