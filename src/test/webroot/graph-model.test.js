import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  SHAPES, foundIn, graphOf, looksOf, nameOfDocument, relationsOf, sameGraph, shapeOf, typesOf,
} from '../../../webroot/js/core/graph-model.js';

const node = (id, degree, more = {}) => ({ id, type: id.split(':')[0], label: id.split(':')[1], degree, documents: 1, facts: {}, ...more });
const edge = (source, target, doc, predicate = 'mentions') => (
  { source, predicate, target, doc_id: doc, start: 1, end: 5, method: 'dictionary', confidence: 'exact' });
const ANSWER = {
  nodes: [node('gene:tp53', 2), node('document:d1', 5, { label: 'A paper' }), node('gene:brca1', 5)],
  edges: [
    edge('document:d1', 'gene:tp53', 'd1'), edge('document:d1', 'gene:tp53', 'd2'),
    edge('gene:tp53', 'document:d1', 'd1', 'cited_by'), edge('gene:brca1', 'gene:brca1', 'd1'), edge('gene:tp53', 'gene:lost', 'd1'),
  ],
};

test('edges become relations with all their places, and links without a direction', () => {
  const graph = graphOf(ANSWER);
  assert.deepEqual(graph.nodes.map(({ id }) => id), ['document:d1', 'gene:brca1', 'gene:tp53']);
  assert.deepEqual(graph.relations.map(({ predicate, places }) => [predicate, places.length]), [['mentions', 2], ['cited_by', 1], ['mentions', 1]]);
  assert.deepEqual(graph.links.map(({ a, b, relations }) => [a, b, relations.length]), [[0, 2, 2], [1, 1, 1]]);
  assert.deepEqual(graph.nodes.map(({ shown }) => shown), [1, 1, 1]);
  assert.equal(relationsOf(graph, 'gene:tp53').length, 2);
  assert.equal(nameOfDocument(graph, 'd1'), 'A paper');
  assert.equal(nameOfDocument(graph, 'd2'), 'd2');
});

test('the order of an answer does not matter', () => {
  const turned = { nodes: [...ANSWER.nodes].reverse(), edges: ANSWER.edges };
  assert.deepEqual(graphOf(turned).nodes, graphOf(ANSWER).nodes);
  assert.ok(sameGraph(ANSWER, structuredClone(ANSWER)));
  assert.ok(!sameGraph(ANSWER, { ...ANSWER, edges: [] }));
});

test('types differ by more than colour, and known ones always look the same', () => {
  const types = ['document', 'person', 'term', ...Array.from({ length: 40 }, (_, i) => `type-${i}`)];
  const looks = looksOf(types);
  const seen = new Set([...looks.values()].map(({ hue, shape }) => `${hue} ${shape}`));
  assert.equal(seen.size, types.length);
  for (const { hue, shape } of looks.values()) {
    assert.ok(hue >= 1 && hue <= 7);
    assert.match(shapeOf(shape, 8), /^M[-\d. MLHVZa]+Z$/);
  }
  assert.deepEqual(looks.get('person'), looksOf(['person', 'zebra']).get('person'));
  assert.equal(new Set([...looksOf(['document', 'person', 'term', 'abbreviation', 'date', 'condition', 'doi']).values()].map(({ shape }) => shape)).size, SHAPES.length);
});

test('types are counted, the most frequent first', () => {
  assert.deepEqual(typesOf(graphOf(ANSWER)), [{ type: 'gene', count: 2 }, { type: 'document', count: 1 }]);
});

test('a node is meant by its id, its label, or a part of it', () => {
  const nodes = [node('gene:brca10', 9), node('gene:brca1', 5), node('disease:fever', 3, { label: 'Rift Valley fever' })];
  assert.equal(foundIn(nodes, ' brca1 '), 'gene:brca1');
  assert.equal(foundIn(nodes, 'BRCA1 (gene)'), 'gene:brca1');
  assert.equal(foundIn(nodes, 'gene:brca1'), 'gene:brca1');
  assert.equal(foundIn(nodes, 'brc'), 'gene:brca10');
  assert.equal(foundIn(nodes, 'valley'), 'disease:fever');
  assert.equal(foundIn(nodes, 'brc', { whole: true }), null);
  assert.equal(foundIn(nodes, 'rift valley FEVER', { whole: true }), 'disease:fever');
  assert.equal(foundIn(nodes, 'tp53'), null);
  assert.equal(foundIn(nodes, '  '), null);
});
