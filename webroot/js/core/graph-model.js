/*
 * The graph of documents as it is drawn and listed. No DOM.
 *
 *   const graph = graphOf({ nodes, edges });
 *     // { nodes, links, relations, byId }; nodes have index, shown (links here), r; most connected first
 *     // links: [{ a, b, relations }]: which nodes are joined; relations: one for each source, predicate and target,
 *     // with all its places: [{ source, predicate, target, places: [{ doc_id, start, end, method, confidence }] }]
 *   relationsOf(graph, id)          // those that a node has
 *   looksOf(['gene', 'trial'])      // Map: type → { hue: 1…7, shape }, no two alike of up to 49 types
 *   sameGraph(a, b)                 // whether two answers show the same
 *   foundIn(nodes, text, { whole }) // the node that somebody means by a label, an id, or the beginning of a label
 *   shapeOf(shape, r)               // its outline, for the `d` of a path
 *   nameOfDocument(graph, id)
 */
import { fold } from './text.js';

export const SHAPES = ['circle', 'square', 'diamond', 'triangle', 'hexagon', 'down', 'cross'];
const HUES = 7;

export function graphOf({ nodes, edges }) {
  const sorted = [...nodes].sort((a, b) => b.degree - a.degree || (a.id < b.id ? -1 : 1));
  const byId = new Map(sorted.map((node, index) => [node.id, { ...node, index, shown: 0 }]));
  const relations = new Map();
  const links = new Map();
  for (const edge of edges) {
    const { source, predicate, target, ...place } = edge;
    if (!byId.has(source) || !byId.has(target)) continue;
    const key = JSON.stringify([source, predicate, target]);
    if (!relations.has(key)) relations.set(key, { source, predicate, target, places: [] });
    relations.get(key).places.push(place);
  }
  for (const relation of relations.values()) {
    const [a, b] = [byId.get(relation.source).index, byId.get(relation.target).index].sort((one, two) => one - two);
    const key = `${a} ${b}`;
    if (!links.has(key)) links.set(key, { a, b, relations: [] });
    links.get(key).relations.push(relation);
  }
  const all = [...byId.values()];
  for (const { a, b } of links.values()) {
    all[a].shown++;
    if (a !== b) all[b].shown++;
  }
  for (const node of all) node.r = Math.min(13, 4.5 + 1.2 * Math.sqrt(node.shown));
  return { nodes: all, links: [...links.values()], relations: [...relations.values()], byId };
}

export function relationsOf({ relations }, id) {
  return relations.filter(({ source, target }) => source === id || target === id);
}

function hash(text) {
  let value = 2_166_136_261;
  for (const char of text) value = Math.imul(value ^ char.codePointAt(0), 16_777_619);
  return value >>> 0;
}

/** What the stages of documents find. The first seven differ in colour and shape, later ones in one of both. */
const KNOWN = [
  'document', 'person', 'term', 'abbreviation', 'date', 'condition', 'doi',
  'keyword', 'affiliation', 'trial', 'p_value', 'intervention', 'organisation', 'pmid',
  'subject', 'journal', 'concept', 'dose', 'sponsor', 'phase', 'pmcid', 'study_type', 'email',
];

function lookAt(place) {
  const hue = place % HUES;
  return { hue: hue + 1, shape: SHAPES[(hue + Math.floor(place / HUES)) % SHAPES.length] };
}

/** Known types always look the same; others have the hue of their name, or the next one that fewer have. */
export function looksOf(types) {
  const taken = new Set();
  const used = new Array(HUES).fill(0);
  const looks = new Map();
  const take = (type, place) => {
    taken.add(place);
    used[place % HUES]++;
    looks.set(type, lookAt(place));
  };
  const all = [...new Set(types)].sort();
  for (const type of all.filter((each) => KNOWN.includes(each))) take(type, KNOWN.indexOf(type));
  for (const type of all.filter((each) => !KNOWN.includes(each))) {
    const hues = used.map((_, i) => (hash(type) + i) % HUES);
    const hue = hues.reduce((best, each) => (used[each] < used[best] ? each : best));
    let place = hue;
    while (taken.has(place) && taken.size < HUES * HUES) place = (place + HUES) % (HUES * HUES);
    take(type, place);
  }
  return looks;
}

export function typesOf({ nodes }) {
  const counts = new Map();
  for (const { type } of nodes) counts.set(type, (counts.get(type) ?? 0) + 1);
  const listed = [...counts].map(([type, count]) => ({ type, count }));
  return listed.sort((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1));
}

export function sameGraph(a, b) {
  return JSON.stringify([a.nodes, a.edges]) === JSON.stringify([b.nodes, b.edges]);
}

/** `whole`: the beginning of a label is not enough. */
export function foundIn(nodes, text, { whole = false } = {}) {
  const wanted = fold(text.trim());
  if (!wanted) return null;
  const by = (fits) => nodes.find((node) => fits(fold(node.label), node))?.id ?? null;
  const exact = nodes.find(({ id }) => id === text.trim())?.id
    ?? by((label, { type }) => label === wanted || `${label} (${fold(type)})` === wanted);
  if (whole || exact) return exact;
  return by((label) => label.startsWith(wanted))
    ?? by((label) => label.includes(wanted));
}

/** A document's title, where the graph has it as a node. */
export function nameOfDocument({ byId }, id) {
  return byId.get(`document:${id}`)?.label || id;
}

const corners = (count, r, turn) => {
  const points = Array.from({ length: count }, (_, i) => {
    const angle = turn + (i * 2 * Math.PI) / count;
    return `${(r * Math.cos(angle)).toFixed(1)} ${(r * Math.sin(angle)).toFixed(1)}`;
  });
  return `M${points.join('L')}Z`;
};
const UP = -Math.PI / 2;
const OUTLINES = {
  circle: (r) => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`,
  square: (r) => corners(4, r * 1.2, Math.PI / 4),
  diamond: (r) => corners(4, r * 1.25, UP),
  triangle: (r) => corners(3, r * 1.3, UP),
  hexagon: (r) => corners(6, r * 1.1, 0),
  down: (r) => corners(3, r * 1.3, -UP),
  cross: (r) => {
    const arm = r * 0.45;
    const end = r * 1.1;
    const [a, e] = [arm, end].map((value) => Number(value.toFixed(1)));
    return `M${-a} ${-e}H${a}V${-a}H${e}V${a}H${a}V${e}H${-a}V${a}H${-e}V${-a}H${-a}Z`;
  },
};

export function shapeOf(shape, r) {
  return OUTLINES[shape](Number(r.toFixed(1)));
}
