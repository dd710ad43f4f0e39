import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogModel, marked, matches } from '../../../webroot/js/core/log-model.js';

const lines = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => ({ seq: from + i, at: '', level: 'info', text: `line ${from + i}` }));
import { longestOf } from '../../../webroot/js/core/log-width.js';

test('repeats are dropped and new lines added', () => {
  const log = new LogModel();
  log.add(lines(1, 3));
  log.add(lines(2, 5));
  assert.deepEqual(log.lines.map(({ seq }) => seq), [1, 2, 3, 4, 5]);
  assert.equal(log.version, 2);
  log.add(lines(4, 5));
  assert.equal(log.version, 2);
});

test('a snapshot that does not join starts afresh, and the lines before can be asked for', () => {
  const log = new LogModel();
  log.add(lines(1, 3));
  log.add(lines(2_001, 3_000));
  assert.equal(log.lines.length, 1_000);
  assert.equal(log.earlier, 2_000);
  assert.deepEqual(log.page(), { after: 1_000, limit: 1_000 });
  assert.equal(log.addEarlier(lines(1_001, 2_000)), 1_000);
  assert.equal(log.first, 1_001);
  assert.equal(log.addEarlier(lines(1_001, 2_000)), 0);
  assert.deepEqual(log.page(5_000), { after: 0, limit: 1_000 });
});

test('only so many lines are kept', () => {
  const log = new LogModel();
  log.add(lines(1, 105));
  log.trim(100);
  assert.equal(log.lines.length, 105);
  log.add(lines(106, 120));
  log.trim(100);
  assert.equal(log.lines.length, 100);
  assert.equal(log.earlier, 20);
  assert.equal(log.total, 120);
});

test('finds lines whatever the case and the colours', () => {
  const log = new LogModel();
  log.add([{ seq: 1, text: 'GET \x1b[1m/v2/search\x1b[0m' }, { seq: 2, text: 'other' }, { seq: 3, text: 'get /V2/SEARCH' }]);
  assert.deepEqual(matches(log.lines, 'get /v2'), [0, 2]);
  assert.deepEqual(matches(log.lines, ''), []);
  assert.equal(log.text(), 'GET /v2/search\nother\nget /V2/SEARCH');
});

test('marks what is found, across spans', () => {
  const spans = [{ text: 'GET ', look: '' }, { text: '/v2/search', look: 'bold' }];
  assert.deepEqual(marked(spans, 'T /V2'), [
    { text: 'GE', look: '' },
    { text: 'T ', look: '', hit: true },
    { text: '/v2', look: 'bold', hit: true },
    { text: '/search', look: 'bold' },
  ]);
  assert.equal(marked(spans, 'nothing'), spans);
  assert.deepEqual(marked([{ text: 'aaa', look: '' }], 'a').filter(({ hit }) => hit).map(({ text }) => text).join(''), 'aaa');
});

test('the longest line counts without its colours, also among lines that come later or earlier', () => {
  const log = new LogModel();
  const line = (seq, text) => ({ seq, at: '2026-01-01T00:00:00Z', level: 'info', text });
  log.add([line(5, '\u001b[31m1234\u001b[0m'), line(6, '12')]);
  assert.equal(longestOf(log), 4);
  log.add([line(7, '1234567')]);
  assert.equal(longestOf(log), 7);
  log.addEarlier([line(4, '123456789')]);
  assert.equal(longestOf(log), 9);
});
