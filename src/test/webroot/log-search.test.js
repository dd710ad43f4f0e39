import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogModel } from '../../../webroot/js/core/log-model.js';
import { LogSearch } from '../../../webroot/js/core/log-search.js';

const line = (seq) => ({ seq, text: seq % 10 === 3 ? `error ${seq}` : `line ${seq}` });

function logOf(from, to) {
  const log = new LogModel();
  log.add(Array.from({ length: to - from + 1 }, (_, i) => line(from + i)));
  return log;
}

/** The search once the server has answered, or failed. */
function settled(search) {
  return new Promise((done) => {
    const stop = search.subscribe(({ searching }) => {
      if (searching) return;
      stop();
      done();
    });
  });
}

test('lines that are here are found at once, those before them by the server', async () => {
  const asked = [];
  const search = new LogSearch(async (text) => (asked.push(text), [3, 13, 93, 103]), 0);
  search.use(logOf(91, 110));
  assert.equal(search.run('ERROR'), 103, 'the newest that is here');
  assert.deepEqual(search.hits(), [93, 103]);
  assert.equal(search.state.searching, true);
  await settled(search);
  assert.deepEqual(asked, ['ERROR']);
  assert.deepEqual(search.hits(), [3, 13, 93, 103]);
  assert.equal(search.state.hit, 103, 'what is shown stays');
  assert.equal(search.turn(1), 3);
  assert.equal(search.turn(-1), 103);
});

test('a match that is only among the lines that are not here is shown', async () => {
  const search = new LogSearch(async () => [42], 0);
  search.use(logOf(91, 92));
  assert.equal(search.run('only early'), null);
  await settled(search);
  assert.deepEqual(search.hits(), [42]);
  assert.equal(search.state.hit, 42);
});

test('an older answer is dropped, and a log that is here in full is not asked for', async () => {
  const answers = [];
  const search = new LogSearch(() => new Promise((resolve) => answers.push(resolve)), 0);
  search.use(logOf(50, 60));
  for (const text of ['a', 'ab']) {
    const before = answers.length;
    search.run(text);
    while (answers.length === before) await new Promise(setImmediate);
  }
  const done = settled(search);
  answers[0]([1, 2, 3]);
  answers[1]([7]);
  await done;
  assert.deepEqual(search.hits(), [7]);
  const whole = new LogSearch(() => assert.fail('asked'), 0);
  whole.use(logOf(1, 10));
  whole.run('error');
  assert.equal(whole.state.searching, false);
});

test('a search that failed says so, and the next step asks again', async () => {
  let fails = true;
  const search = new LogSearch(async () => {
    if (fails) throw new Error('away');
    return [3];
  }, 0);
  search.use(logOf(91, 110));
  search.run('error');
  await settled(search);
  assert.equal(search.state.failed, true);
  fails = false;
  const done = settled(search);
  search.turn(1);
  await done;
  assert.deepEqual(search.hits(), [3, 93, 103]);
  assert.equal(search.state.failed, false);
});
