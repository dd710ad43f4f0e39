/*
 * Where the nodes of a pipeline's graph stand: in columns, each behind all that feeds it, ordered so that wires cross
 * little. No DOM.
 *
 *   const { places, width, height } = layered(flow);    // places[i] = { x, y, column }, in pixels
 *   portPlace(flow.nodes[i], places[i], 'outputs', 0)   // where a wire ends
 */
export const NODE = { width: 168, head: 44, port: 22, foot: 8 };
const GAP = { x: 48, y: 24 };
const SWEEPS = 4;

export const heightOf = ({ inputs, outputs }) =>
  NODE.head + Math.max(inputs.length, outputs.length, 0) * NODE.port + NODE.foot;

export function layered({ nodes, wires }) {
  const columns = columnsOf(nodes.length, wires);
  const rows = [];
  nodes.forEach((_, i) => (rows[columns[i]] ??= []).push(i));
  for (let sweep = 0; sweep < SWEEPS; sweep++) arrange(rows, wires, sweep % 2 === 0);
  const heights = rows.map((row) => row.reduce((sum, i) => sum + heightOf(nodes[i]) + GAP.y, -GAP.y));
  const height = Math.max(0, ...heights);
  const places = [];
  rows.forEach((row, column) => {
    let y = (height - heights[column]) / 2;
    for (const i of row) {
      places[i] = { x: column * (NODE.width + GAP.x), y, column };
      y += heightOf(nodes[i]) + GAP.y;
    }
  });
  const width = rows.length ? rows.length * (NODE.width + GAP.x) - GAP.x : 0;
  return { places, width, height };
}

/** The longest way to each node; of a loop, which no pipeline that runs has, one wire is left out. */
function columnsOf(count, wires) {
  const feeding = Array.from({ length: count }, () => []);
  for (const { from, to } of wires) feeding[to].push(from);
  const columns = new Array(count).fill(-1);
  const open = new Set();
  const of = (i) => {
    if (columns[i] >= 0) return columns[i];
    open.add(i);
    const before = feeding[i].filter((from) => !open.has(from)).map(of);
    open.delete(i);
    columns[i] = before.length ? 1 + Math.max(...before) : 0;
    return columns[i];
  };
  for (let i = 0; i < count; i++) of(i);
  return columns;
}

/** Orders each column by the middle of what its nodes are wired to on one side. */
function arrange(rows, wires, forwards) {
  const at = new Map();
  rows.forEach((row) => row.forEach((i, place) => at.set(i, place)));
  const middle = (i) => {
    const others = wires.filter(({ from, to }) => (forwards ? to : from) === i)
      .map(({ from, to }) => at.get(forwards ? from : to));
    return others.length ? others.reduce((sum, place) => sum + place, 0) / others.length : at.get(i);
  };
  for (const row of forwards ? rows : [...rows].reverse()) {
    const wanted = new Map(row.map((i) => [i, middle(i)]));
    row.sort((a, b) => wanted.get(a) - wanted.get(b) || at.get(a) - at.get(b));
    row.forEach((i, place) => at.set(i, place));
  }
}

/** The middle of a port's mark; of a node without ports the middle of that side. */
export function portPlace(node, { x, y }, side, port) {
  const edge = side === 'outputs' ? x + NODE.width : x;
  return { x: edge, y: node[side].length ? y + NODE.head + (port + 0.5) * NODE.port : y + heightOf(node) / 2 };
}

/** A wire as an SVG path. */
export function wirePath(from, to) {
  const bend = Math.max(24, (to.x - from.x) / 2);
  const places = [from.x + bend, from.y, to.x - bend, to.y, to.x, to.y].map((value) => value.toFixed(1));
  return `M${from.x.toFixed(1)} ${from.y.toFixed(1)}C${places.join(' ')}`;
}

/**
 * The node that a key leads to: left and right along the wires, up and down through all in the order in which they run.
 * -1 for none.
 */
export function nextInFlow({ nodes, wires }, places, i, key) {
  const far = (other) => Math.abs(places[other].y - places[i].y);
  const near = (list) => list.sort((a, b) => far(a) - far(b))[0];
  switch (key) {
    case 'ArrowRight': return near(wires.filter(({ from }) => from === i).map(({ to }) => to)) ?? -1;
    case 'ArrowLeft': return near(wires.filter(({ to }) => to === i).map(({ from }) => from)) ?? -1;
    case 'ArrowDown': return i + 1 < nodes.length ? i + 1 : -1;
    case 'ArrowUp': return i - 1;
    case 'Home': return nodes.length ? 0 : -1;
    case 'End': return nodes.length - 1;
    default: return -1;
  }
}
