import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flowOf } from '../../../webroot/js/core/flow-model.js';
import { NODE, heightOf, layered, nextInFlow, portPlace, wirePath } from '../../../webroot/js/core/flow-layout.js';

const port = (name, type = name) => ({ name, type });
const ENTRIES = {
  read: { ports: { inputs: [port('any')], outputs: [port('document')] } },
  cut: { ports: { inputs: [port('document')], outputs: [port('chunks'), port('notes')] } },
  join: { ports: { inputs: [port('left'), port('right')], outputs: [port('graph')] } },
  files: { ports: { inputs: [], outputs: [port('files')] } },
  result: { ports: { inputs: [port('any')], outputs: [] } },
};
const entryOf = (type) => ENTRIES[type] ?? null;
const stage = (name, type, more = {}) => ({ name, type, depends_on: [], ...more });

function wiresOf({ nodes, wires }) {
  return wires.map(({ from, output, to, input }) =>
    `${nodes[from].id}.${nodes[from].outputs[output]?.name ?? ''}>${nodes[to].id}.${nodes[to].inputs[input]?.name ?? ''}`);
}

test('stages are wired by what they depend on and by named inputs', () => {
  const flow = flowOf({
    sources: [{ name: 'Inbox', type: 'files' }],
    stages: [
      stage('Read', 'read', { sort_order: 0 }),
      stage('Cut', 'cut', { sort_order: 1, depends_on: ['Read'] }),
      stage('Join', 'join', { sort_order: 2, depends_on: ['Read', 'Cut'], inputs: { left: 'Read', right: 'Cut.notes' } }),
    ],
    sinks: [{ name: 'Out', type: 'result' }],
  }, entryOf);
  assert.deepEqual(wiresOf(flow), [
    'Inbox.files>Read.any', 'Read.document>Cut.document', 'Read.document>Join.left', 'Cut.notes>Join.right',
    'Join.graph>Out.any',
  ]);
  assert.deepEqual(flow.nodes.map(({ kind }) => kind), ['source', 'stage', 'stage', 'stage', 'sink']);
});

test('a stage that says nothing of what it depends on follows the one before it', () => {
  const flow = flowOf({
    stages: [stage('A', 'read', { sort_order: 0 }), stage('B', 'read', { sort_order: 1, follows_previous: true })],
  }, entryOf);
  assert.deepEqual(wiresOf(flow), ['A.document>B.any']);
});

test('what is put out whole goes to the ports of its names', () => {
  const entries = { both: { ports: { inputs: [port('any')], outputs: [port('entities'), port('claims')] } },
    draw: { ports: { inputs: [port('claims'), port('entities')], outputs: [] } } };
  const flow = flowOf({
    stages: [stage('A', 'both', { sort_order: 0 }), stage('B', 'draw', { sort_order: 1, depends_on: ['A'] })],
  }, (type) => entries[type]);
  assert.deepEqual(wiresOf(flow), ['A.entities>B.entities', 'A.claims>B.claims']);
});

test('a sink may name what it comes after', () => {
  const stages = [stage('A', 'read', { sort_order: 0 }), stage('B', 'read', { sort_order: 1, depends_on: ['A'] })];
  const flow = flowOf({ stages, sinks: [{ name: 'Out', type: 'result', after: ['A', 'gone'] }] }, entryOf);
  assert.deepEqual(wiresOf(flow), ['A.document>B.any', 'A.document>Out.any']);
});

test('what is not in the palette is faulty, and a port that only the pipeline names is there', () => {
  const flow = flowOf({
    stages: [stage('A', 'gone', { sort_order: 0 }), stage('B.c', 'join', { sort_order: 1, depends_on: ['A'], inputs: { more: 'A.extra' } })],
  }, entryOf);
  assert.equal(flow.nodes[0].faulty, true);
  assert.equal(flow.nodes[1].faulty, false);
  assert.deepEqual(wiresOf(flow), ['A.extra>B.c.more']);
});

test('each node stands behind all that feeds it, and no two lie on each other', () => {
  const flow = flowOf({
    stages: [
      stage('A', 'read', { sort_order: 0 }), stage('B', 'cut', { sort_order: 1, depends_on: ['A'] }),
      stage('C', 'cut', { sort_order: 2, depends_on: ['A'] }), stage('D', 'join', { sort_order: 3, depends_on: ['A', 'B', 'C'] }),
    ],
  }, entryOf);
  const { places, width, height } = layered(flow);
  assert.deepEqual(places.map(({ column }) => column), [0, 1, 1, 2]);
  for (const { from, to } of flow.wires) assert.ok(places[from].x + NODE.width < places[to].x);
  const [, b, c] = places;
  assert.ok(Math.abs(b.y - c.y) >= heightOf(flow.nodes[1]));
  assert.ok(places.every(({ x, y }, i) => x + NODE.width <= width && y + heightOf(flow.nodes[i]) <= height));
});

test('wires do not cross where they need not', () => {
  const stages = [stage('A', 'read', { sort_order: 0 }), stage('B', 'read', { sort_order: 1 }),
    stage('C', 'read', { sort_order: 2, depends_on: ['B'] }), stage('D', 'read', { sort_order: 3, depends_on: ['A'] })];
  const { places } = layered(flowOf({ stages }, entryOf));
  const [a, b, c, d] = places;
  assert.equal(a.y < b.y, d.y < c.y);
});

test('a loop, which cannot be saved, does not hang the layout', () => {
  const wires = [{ from: 0, to: 1, output: 0, input: 0 }, { from: 1, to: 0, output: 0, input: 0 }];
  const nodes = [0, 1].map((i) => ({ id: String(i), inputs: [], outputs: [] }));
  assert.equal(layered({ nodes, wires }).places.length, 2);
});

test('300 nodes have their places', () => {
  const stages = Array.from({ length: 300 }, (_, i) => stage(`S${i}`, 'read', {
    sort_order: i, depends_on: i ? [`S${Math.floor(i / 2)}`].filter((name) => name !== `S${i}`) : [],
  }));
  const { places } = layered(flowOf({ stages }, entryOf));
  assert.equal(new Set(places.map(({ x, y }) => `${x} ${y}`)).size, 300);
});

test('keys go along the wires, and through all in order', () => {
  const flow = flowOf({
    stages: [stage('A', 'read', { sort_order: 0 }), stage('B', 'cut', { sort_order: 1, depends_on: ['A'] }),
      stage('C', 'cut', { sort_order: 2, depends_on: ['A'] })],
  }, entryOf);
  const { places } = layered(flow);
  assert.equal(nextInFlow(flow, places, 1, 'ArrowLeft'), 0);
  assert.ok([1, 2].includes(nextInFlow(flow, places, 0, 'ArrowRight')));
  assert.equal(nextInFlow(flow, places, 2, 'ArrowRight'), -1);
  assert.equal(nextInFlow(flow, places, 0, 'ArrowDown'), 1);
  assert.equal(nextInFlow(flow, places, 0, 'ArrowUp'), -1);
  assert.equal(nextInFlow(flow, places, 0, 'End'), 2);
});

test('a wire goes from port to port', () => {
  const node = { inputs: [port('a'), port('b')], outputs: [] };
  assert.deepEqual(portPlace(node, { x: 10, y: 20 }, 'inputs', 1), { x: 10, y: 20 + NODE.head + 1.5 * NODE.port });
  assert.deepEqual(portPlace(node, { x: 10, y: 20 }, 'outputs', 0), { x: 10 + NODE.width, y: 20 + heightOf(node) / 2 });
  assert.match(wirePath({ x: 0, y: 0 }, { x: 100, y: 10 }), /^M0\.0 0\.0C50\.0 0\.0 50\.0 10\.0 100\.0 10\.0$/);
});
