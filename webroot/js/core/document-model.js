/*
 * A parsed document (the IR) as items in reading order. No DOM.
 *
 *   itemsOf(doc)      // [{ kind, text, level?, id, page?, rows?, items?, start?, end? }]
 *   itemsIn(items, { start, end })   // the indexes of the items that have a part of these characters
 *   contentsOf(items) // [{ title, level, index }]: the headings and where they stand
 *   leftOutOf(doc)    // { chars, entries }: what of its source is not in it, and why
 *
 * Kinds: heading (level 1…), paragraph, abstract, list, table, caption, code, formula, note, and
 * whatever else a document names, which is shown as a paragraph.
 */
export function itemsOf({ title, sections = [], blocks = [] }) {
  const byId = new Map(sections.map((section) => [section.id, section]));
  const opened = new Set();
  const items = [];
  let at = null;
  for (const block of blocks) {
    if (block.kind === 'title' && same(block.text, title)) continue;
    const section = block.section ?? null;
    if (section !== at) {
      at = section;
      open(section, block);
    }
    if (block.kind === 'heading' && byId.has(section)) {
      opened.add(section);
      items.push({ ...itemOf(block), level: depth(section) });
    } else if (block.kind === 'list-item') listItem(block);
    else items.push(itemOf(block));
  }
  return items;

  /** A section whose heading is no block of its own gets one from its title. */
  function open(id, block) {
    if (!byId.has(id) || opened.has(id) || block.kind === 'heading') return;
    opened.add(id);
    const text = byId.get(id).title;
    if (text) items.push({ kind: 'heading', text, level: depth(id), id: `section-${id}` });
  }

  function depth(id) {
    let level = 1;
    const seen = new Set([id]);
    for (let up = byId.get(id)?.parent; up && byId.has(up) && !seen.has(up); up = byId.get(up).parent) {
      seen.add(up);
      level++;
    }
    return level;
  }

  function listItem(block) {
    const last = items.at(-1);
    if (last?.kind === 'list' && last.section === block.section) {
      last.items.push(block.text);
      last.starts.push(block.start);
      last.end = block.end;
      return;
    }
    const { text, ...facts } = itemOf(block);
    items.push({ ...facts, kind: 'list', section: block.section, items: [text], starts: [block.start] });
  }
}

function itemOf({ kind, text, id, page, start, end }) {
  const facts = { kind, id, page, start, end };
  if (kind === 'heading') return { ...facts, text, level: 1 };
  if (kind === 'table') return { ...facts, rows: text.split('\n').map((line) => line.split(' | ')) };
  return { ...facts, text };
}

/** Offsets are those of the document's text; an item that has none is never among them. */
export function itemsIn(items, { start, end }) {
  return items.flatMap((item, index) => (item.start < end && item.end > start ? [index] : []));
}

const squeeze = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
const same = (a, b) => squeeze(a) === squeeze(b);

export function contentsOf(items) {
  return items.flatMap(({ kind, text, level }, index) => (kind === 'heading' ? [{ title: text, level, index }] : []));
}

/**
 * What of the source's text is not in the document: { chars, entries: [{ where, reason, chars }] }, the most first; chars are 0 of
 * what nobody can count, such as a picture of a page.
 */
export function leftOutOf({ left_out: entries = [] }) {
  const known = entries.filter(({ where, reason, chars }) => where && reason && chars >= 0);
  const sorted = [...known].sort((a, b) => b.chars - a.chars);
  return { chars: sorted.reduce((sum, { chars }) => sum + chars, 0), entries: sorted };
}

/** Facts about the document for its head, those that are there: { lang, media_type, … }. */
export function factsOf({ doc_id: id, lang, media_type: type, sections = [], blocks = [], refs = [] }) {
  return { id, lang: lang && lang !== 'und' ? lang : null, type, sections: sections.length, blocks: blocks.length, refs: refs.length };
}
