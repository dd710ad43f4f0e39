import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whenTasksMove } from '../../../webroot/js/core/task-moves.js';

function watched({ ready = false, busy = () => false } = {}) {
  const waiting = [];
  const found = { refreshed: 0, waiting, heard: null, cancelled: 0 };
  const tasks = { state: { ready }, start() {}, listen: (listener) => {
    found.heard = listener;
    return () => { found.heard = null; };
  } };
  const options = { busy, after: (run) => waiting.push(run), cancel: () => { found.cancelled++; } };
  found.stop = whenTasksMove(tasks, () => { found.refreshed++; }, options);
  found.pass = () => waiting.splice(0).forEach((run) => run());
  return found;
}

const at = (status, stage, id = 't1') => ({ kind: 'updated', task: { id, status, current_stage_id: stage } });

test('a list is read anew when a task goes a stage further, once for many', () => {
  const found = watched();
  found.heard([at('running', 'parse'), at('running', 'chunk'), at('running', 'parse', 't2')]);
  found.heard([at('completed', null)]);
  assert.equal(found.refreshed, 0);
  found.pass();
  assert.equal(found.refreshed, 1);
  found.heard([at('completed', null), { kind: 'counts' }, at('pending', null, 't3'), { kind: 'removed', task: { id: 't1' } }]);
  assert.equal(found.waiting.length, 0);
});

test('the first snapshot is no news, one after a break is', () => {
  const found = watched();
  found.heard([{ kind: 'snapshot', data: {} }]);
  assert.equal(found.waiting.length, 0);
  found.heard([{ kind: 'snapshot', data: {} }]);
  assert.equal(found.waiting.length, 1);
  const later = watched({ ready: true });
  later.heard([{ kind: 'snapshot', data: {} }]);
  assert.equal(later.waiting.length, 1);
});

test('it waits while the page reads, and ends with it', () => {
  let busy = true;
  const found = watched({ busy: () => busy });
  found.heard([at('running', 'parse')]);
  found.pass();
  assert.equal(found.refreshed, 0);
  busy = false;
  found.pass();
  assert.equal(found.refreshed, 1);
  found.heard([at('running', 'chunk')]);
  found.stop();
  assert.equal(found.cancelled, 1);
  assert.equal(found.heard, null);
});
