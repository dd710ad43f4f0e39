import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACTIONS, able, bulk } from '../../../webroot/js/core/task-bulk.js';
import { NO_FILTER, fromQuery, isActive, matches, request, toQuery } from '../../../webroot/js/core/task-filter.js';
import { labelsOf, labelsText } from '../../../webroot/js/core/task-labels.js';
import { TaskSearch } from '../../../webroot/js/core/task-search.js';

const NOW = Date.parse('2026-01-10T12:00:00Z');
const task = (id, more) => ({ id, title: `Task ${id}`, description: '', pipeline: 'auto', project: 'p1', status: 'pending', created_at: '2026-01-10T10:00:00Z', archived_at: null, ...more });
const filter = (patch) => ({ ...NO_FILTER, ...patch });

test('what is looked for is kept in the address and read from it', () => {
  const wanted = filter({ q: 'fix export', status: 'failed', project: 'p1', pipeline: 'dev-task', age: 'week', archived: true });
  assert.deepEqual(fromQuery(new URLSearchParams(toQuery(wanted))), wanted);
  assert.equal(toQuery(NO_FILTER), '');
  assert.deepEqual(fromQuery(new URLSearchParams('?status=odd&age=century&archived=maybe&step=x')), NO_FILTER);
  assert.deepEqual([NO_FILTER, filter({ q: '  ' }), filter({ archived: true })].map(isActive), [false, false, true]);
});

test('the server is asked for words and a time', () => {
  assert.deepEqual(request(filter({ q: '  fix   export ', age: 'day' }), NOW),
    { q: 'fix export', status: '', project: '', pipeline: '', since: '2026-01-09T12:00:00.000Z', archived: '' });
  assert.equal(request(filter({ q: 'w '.repeat(30) }), NOW).q.split(' ').length, 10);
});

test('a task of the feed is found by the same rules', () => {
  const found = (patch, more) => matches(filter(patch), task('7', more), NOW);
  assert.equal(found({ q: 'EXP fix' }, { title: 'Fix', description: 'the Éxport' }), true);
  assert.equal(found({ q: 'fix', status: 'failed' }, { title: 'Fix' }), false);
  assert.equal(found({ project: 'p2' }), false);
  assert.equal(found({ pipeline: 'auto', age: 'day' }), true);
  assert.equal(found({ age: 'day' }, { created_at: '2026-01-01T00:00:00Z' }), false);
  assert.equal(found({ archived: true }), false);
  assert.equal(found({ archived: true }, { archived_at: '2026-01-10T11:00:00Z' }), true);
});

test('a label is looked for whole, in any case', () => {
  const found = (label) => matches(filter({ label }), task('7', { labels: ['Q4', 'urgent'] }), NOW);
  assert.deepEqual(['URGENT', ' q4 ', 'urg', 'q4,urgent'].map(found), [true, true, false, false]);
  assert.equal(matches(filter({ label: 'q4' }), task('7'), NOW), false);
  assert.equal(request(filter({ label: ' Q4 ' }), NOW).label, 'Q4');
  assert.equal(toQuery(filter({ label: 'Q4' })), '?label=Q4');
  assert.equal(labelsText(labelsOf(' urgent,, Q4 ,')), 'urgent, Q4');
});

/** A server that answers what it is told to, in turn. */
function server(...pages) {
  const asked = [];
  return { asked, get: async (path, { query }) => (asked.push(query), pages.shift()) };
}

test('empty pages are followed to the end before it is said that there is nothing', async () => {
  const rest = server({ items: [], next: 'a' }, { items: [], next: 'b' }, { items: [task('1')], next: null });
  const search = new TaskSearch(rest);
  await search.run(filter({ q: 'task' }), NOW);
  assert.deepEqual(rest.asked.map(({ cursor }) => cursor), [null, 'a', 'b']);
  assert.deepEqual(search.state.items.map(({ id }) => id), ['1']);
  assert.equal(search.state.done, true);

  const more = new TaskSearch(server({ items: [task('2')], next: 'c' }, { items: [task('1')], next: null }));
  await more.run(filter({ q: 'task' }), NOW);
  assert.equal(more.state.done, false);
  await more.more();
  assert.deepEqual(more.state.items.map(({ id }) => id), ['2', '1']);
});

test('what the feed tells joins and leaves what was found', async () => {
  const search = new TaskSearch(server({ items: [task('1', { status: 'failed' })], next: null }, { items: [task('3', { status: 'failed' })], next: null }));
  await search.run(filter({ status: 'failed' }), NOW);
  search.apply([{ kind: 'updated', task: { id: '1', status: 'running' } }, { kind: 'added', task: task('2', { status: 'failed' }) }, { kind: 'counts', counts: {} }]);
  assert.deepEqual(search.state.items.map(({ id }) => id), ['2']);
  const again = search.run(filter({ status: 'failed' }), NOW);
  assert.deepEqual(search.state.items.map(({ id }) => id), ['2'], 'in sight until the answer');
  await again;
  assert.deepEqual(search.state.items.map(({ id }) => id), ['3']);
  search.stop();
  search.apply([{ kind: 'added', task: task('4', { status: 'failed' }) }]);
  assert.deepEqual(search.state.items, []);
});

test('a failure keeps what is there and can be tried again', async () => {
  const search = new TaskSearch({ get: async () => { throw new Error('away'); } });
  await search.run(filter({ q: 'x' }), NOW);
  assert.equal(search.state.problem.message, 'away');
  assert.equal(search.state.done, false);
});

test('an action is for those that it fits, and each answers for itself', async () => {
  const all = ['pending', 'running', 'awaiting_approval', 'failed', 'completed'].map((status) => task(status, { status }));
  all.push(task('away', { status: 'failed', archived_at: '2026-01-10T11:00:00Z' }));
  assert.deepEqual(ACTIONS.map((action) => [action, able(action, all).map(({ id }) => id)]), [
    ['retry', ['failed']],
    ['cancel', ['pending', 'running', 'awaiting_approval']],
    ['archive', ['pending', 'failed', 'completed']],
    ['restore', ['away']],
  ]);
  const sizes = [];
  const rest = { post: async (path, { ids, action }) => (sizes.push([action, ids.length]), { items: ids.map((id) => ({ id, ok: id !== '7', detail: 'no' })) }) };
  const { done, refused } = await bulk('archive', Array.from({ length: 250 }, (_, i) => String(i)), rest);
  assert.deepEqual(sizes, [['archive', 200], ['archive', 50]]);
  assert.equal(done.length, 249);
  assert.deepEqual(refused.map(({ id }) => id), ['7']);
});
