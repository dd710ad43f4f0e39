import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { beforeEach, test } from 'node:test';
import { useStrings } from '../../../webroot/js/core/i18n.js';
import { readUse, useLines } from '../../../webroot/js/core/pipeline-use.js';

const strings = JSON.parse(await readFile(new URL('../../../webroot/i18n/en.json', import.meta.url), 'utf8'));

beforeEach(() => useStrings(strings));

/** A server with so many tasks of each status, and triggers. */
function server(tasks, triggers) {
  const asked = [];
  const get = async (path, { query }) => {
    asked.push([path, query.pipeline]);
    if (path === '/api/triggers') return { items: Array(triggers).fill({}) };
    const n = tasks[query.status];
    return { items: Array(Math.min(n, query.limit)).fill({}), next: n > query.limit ? 'more' : null };
  };
  return { asked, get };
}

test('counts the open tasks and triggers of that pipeline', async () => {
  const there = server({ pending: 1, running: 2, awaiting_approval: 3 }, 2);
  const use = await readUse({ name: 'auto', applicable_sources: ['files'] }, there);
  assert.deepEqual(use, { tasks: 6, more: false, triggers: 2, automatic: true, usual: false });
  assert.ok(there.asked.every(([, name]) => name === 'auto'));
  const lines = useLines(use);
  assert.equal(lines.length, 3);
  assert.match(lines[0], /^6 open tasks/);
  assert.match(lines[1], /^2 triggers/);
});

test('says when there are more than it counted', async () => {
  const use = await readUse({ name: 'busy' }, server({ pending: 0, running: 500, awaiting_approval: 1 }, 0));
  assert.deepEqual([use.tasks, use.more], [201, true]);
  assert.match(useLines(use)[0], /more than 201/i);
});

test('says when nothing depends on it, and what new projects lose', async () => {
  const none = server({ pending: 0, running: 0, awaiting_approval: 0 }, 0);
  assert.deepEqual(useLines(await readUse({ name: 'mine' }, none)), [strings.pipeline.delete_unused]);
  assert.deepEqual(useLines(await readUse({ name: 'dev-task' }, none)), [strings.pipeline.delete_usual]);
});
