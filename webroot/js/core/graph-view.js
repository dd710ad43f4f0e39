/*
 * What of a graph is in sight, how large, and which labels have room. No DOM.
 *
 *   const view = fitted(points, size);             // { k, x, y }: a point is drawn at (px * k + x, py * k + y)
 *   zoomed(view, factor, { x, y })                 // around a point of the screen
 *   labelsOf(nodes, places, size, wanted)          // [{ i, x, y }]: the nodes whose labels have room, `wanted` first
 *   nextNode(places, from, 'ArrowRight')           // the index of the nearest one in that direction; -1
 *   linkAt(links, places, { x, y })                // the index of the link that is drawn there; -1
 *
 * `points` and `places` are [{ x, y }] by index, in the layout and on the screen; `size` is { width, height }.
 */
const MARGIN = 44;
const CLOSEST = 2.2;
const FARTHEST = 0.08;
const LETTER = 7;
const LINE = 15;
/** As many of the most connected ones are named even where a label hides others. */
const ALWAYS = 10;
/** One label for so many pixels of the drawing: more would hide what they name. */
const AREA = 21_000;
const LONGEST = 28;

export function fitted(points, { width, height }) {
  if (points.length === 0 || width <= 0) return { k: 1, x: width / 2, y: height / 2 };
  const [left, right] = range(points.map(({ x }) => x));
  const [top, bottom] = range(points.map(({ y }) => y));
  const across = (width - 2 * MARGIN) / Math.max(right - left, 1);
  const down = (height - 2 * MARGIN) / Math.max(bottom - top, 1);
  const k = Math.max(FARTHEST, Math.min(1.5, across, down));
  return { k, x: width / 2 - ((left + right) / 2) * k, y: height / 2 - ((top + bottom) / 2) * k };
}

function range(values) {
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

export function zoomed({ k, x, y }, factor, at) {
  const next = Math.max(FARTHEST, Math.min(CLOSEST, k * factor));
  const by = next / k;
  return { k: next, x: at.x - (at.x - x) * by, y: at.y - (at.y - y) * by };
}

export function shortened(label, most = LONGEST) {
  return label.length > most ? `${label.slice(0, most - 1).trimEnd()}…` : label;
}

/** In the order given: the most connected come first, so theirs are drawn and not the others'. */
export function labelsOf(nodes, places, { width, height }, wanted = []) {
  const most = Math.max(8, Math.round((width * height) / AREA));
  const boxes = [];
  const shown = [];
  const first = new Set(wanted);
  const order = [...wanted, ...nodes.keys()].filter((i, at) => at < wanted.length || !first.has(i));
  for (const i of order) {
    const { x, y } = places[i];
    if (shown.length >= most && !first.has(i)) break;
    if (x < 0 || y < 0 || x > width || y > height) continue;
    const half = (shortened(nodes[i].label).length * LETTER) / 2 + 3;
    const above = y + nodes[i].r + 2;
    const middle = Math.max(half, Math.min(width - half, x));
    const box = { left: middle - half, right: middle + half, top: above, bottom: above + LINE };
    const covered = boxes.some((each) => (
      each.left < box.right && each.right > box.left && each.top < box.bottom && each.bottom > box.top));
    const hides = places.some((each, j) => (
      j !== i && each.x > box.left && each.x < box.right && each.y > box.top - 3 && each.y < box.bottom + 3));
    if (!first.has(i) && (covered || (hides && i >= ALWAYS))) continue;
    boxes.push(box);
    shown.push({ i, x: middle, y: above + LINE - 4 });
  }
  return shown;
}

const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** What lies aside counts as farther away, and what lies more aside than ahead does not count. */
export function nextNode(places, from, key) {
  const [dx, dy] = DIRECTIONS[key] ?? [];
  if (dx === undefined) return -1;
  let best = -1;
  let least = Infinity;
  places.forEach(({ x, y }, i) => {
    const ahead = (x - places[from].x) * dx + (y - places[from].y) * dy;
    const aside = Math.abs((x - places[from].x) * dy) + Math.abs((y - places[from].y) * dx);
    if (i === from || ahead <= 0 || aside > ahead * 1.2) return;
    const cost = ahead + aside * 2;
    if (cost < least) [best, least] = [i, cost];
  });
  return best;
}

const NEAR = 7;

export function linkAt(links, places, { x, y }) {
  let best = -1;
  let least = NEAR;
  links.forEach(({ a, b }, i) => {
    const from = places[a];
    const to = places[b];
    const dx = to.x - from.x;
    const dy = to.y - from.y;
    const square = dx * dx + dy * dy;
    if (square === 0) return;
    const share = Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / square));
    const away = Math.hypot(x - from.x - share * dx, y - from.y - share * dy);
    if (away < least) [best, least] = [i, away];
  });
  return best;
}
