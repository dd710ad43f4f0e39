import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suggestedStages } from '../../../webroot/js/core/selection.js';
import { choiceOf, follow, ticksBy } from '../../../webroot/js/core/stage-choice.js';

const stage = (id, sort_order, more) => ({ id, name: id.toUpperCase(), sort_order, status: 'pending', locked: false, needs: [], ...more });
const stages = [stage('r', 0, { locked: true }), stage('a', 1), stage('i', 2), stage('s', 3, { needs: ['i'] }), stage('p', 4)];
const task = { stages };
const step = stages[0];
const execution = { input: { suggested_stages: [{ name: 'I', reason: 'Rule.' }], suggested_by: 'rules' } };
const empty = { ticked: null, touched: new Set(), seen: null, changed: [], output: undefined };
const ids = (set) => [...set].sort().join('');
const after = (draft, patch) => ({ ...draft, ...patch });
const told = (draft) => follow({ execution, task, step, draft });
const pasted = (...names) => ({ output: { research: 'x', suggested_stages: names.map((name) => ({ name, reason: `Because ${name}.` })) } });

test('the ticks and reasons follow a pasted result, unknown names are told, and it says where they come from', () => {
  const first = after(empty, told(empty));
  assert.equal(ids(first.ticked), 'ir');
  const draft = after(first, pasted('a', 'Nonexistent'));
  const next = after(draft, told(draft));
  assert.equal(ids(next.ticked), 'ar');
  assert.deepEqual(next.changed.sort(), ['a', 'i']);
  const { given } = choiceOf({ execution, task, step, draft: next });
  assert.deepEqual([given.by, given.reasons.get('a'), given.unknown], ['result', 'Because a.', ['Nonexistent']]);
  assert.equal(told(next), null);
});

test('what the person ticked or unticked stays when the suggestion changes, and its row is marked', () => {
  const first = after(empty, told(empty));
  const ticks = after(first, ticksBy(first, { ticked: new Set(['r', 'p']), ask: null }));
  assert.equal(ids(ticks.touched), 'ip');
  const draft = after(ticks, pasted('i', 'a'));
  const next = after(draft, told(draft));
  assert.equal(ids(next.ticked), 'apr');
  assert.ok(next.changed.includes('i'));
});

test('a stage that needs what the person unticked goes with it', () => {
  const first = after(empty, told(empty));
  const ticks = after(first, ticksBy(first, { ticked: new Set(['r']), ask: null }));
  const draft = after(ticks, pasted('s'));
  assert.equal(ids(after(draft, told(draft)).ticked), 'r');
});

test('taking the pasted suggestions back brings those of before', () => {
  let draft = after(empty, told(empty));
  draft = after(draft, pasted('a'));
  draft = after(draft, told(draft));
  draft = after(draft, { output: { research: 'x' } });
  draft = after(draft, told(draft));
  assert.equal(ids(draft.ticked), 'ir');
});

test('other suggestions of the server mark the rows and leave the ticks', () => {
  const first = after(empty, told(empty));
  const other = { input: { suggested_stages: [{ name: 'P', reason: '' }], suggested_by: 'rules' } };
  const patch = follow({ execution: other, task, step, draft: first });
  assert.deepEqual([ids(patch.ticked), patch.changed.sort()], ['ir', ['i', 'p']]);
});

test('after a reload the kept ticks stay, whatever is no stage any more', () => {
  const draft = after(empty, { ticked: new Set(['r', 'p', 'gone']) });
  assert.deepEqual(Object.keys(told(draft)), ['seen']);
  assert.equal(ids(choiceOf({ execution, task, step, draft }).ticked), 'pr');
});

test('on approval a pasted result keeps what it suggests, one that says nothing gets the ticks', () => {
  const draft = after(empty, { ...pasted('i', 'Nonexistent'), ticked: new Set(['r', 'p']) });
  const choice = { ...choiceOf({ execution, task, step, draft }), reasons: {}, fallback: 'By hand.' };
  assert.deepEqual(suggestedStages(draft.output, choice), draft.output.suggested_stages);
  assert.equal(suggestedStages(draft.output, { ...choice, reasons: { i: ' Mine. ' } })[0].reason, 'Mine.');
  const plain = { ...choiceOf({ execution, task, step, draft: after(empty, { ticked: new Set(['r', 'i', 'p']) }) }), reasons: {}, fallback: 'By hand.' };
  assert.deepEqual(suggestedStages({ research: 'x' }, plain), [{ name: 'I', reason: 'Rule.' }, { name: 'P', reason: 'By hand.' }]);
});
