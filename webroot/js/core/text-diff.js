/*
 * The difference of two texts as lines to draw. No DOM, and no library: it takes what `diffLines` of the library
 * answers.
 *
 *   rowsOf(parts, { around: 3 })
 *   // [{ kind: 'same'|'added'|'removed', text, before: n|null, after: n|null } | { kind: 'gap', n }]
 *
 * Lines that are the same are shown `around` a change; longer stretches become a gap of `n` lines.
 */
export function rowsOf(parts, { around = 3 } = {}) {
  let before = 1;
  let after = 1;
  const all = parts.flatMap(({ value, added, removed }) => linesOf(value).map((text) => {
    if (added) return { kind: 'added', text, before: null, after: after++ };
    if (removed) return { kind: 'removed', text, before: before++, after: null };
    return { kind: 'same', text, before: before++, after: after++ };
  }));
  const near = new Set();
  all.forEach(({ kind }, i) => {
    if (kind === 'same') return;
    for (let at = i - around; at <= i + around; at++) near.add(at);
  });
  const rows = [];
  all.forEach((row, i) => {
    if (near.has(i)) rows.push(row);
    else if (rows.at(-1)?.kind === 'gap') rows.at(-1).n++;
    else rows.push({ kind: 'gap', n: 1 });
  });
  return rows;
}

function linesOf(value) {
  const lines = value.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** A value as lines that can be compared: text as it is, the rest as JSON with two spaces. */
export function textOf(value) {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/**
 * The members in which two forms differ, in the order of `theirs`: [{ key, mine, theirs }], as text.
 *
 * @param only  names of members to look at; absent: all of both
 */
export function memberDiff(mine, theirs, only = null) {
  const keys = only ?? [...new Set([...Object.keys(theirs), ...Object.keys(mine)])];
  return keys
    .map((key) => ({ key, mine: textOf(mine[key]), theirs: textOf(theirs[key]) }))
    .filter((each) => each.mine !== each.theirs);
}

/** Mine where I changed it since `base`, theirs where I did not. */
export function mergeMembers(base, mine, theirs) {
  const changed = (key) => textOf(base?.[key]) !== textOf(mine[key]);
  return Object.fromEntries(
    [...new Set([...Object.keys(theirs), ...Object.keys(mine)])].map((key) => [
      key,
      changed(key) ? mine[key] : theirs[key],
    ]),
  );
}
