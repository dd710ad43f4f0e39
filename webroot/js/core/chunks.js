/*
 * Chunks by their documents, and as files. No DOM.
 *
 *   groupsOf(chunks)   // [{ doc, title, items: [{ chunk, n }] }], documents in the order in which they begin; n from 1
 *   csvOf(chunks)      // RFC 4180, one row a chunk, a heading
 *   jsonlOf(chunks)    // one JSON object a line
 */
const COLUMNS = ['id', 'doc_id', 'title', 'section', 'start', 'end', 'tokens', 'text'];

export function groupsOf(chunks) {
  const groups = new Map();
  chunks.forEach((chunk, i) => {
    const doc = chunk.doc_id ?? '';
    if (!groups.has(doc)) groups.set(doc, { doc, title: '', items: [] });
    const group = groups.get(doc);
    group.title ||= String(chunk.title ?? chunk.doc_title ?? '');
    group.items.push({ chunk, n: i + 1 });
  });
  return [...groups.values()];
}

export function csvOf(chunks) {
  return [COLUMNS, ...chunks.map((chunk) => COLUMNS.map((name) => chunk[name]))].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
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
