/*
 * Where rows of different heights lie, and which row must stay where it is. No DOM.
 */
export class TreeLayout {
  constructor(rows, heightOf) {
    this.rows = rows;
    this.tops = new Float64Array(rows.length + 1);
    this.indexByKey = new Map();
    rows.forEach((row, i) => {
      this.tops[i + 1] = this.tops[i] + heightOf(row);
      this.indexByKey.set(row.key, i);
    });
  }

  get height() {
    return this.tops[this.rows.length];
  }

  /** The index of the row that covers this distance from the top. */
  indexAt(y) {
    let low = 0;
    let high = this.rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.tops[middle] <= y) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }

  topOf(key) {
    const i = this.indexByKey.get(key);
    return i === undefined ? null : this.tops[i];
  }

  /** First and last+1 index to draw for a window, with some rows around it. */
  range(top, height, around = 5) {
    const first = Math.max(0, this.indexAt(top) - around);
    const last = Math.min(this.rows.length, this.indexAt(top + height) + 1 + around);
    return [first, Math.max(first, last)];
  }

  isInside(key, top, height) {
    const i = this.indexByKey.get(key);
    return i !== undefined && this.tops[i] >= top - 1 && this.tops[i + 1] <= top + height + 1;
  }
}

/**
 * How far the rows below moved between two layouts, seen from the row being read: `wanted` if it
 * is in both, else the nearest row after it, else before it. Zero when none is left.
 */
export function shift(before, after, wanted) {
  const start = before.indexByKey.get(wanted) ?? 0;
  for (let i = start; i < before.rows.length; i++) {
    const top = after.topOf(before.rows[i].key);
    if (top !== null) return top - before.tops[i];
  }
  for (let i = Math.min(start, before.rows.length) - 1; i >= 0; i--) {
    const top = after.topOf(before.rows[i].key);
    if (top !== null) return top - before.tops[i];
  }
  return 0;
}

/** The row being read: under the pointer, else the active one if it is in sight, else the first in sight. */
export function beingRead(layout, { top, height, pointer = null, active = null }) {
  const { rows, tops } = layout;
  if (pointer !== null) return rows[layout.indexAt(top + pointer)].key;
  if (active !== null && layout.isInside(active, top, height)) return active;
  const first = layout.indexAt(Math.max(0, top));
  return rows[tops[first] < top - 1 ? Math.min(first + 1, rows.length - 1) : first].key;
}

/** Which row becomes active when the active one is gone: the next that is left, else the last. */
export function neighbour(before, after, key) {
  const i = before.indexByKey.get(key);
  if (i === undefined || after.rows.length === 0) return null;
  return before.rows.slice(i + 1).find((row) => after.indexByKey.has(row.key))?.key ?? after.rows.at(-1).key;
}

/** The new rows with the leaving ones still between the neighbours they had. */
export function withLeaving(rows, oldRows, leaving) {
  if (leaving.size === 0) return rows;
  const after = new Map();
  let previous = null;
  for (const row of oldRows) {
    if (!leaving.has(row.key)) previous = row.key;
    else after.set(previous, [...(after.get(previous) ?? []), { ...row, leaving: true }]);
  }
  const result = [...(after.get(null) ?? [])];
  for (const row of rows) result.push(row, ...(after.get(row.key) ?? []));
  return result;
}
