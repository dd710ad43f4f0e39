/*
 * What a key does in a tree whose row `i` (-1: none) is active: { move: index }, { toggle: open },
 * { open: true }, or {} when the key means nothing here. No DOM.
 */
export function answer(key, rows, i, page) {
  const steps = {
    ArrowDown: i + 1,
    ArrowUp: i - 1,
    PageDown: i + page,
    PageUp: i - page,
    Home: 0,
    End: rows.length - 1,
  };
  if (Object.hasOwn(steps, key)) return { move: steps[key] };
  const row = rows[i];
  if (!row) return {};
  if (key === 'Enter' || key === ' ') return { open: true };
  if (key === 'ArrowLeft') {
    if (row.type === 'group') return row.open ? { toggle: false } : { move: i };
    return { move: rows.slice(0, i).findLastIndex(({ type }) => type === 'group') };
  }
  if (key === 'ArrowRight') {
    if (row.type !== 'group') return { move: i };
    return row.open ? { move: i + 1 } : { toggle: true };
  }
  return {};
}
