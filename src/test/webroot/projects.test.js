import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Projects, templateBody, templateForm } from '../../../webroot/js/core/projects.js';

const open = (id) => ({ id, name: id, archived_at: null });
const away = (id) => ({ id, name: id, archived_at: '2030-01-01T00:00:00Z' });

/** A server whose answers come when the test says so. */
function followed() {
  let tell;
  const asked = [];
  const feed = { subscribe: (topic, handler) => { tell = handler; } };
  const rest = { get: (path) => new Promise((resolve, reject) => { asked.push({ path, with: (...items) => resolve({ items, next: null }), fail: reject }); }) };
  const list = new Projects({ feed, rest });
  list.follow();
  return { list, tell: (frame) => tell(frame), asked, shown: () => list.state.items?.map(({ id, archived_at: at }) => (at ? `${id} archived` : id)) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

async function loaded() {
  const page = followed();
  page.asked[0].with(open('a'), open('c'));
  await settled();
  return page;
}

test('what was archived before the page was loaded is in reach', async () => {
  const { asked, shown } = await loaded();
  assert.deepEqual(asked.map(({ path }) => path), ['/api/projects', '/api/projects?archived=true']);
  assert.deepEqual(shown(), ['c', 'a']);
  asked[1].with(away('b'));
  await settled();
  assert.deepEqual(shown(), ['c', 'b archived', 'a']);
});

test('a snapshot, which has no archived ones, does not forget them', async () => {
  const { asked, tell, shown } = await loaded();
  asked[1].with(away('b'));
  await settled();
  tell({ kind: 'snapshot', data: { items: [open('c')] } });
  asked[2].with(away('a'), away('b'));
  await settled();
  assert.deepEqual(shown(), ['c', 'b archived', 'a archived']);
});

test('an answer that is older than what the feed said does not undo it', async () => {
  const { asked, tell, shown } = await loaded();
  tell({ kind: 'updated', project: open('b') });
  tell({ kind: 'removed', project: away('a') });
  asked[1].with(away('b'));
  await settled();
  assert.deepEqual(shown(), ['c', 'b', 'a archived']);
});

test('of two questions only the answer to the later one counts', async () => {
  const { asked, tell, shown } = await loaded();
  tell({ kind: 'snapshot', data: { items: [open('c')] } });
  asked[2].with();
  await settled();
  asked[1].with(away('b'));
  await settled();
  assert.deepEqual(shown(), ['c']);
});

test('a refusal leaves the others and says so', async () => {
  const { list, asked, shown } = await loaded();
  asked[1].fail(new Error('busy'));
  await settled();
  assert.deepEqual(shown(), ['c', 'a']);
  assert.equal(list.state.problem.message, 'busy');
});

test('a stage template goes through its form and back, settings, policy and needs too', () => {
  const template = {
    name: 'Chunk', prompt_template: null, input_source: 'previous_stage', output_format: null, output_schema: null,
    approval: null, config: { size: 3 }, policy: 'careful',
    metadata_overrides: { dependencies: ['parse'], state_key: 'parts' },
  };
  const form = templateForm(template);
  assert.deepEqual([form.config, form.policy, form.needs], [{ size: 3 }, 'careful', 'parse']);
  const { body } = templateBody(form);
  assert.deepEqual(body.config, { size: 3 });
  assert.equal(body.policy, 'careful');
  assert.deepEqual(body.metadata_overrides, { state_key: 'parts', dependencies: ['parse'] });
  const bare = templateBody({ ...form, policy: ' ', needs: '' }).body;
  assert.deepEqual([bare.policy, bare.metadata_overrides], [null, { state_key: 'parts' }]);
});
