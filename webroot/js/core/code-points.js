/*
 * Places in texts: the server counts code points, JavaScript counts UTF-16 units. No DOM.
 *
 *   units(text, [0, 3, 9])              // where these code points begin in UTF-16 units; ascending, at most the length
 *   pieces(text, marks, from)           // [{ text, marks }] in order: what has the same marks is one piece
 *
 * A mark is { start, end, … } in code points; `from` is the place of the text's first one. Marks may lie across each
 * other and reach beyond the text.
 */
const WIDE = /[\ud800-\udbff][\udc00-\udfff]/;

export function units(text, points) {
  if (!WIDE.test(text)) return points.map((point) => Math.min(Math.max(point, 0), text.length));
  let unit = 0;
  let at = 0;
  return points.map((point) => {
    for (; at < point && unit < text.length; at++) unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
    return unit;
  });
}

/** How many code points a text has. */
export function pointsIn(text) {
  if (!WIDE.test(text)) return text.length;
  let count = 0;
  for (let unit = 0; unit < text.length; count++) unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
  return count;
}

export function pieces(text, marks, from = 0) {
  const inside = marks.filter(({ start, end }) => end > start && end > from);
  if (inside.length === 0) return text ? [{ text, marks: [] }] : [];
  const cuts = [...new Set(inside.flatMap(({ start, end }) => [start, end]))]
    .filter((point) => point > from)
    .sort((a, b) => a - b);
  const ends = units(text, cuts.map((point) => point - from));
  const found = [];
  let begin = 0;
  let point = from;
  for (let i = 0; i <= cuts.length; i++) {
    const end = i < cuts.length ? ends[i] : text.length;
    if (end > begin) {
      const at = point;
      found.push({ text: text.slice(begin, end), marks: inside.filter((mark) => mark.start <= at && mark.end > at) });
    }
    begin = end;
    point = cuts[i];
  }
  return found;
}
