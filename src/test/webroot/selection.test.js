import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedSuggestions, fixedOf, neededBy, numbers, repeatedBy, startTicks, suggestions, tick, untick, withTicks, without } from '../../../webroot/js/core/selection.js';

const stage = (id, sort_order, more) => ({ id, name: id.toUpperCase(), sort_order, status: 'pending', locked: false, needs: [], ...more });
const stages = [stage('r', 0, { locked: true, status: 'awaiting_approval' }), stage('a', 1), stage('i', 2), stage('s', 3, { needs: ['i'] }), stage('p', 4, { needs: ['s'] })];
const fixed = fixedOf(stages, 'r');
const ids = (set) => [...set].sort().join('');

test('suggested names are matched trimmed and in any case; others are told as ignored', () => {
  const given = suggestions({ output: { suggested_stages: [{ name: ' i ', reason: 'why' }, { name: 'Docs', reason: 'x' }, null, {}] } }, stages);
  assert.deepEqual([...given.reasons], [['i', 'why']]);
  assert.deepEqual(given.unknown, ['Docs']);
  assert.equal(ids(startTicks(stages, given, fixed)), 'ir');
});

test('the server’s own matching goes before the names', () => {
  const given = suggestions({ suggested_by: 'rules', suggestions: [{ name: 'I', reason: '', stage_template_id: 'a' }, { name: 'S', stage_template_id: null }], output: { suggested_stages: [{ name: 'P' }] } }, stages);
  assert.deepEqual([given.by, [...given.reasons.keys()], given.unknown], ['rules', ['a'], ['S']]);
});

test('no suggestion that fits ticks all; no suggestions at all are not given', () => {
  assert.equal(ids(startTicks(stages, suggestions({ output: { suggested_stages: [{ name: 'nothing' }] } }, stages), fixed)), 'aiprs');
  assert.equal(ids(startTicks(stages, suggestions({ output: { suggested_stages: [{ name: 'R' }] } }, stages), fixed)), 'aiprs');
  assert.equal(suggestions({ output: { research: 'x' } }, stages).given, false);
  assert.equal(suggestions({}, stages).given, false);
});

test('what a suggested stage needs is ticked with it', () => {
  const given = suggestions({ output: { suggested_stages: [{ name: 'p', reason: '' }] } }, stages);
  assert.equal(ids(startTicks(stages, given, fixed)), 'iprs');
});

test('ticking takes along what is needed, also in a circle', () => {
  assert.deepEqual(tick(stages, fixed, 'p').added, ['s', 'i']);
  const circle = [stage('x', 0, { needs: ['y'] }), stage('y', 1, { needs: ['x'] })];
  assert.equal(ids(tick(circle, new Set(), 'x').ticked), 'xy');
  assert.deepEqual(untick(circle, new Set(['x', 'y']), 'x').ask, ['y']);
});

test('unticking what others need asks for them too; fixed ones stay', () => {
  const all = new Set(stages.map(({ id }) => id));
  assert.deepEqual(untick(stages, all, 'i', fixed), { ask: ['s', 'p'], blocked: [] });
  assert.deepEqual(untick(stages, all, 'i', new Set(['p'])).blocked, ['p']);
  assert.equal(ids(untick(stages, all, 'p', fixed).ticked), 'airs');
  assert.equal(untick(stages, all, 'r', fixed).ticked, all);
  assert.equal(ids(without(all, ['i', 's', 'p'])), 'ar');
  assert.deepEqual(neededBy(stages, all, 'i').map(({ id }) => id), ['s']);
});

test('every selection of every ticking is closed and numbered 1…n', () => {
  let seed = 7;
  const random = (n) => { seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31; return seed % n; };
  for (let round = 0; round < 300; round++) {
    const many = Array.from({ length: 8 }, (_, i) => stage(`n${i}`, i, { needs: Array.from({ length: random(3) }, () => `n${random(8)}`) }));
    let ticked = new Set();
    for (let act = 0; act < 12; act++) {
      const id = `n${random(8)}`;
      if (!ticked.has(id)) ticked = tick(many, ticked, id).ticked;
      else {
        const { ticked: next, ask } = untick(many, ticked, id);
        ticked = next ?? without(ticked, [id, ...ask]);
      }
      for (const each of many) if (ticked.has(each.id)) for (const need of each.needs) assert.ok(ticked.has(need));
      assert.deepEqual([...numbers(many, ticked).values()], Array.from({ length: ticked.size }, (_, i) => i + 1));
    }
  }
});

test('the stepper’s stages follow the ticks', () => {
  assert.deepEqual(withTicks(stages, new Set(['r', 's'])).map(({ selected, number }) => [selected, number]), [[true, 1], [false, null], [false, null], [true, 2], [false, null]]);
});

test('stages that have begun are fixed, stale ones are not', () => {
  assert.equal(ids(fixedOf([stage('x', 0, { status: 'approved' }), stage('y', 1, { status: 'stale' }), stage('z', 2, { status: 'completed', selected: false })], 'x')), 'x');
});

test('changed suggestions, and what a redo repeats', () => {
  const of = (...pairs) => ({ reasons: new Map(pairs) });
  assert.deepEqual(changedSuggestions(of(['a', 'x'], ['i', 'y']), of(['a', 'z'], ['s', 'w'])), ['a', 'i', 's']);
  const done = [stage('a', 0, { status: 'approved' }), stage('b', 1, { status: 'approved' }), stage('c', 2, { status: 'stale', selected: false }), stage('d', 3)];
  assert.deepEqual(repeatedBy(done, 'a').map(({ id }) => id), ['b']);
});
