import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CAP, enqueue, overlay, settle } from '../../../webroot/js/core/outbox-ops.js';
import { OUTBOX_KEY, Outbox } from '../../../webroot/js/core/outbox.js';
import { toItem } from '../../../webroot/js/core/palette-model.js';

const definition = (id, name = id) => ({ id, name, type: 'stage', ports: { inputs: [], outputs: [] } });
const op = (kind, id, more) => ({ key: `${kind}-${id}`, kind, id, base: null, attempts: 0, status: 'pending', definition: definition(id), ...more });
const problem = (status, code = 'x') => ({ status, code, toJSON: () => ({ status, code }) });

function storage(start = {}) {
  const kept = new Map(Object.entries(start));
  return { kept, getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key) };
}

function outbox(send, more = {}) {
  let n = 0;
  return new Outbox({ send, storage: storage(), uuid: () => `key-${++n}`, patience: 1_000, ...more });
}

test('what was never sent is merged', () => {
  assert.deepEqual(enqueue([op('add', 'a')], op('replace', 'a', { key: 'k2', base: 3 })).map(({ kind, key, base }) => [kind, key, base]), [['add', 'k2', null]]);
  assert.deepEqual(enqueue([op('add', 'a')], op('remove', 'a')), []);
  assert.deepEqual(enqueue([op('replace', 'a', { base: 3 })], op('remove', 'a', { base: 9 })).map(({ kind, base }) => [kind, base]), [['remove', 3]]);
  assert.deepEqual(enqueue([op('remove', 'a', { base: 3 })], op('add', 'a')).map(({ kind, base }) => [kind, base]), [['replace', 3]]);
});

test('what may have reached the server is followed, not changed', () => {
  assert.equal(enqueue([op('add', 'a', { attempts: 1 })], op('remove', 'a')).length, 2);
});

test('a refused operation gives way to the next one on the same id', () => {
  assert.deepEqual(enqueue([op('add', 'a', { status: 'rejected', attempts: 1 })], op('add', 'a', { key: 'k2' })).map(({ key }) => key), ['k2']);
});

test('the overlay shows what will be', () => {
  const items = new Map([['b', toItem({ ...definition('b'), revision: 4 })], ['c', toItem(definition('c'))]]);
  const laid = overlay(items, [
    op('add', 'a'), op('replace', 'b', { definition: definition('b', 'B2') }), op('remove', 'c'),
    op('add', 'd', { status: 'rejected', problem: { status: 400 } }), op('replace', 'e', { status: 'rejected', problem: { status: 412 } }), op('add', 'f', { status: 'sent', revision: 9 }),
  ]);
  assert.equal(laid.get('a').pending, 'waiting');
  assert.deepEqual([laid.get('b').title, laid.get('b').entry.revision], ['B2', 4]);
  assert.equal(laid.get('c'), null);
  assert.equal(laid.get('d').pending, 'rejected');
  assert.equal(laid.get('e').pending, 'conflict');
  assert.equal(laid.get('f').pending, null);
});

test('what is written goes when the palette has it', () => {
  const ops = [op('add', 'a', { status: 'sent', revision: 5 }), op('add', 'b')];
  assert.equal(settle(ops, 4), ops);
  assert.deepEqual(settle(ops, 5).map(({ id }) => id), ['b']);
});

test('is kept before it is sent', async () => {
  const kept = storage();
  let seen;
  const box = outbox(async () => {
    seen = JSON.parse(kept.getItem(OUTBOX_KEY));
    return { ok: true, revision: 2 };
  }, { storage: kept });
  const outcome = await box.submit({ kind: 'add', id: 'a', definition: definition('a') });
  assert.deepEqual([seen[0].key, seen[0].attempts], ['key-1', 1]);
  assert.equal(outcome.status, 'written');
  box.settled(2);
  assert.equal(kept.getItem(OUTBOX_KEY), null);
});

test('while the server is away it waits, and is sent once with the same key', async () => {
  const sent = [];
  let away = true;
  const kept = storage();
  const send = async ({ key }) => {
    if (away) throw problem(0, 'unreachable');
    sent.push(key);
    return { ok: true, revision: 2 };
  };
  const first = await outbox(send, { storage: kept }).submit({ kind: 'add', id: 'a', definition: definition('a') });
  assert.equal(first.status, 'waiting');

  away = false;
  const reloaded = outbox(send, { storage: kept });
  assert.equal(reloaded.count, 1);
  await Promise.all([reloaded.flush(), reloaded.flush()]);
  await reloaded.flush();
  assert.deepEqual(sent, ['key-1']);
  assert.equal(reloaded.count, 0);
});

test('keeps the order, and stops at the first that cannot be sent', async () => {
  const sent = [];
  const box = outbox(async ({ id }) => {
    if (id === 'b') throw problem(503);
    sent.push(id);
    return { revision: 1 };
  });
  await box.submit({ kind: 'add', id: 'a', definition: definition('a') });
  await box.submit({ kind: 'add', id: 'b', definition: definition('b') });
  await box.submit({ kind: 'add', id: 'c', definition: definition('c') });
  assert.deepEqual(sent, ['a']);
  assert.equal(box.count, 2);
});

test('a refusal stays with its reason until it is discarded', async () => {
  const box = outbox(async () => {
    throw problem(409, 'stage_exists');
  });
  const outcome = await box.submit({ kind: 'add', id: 'a', definition: definition('a') });
  assert.equal(outcome.status, 'rejected');
  assert.equal(box.state.ops[0].problem.code, 'stage_exists');
  const putBack = box.discard('key-1');
  assert.deepEqual(box.state.ops, []);
  putBack();
  putBack();
  assert.deepEqual(box.state.ops.map(({ key, status }) => [key, status]), [['key-1', 'rejected']]);
  box.discard('key-1');
});

test('a full storage does not lose the write', async () => {
  const full = { getItem: () => null, setItem: () => { throw new Error('quota'); }, removeItem: () => {} };
  const box = outbox(async () => { throw problem(0); }, { storage: full });
  await box.submit({ kind: 'add', id: 'a', definition: definition('a') });
  assert.equal(box.state.kept, false);
  assert.equal(box.count, 1);
});

test('takes no more than its cap', async () => {
  const many = Array.from({ length: CAP }, (_, i) => op('add', `s${i}`));
  const box = outbox(async () => ({}), { storage: storage({ [OUTBOX_KEY]: JSON.stringify(many) }) });
  await assert.rejects(box.submit({ kind: 'add', id: 'x', definition: definition('x') }), RangeError);
});

test('an answer that takes long does not hold the page', async () => {
  let answer;
  const box = outbox(() => new Promise((done) => { answer = done; }), { patience: 5 });
  assert.equal((await box.submit({ kind: 'add', id: 'a', definition: definition('a') })).status, 'waiting');
  answer({ revision: 3 });
});

test('what was not tried, because the server is known to be away, can be taken back without a trace', async () => {
  const sent = [];
  const box = outbox(async ({ id }) => sent.push(id), { reachable: async () => false });
  const outcome = await box.submit({ kind: 'remove', id: 'a', base: 3 });
  assert.equal(outcome.status, 'waiting');
  assert.equal(box.state.ops[0].attempts, 0);
  box.discard(outcome.key);
  await box.flush();
  assert.deepEqual(sent, []);
});
