import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useStrings } from '../../../webroot/js/core/i18n.js';
import { lookOf, shownStatus } from '../../../webroot/js/core/status.js';
import { TaskList, groups, neighbour } from '../../../webroot/js/core/task-list.js';
import { TaskModel, currentStep, percent, place, steps } from '../../../webroot/js/core/task-model.js';
import { age, spent, ticking } from '../../../webroot/js/core/times.js';

const stage = (name, status, more) => ({ id: `t-${name}`, name, type: name, status, selected: true, sort_order: 0, ...more });
const execution = (id, stageId, attempt, status = 'completed') => ({ id, stage_template_id: stageId, attempt, status });

test('a snapshot replaces, changes are laid over it, logs go on', () => {
  const model = new TaskModel();
  model.apply({ kind: 'snapshot', data: { task: { id: '7', revision: 1, ledger: { a: 1 } }, executions: [execution('e1', 's', 1, 'running')], log: { e1: [{ seq: 1, text: 'a' }] } } });
  model.apply({ kind: 'log', execution_id: 'e1', lines: [{ seq: 2, text: 'b' }] });
  model.apply({ kind: 'execution', execution: execution('e2', 's', 2) });
  model.apply({ kind: 'execution', execution: { id: 'e1', stage_template_id: 's', attempt: 1, status: 'failed' } });
  model.apply({ kind: 'task', task: { id: '7', revision: 2, status: 'failed' } });
  assert.deepEqual(model.attempts('s').map(({ id, status }) => `${id} ${status}`), ['e1 failed', 'e2 completed']);
  assert.equal(model.log('e1').last, 2);
  assert.deepEqual(model.task, { id: '7', revision: 2, status: 'failed', ledger: { a: 1 } });
  model.apply({ kind: 'snapshot', data: { task: { id: '7', revision: 3 }, executions: [execution('e2', 's', 2)], log: {} } });
  assert.equal(model.attempts('s').length, 1);
  assert.equal(model.log('e1').last, 0);
});

test('the answer of a write does not undo newer news', () => {
  const model = new TaskModel();
  model.apply({ kind: 'snapshot', data: { task: { id: '7', revision: 5, status: 'completed' } } });
  model.heard({ id: '7', revision: 4, status: 'running' });
  assert.equal(model.task.status, 'completed');
  model.heard({ id: '7', revision: 6, status: 'running' });
  assert.equal(model.task.status, 'running');
});

test('only selected stages are steps, numbered from 1', () => {
  const stages = [stage('c', 'pending', { number: 2, sort_order: 2 }), stage('b', 'pending', { selected: false, number: null, sort_order: 1 }), stage('a', 'completed', { number: 1 })];
  assert.deepEqual(steps({ stages }).map(({ number, name }) => `${number} ${name}`), ['1 a', '2 c']);
  assert.deepEqual(steps({}), []);
});

test('the current step is where the work is', () => {
  const of = (...statuses) => ({ stages: statuses.map((status, i) => stage('abcd'[i], status, { number: i + 1 })) });
  assert.equal(currentStep(of('completed', 'running', 'pending')).name, 'b');
  assert.equal(currentStep(of('completed', 'failed', 'pending')).name, 'b');
  assert.equal(currentStep(of('completed', 'awaiting_approval', 'pending')).name, 'b');
  assert.equal(currentStep(of('completed', 'completed')).name, 'b');
  assert.equal(currentStep(of('completed', 'cancelled', 'pending')).name, 'b');
  assert.equal(currentStep(of('pending', 'pending')).name, 'a');
  assert.equal(currentStep({ stages: [] }), null);
  assert.deepEqual(place(of('completed', 'running', 'pending')), { number: 2, of: 3, name: 'b' });
  assert.equal(place(of('pending')), null);
});

test('a progress has a share only when its total is known', () => {
  assert.equal(percent({ done: 3, total: 12 }), 25);
  assert.equal(percent({ done: 30, total: 12 }), 100);
  assert.equal(percent({ done: 3, total: 0 }), null);
  assert.equal(percent({ done: 0, total: 1 }), null);
  assert.equal(percent(null), null);
});

const task = (id, status, at, more) => ({ id, title: `Task ${id}`, status, pipeline: 'auto', created_at: at, updated_at: at, started_at: at, completed_at: null, revision: 1, ...more });

test('the board has those who wait first, then what runs, then the rest, newest first', () => {
  const items = [task('1', 'completed', '2026-01-01T00:00:00Z'), task('2', 'running', '2026-01-01T00:00:00Z'), task('3', 'awaiting_approval', '2026-01-02T00:00:00Z'), task('4', 'failed', '2026-01-02T00:00:00.5Z'), task('5', 'pending', '2026-01-02T00:00:00Z')];
  const shown = groups(items);
  assert.deepEqual(shown.map(({ key, items: each }) => `${key} ${each.map(({ id }) => id).join('')}`), ['waiting 3', 'running 2', 'recent 451']);
  assert.equal(neighbour(shown, '3', 1), '2');
  assert.equal(neighbour(shown, '3', -1), null);
  assert.equal(neighbour(shown, null, 1), '3');
  assert.equal(neighbour([], null, 1), null);
  assert.deepEqual(groups([]), []);
  const waits = [['4', 1], ['7', 2], ['5', 3]].map(([id, day]) => task(id, 'awaiting_approval', '2026-01-01T00:00:00Z', { status_since: `2026-01-0${day}T00:00:00Z` }));
  assert.deepEqual(groups(waits)[0].items.map(({ id }) => id), ['4', '7', '5'], 'who waits longest is first');
});

test('a snapshot keeps older tasks that came by page, and pages do not undo news', () => {
  const list = new TaskList();
  list.addPage([task('new', 'running', '2026-01-03T00:00:00Z'), task('old', 'completed', '2026-01-01T00:00:00Z')]);
  list.replace([task('new', 'completed', '2026-01-03T00:00:00Z', { revision: 4 }), task('mid', 'awaiting_approval', '2026-01-02T00:00:00Z')]);
  assert.deepEqual([...list.items.keys()].sort(), ['mid', 'new', 'old']);
  assert.equal(list.waiting, 1);
  list.addPage([task('new', 'running', '2026-01-03T00:00:00Z', { revision: 3 })]);
  assert.equal(list.items.get('new').status, 'completed');
  list.apply({ kind: 'removed', task: { id: 'mid' } });
  list.apply({ kind: 'added', task: task('x', 'pending', '2026-01-04T00:00:00Z') });
  list.apply({ kind: 'updated', task: { id: 'x', status: 'running' } });
  assert.equal(list.items.get('x').title, 'Task x');
  assert.equal(list.items.has('mid'), false);
  list.replace([]);
  assert.equal(list.items.size, 0);
});

test('the server counts, so that those that are not here count too', () => {
  const list = new TaskList();
  list.addPage([task('a', 'awaiting_approval', '2026-01-01T00:00:00Z')]);
  assert.deepEqual(list.sizes(), { waiting: 1, running: 0, recent: 0 });
  const counts = { pending: 2_000, running: 3, awaiting_approval: 250, completed: 5, failed: 1, cancelled: 0 };
  list.replace([task('a', 'awaiting_approval', '2026-01-01T00:00:00Z')], { counts, next: null });
  assert.deepEqual(list.sizes(), { waiting: 250, running: 3, recent: 2_006 });
  list.apply({ kind: 'counts', counts: { ...counts, awaiting_approval: 249, running: 4 } });
  assert.equal(list.waiting, 249);
  assert.equal(list.items.size, 1);
});

test('a snapshot with an old task that waits keeps pages of tasks at rest, not of those that may have moved', () => {
  const list = new TaskList();
  list.addPage([task('rest', 'failed', '2026-01-02T00:00:00Z'), task('went', 'running', '2026-01-02T00:00:00Z'), task('gone', 'failed', '2026-01-04T00:00:00Z')]);
  list.replace([task('oldest', 'awaiting_approval', '2026-01-01T00:00:00Z'), task('newest', 'pending', '2026-01-05T00:00:00Z'), task('edge', 'pending', '2026-01-03T00:00:00Z')], { next: 'edge' });
  assert.deepEqual([...list.items.keys()].sort(), ['edge', 'newest', 'oldest', 'rest']);
});

test('as long as stages are chosen nobody knows how many there will be', () => {
  const stages = [stage('r', 'awaiting_approval', { number: 1, output_format: 'research' }), stage('p', 'pending', { number: 2 })];
  assert.deepEqual(place({ stages, current_stage_id: 't-r' }), { number: 1, of: null, name: 'r' });
  assert.deepEqual(place({ stages: [{ ...stages[0], status: 'approved' }, { ...stages[1], status: 'running' }], current_stage_id: 't-p' }), { number: 2, of: 2, name: 'p' });
});

test('times: short ages, and durations that tick', () => {
  useStrings({ time: { now: 'now' } });
  const now = Date.parse('2026-01-10T12:00:00Z');
  const ago = (ms) => age(new Date(now - ms).toISOString(), now);
  assert.deepEqual([ago(-5_000), ago(59_000), ago(61_000), ago(7_200_000), ago(90_000_000)], ['now', 'now', '1 min', '2 hr', '1 day']);
  assert.equal(spent({ started_at: null }, now), null);
  assert.equal(spent({ started_at: '2026-01-10T11:59:50Z' }, now), 10_000);
  assert.equal(spent({ started_at: '2026-01-10T12:00:50Z' }, now), 0);
  assert.equal(spent({ started_at: '2026-01-10T11:00:00Z', completed_at: '2026-01-10T11:00:02Z' }, now), 2_000);
  assert.equal(spent({ started_at: '2026-01-10T11:00:00Z', duration_ms: 178 }, now), 178);
  assert.deepEqual([ticking(0), ticking(1_999), ticking(65_400)], ['0 s', '1 s', '1 min 5 s']);
});

test('every status has a tone, a shape and a word', () => {
  for (const status of ['pending', 'running', 'awaiting_approval', 'approved', 'completed', 'failed', 'cancelled', 'stale', 'waiting']) assert.equal(lookOf(status).key, `status.${status}`);
  assert.equal(lookOf('something new').key, 'status.unknown');
});

test('what waits looks so until it is over', () => {
  const waits = { kind: 'ledger' };
  assert.deepEqual(['running', 'pending', 'failed', 'completed'].map((status) => shownStatus(status, waits)), ['waiting', 'waiting', 'failed', 'completed']);
  assert.equal(shownStatus('running', null), 'running');
});

test('policies that change without a new revision are taken, an older revision is not', () => {
  const model = new TaskModel();
  const policies = (waiting) => [{ name: 'p', rate_limit: { waiting } }];
  model.apply({ kind: 'snapshot', data: { task: { id: '7', revision: 4, waiting_for: { kind: 'ledger' }, policies: policies(0) } } });
  model.apply({ kind: 'task', task: { id: '7', revision: 4, policies: policies(1) } });
  assert.deepEqual(model.task.policies, policies(1));
  model.heard({ id: '7', revision: 3, policies: policies(9) });
  assert.deepEqual(model.task.policies, policies(1));
  model.apply({ kind: 'task', task: { id: '7', revision: 5, waiting_for: null } });
  assert.equal(model.task.waiting_for, null);
});
