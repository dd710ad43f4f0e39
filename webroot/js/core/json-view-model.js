/*
 * A JSON value as rows of a tree of which only opened parts exist. No DOM.
 *
 *   const view = new JsonView(value);
 *   view.rows            // [{ key, path, depth, kind, size, value, open, position, count }]
 *   view.toggle(i)       // opens or closes a row
 *   view.answer(key, i, page)   // what a key does: { move } | { toggle: i } | {}
 *   pathText(path)       // $.sections[3]["odd key"]
 *
 * Kinds: object, array, range (a hundred elements of a longer array or object), string, number, boolean, null.
 */
const GROUP = 100;
const OPEN_UNDER = 30;
const PREVIEW = 160;

export class JsonView {
  constructor(value) {
    this.rows = [rowOf(null, value, [], 0, 1, 1)];
    this.#openSmall();
  }

  toggle(i) {
    const row = this.rows[i];
    if (!row || row.open === undefined) return;
    if (row.open) {
      let end = i + 1;
      while (end < this.rows.length && this.rows[end].depth > row.depth) end++;
      this.rows = [...this.rows.slice(0, i), { ...row, open: false }, ...this.rows.slice(end)];
    } else this.rows = [...this.rows.slice(0, i), { ...row, open: true }, ...children(row), ...this.rows.slice(i + 1)];
  }

  answer(key, i, page) {
    const moves = {
      ArrowDown: i + 1,
      ArrowUp: i - 1,
      PageDown: i + page,
      PageUp: i - page,
      Home: 0,
      End: this.rows.length - 1,
    };
    if (Object.hasOwn(moves, key)) return { move: Math.max(0, Math.min(this.rows.length - 1, moves[key])) };
    const row = this.rows[i];
    if (!row) return {};
    if (key === 'Enter' || key === ' ') return row.open === undefined ? { move: i } : { toggle: i };
    if (key === 'ArrowRight') return row.open === false ? { toggle: i } : { move: row.open ? i + 1 : i };
    if (key === 'ArrowLeft') return row.open ? { toggle: i } : { move: this.#parent(i) };
    return {};
  }

  #parent(i) {
    for (let up = i - 1; up >= 0; up--) if (this.rows[up].depth < this.rows[i].depth) return up;
    return i;
  }

  /** The root, and what is small enough to be seen at a glance, starts open. */
  #openSmall() {
    this.toggle(0);
    if (this.rows.length > OPEN_UNDER) return;
    for (let i = this.rows.length - 1; i > 0; i--)
      if (this.rows[i].depth === 1 && this.rows[i].size <= 6) this.toggle(i);
  }
}

function kindOf(value) {
  if (value === null || value === undefined) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function rowOf(key, value, path, depth, position, count) {
  const kind = kindOf(value);
  if (kind !== 'array' && kind !== 'object') return { key, value, path, depth, kind, position, count };
  const size = kind === 'array' ? value.length : Object.keys(value).length;
  return { key, value, path, depth, kind, size, position, count, ...(size > 0 ? { open: false } : {}) };
}

function children({ value, path, depth, kind, from, to }) {
  const inRange = kind === 'range';
  const array = Array.isArray(value);
  const keys = array ? null : Object.keys(value);
  const size = array ? value.length : keys.length;
  if (!inRange && size > GROUP) return ranges(value, path, depth, size);
  const result = [];
  const first = inRange ? from : 0;
  const end = inRange ? to : size;
  for (let n = first; n < end; n++) {
    const key = array ? n : keys[n];
    result.push(rowOf(key, value[key], [...path, key], depth + 1, n - first + 1, end - first));
  }
  return result;
}

function ranges(value, path, depth, size) {
  const count = Math.ceil(size / GROUP);
  return Array.from({ length: count }, (_, n) => {
    const from = n * GROUP;
    const to = Math.min(size, from + GROUP);
    return {
      key: null,
      value,
      path,
      depth: depth + 1,
      kind: 'range',
      from,
      to,
      size: to - from,
      open: false,
      position: n + 1,
      count,
    };
  });
}

export function pathText(path) {
  return path.reduce((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return /^[A-Za-z_$][\w$]*$/.test(key) ? `${text}.${key}` : `${text}[${JSON.stringify(key)}]`;
  }, '$');
}

/** A scalar in one short line; strings in quotes. */
export function preview(value) {
  if (typeof value !== 'string') return String(value ?? null);
  return value.length > PREVIEW ? `${JSON.stringify(value.slice(0, PREVIEW)).slice(0, -1)}…"` : JSON.stringify(value);
}
