import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useStrings } from '../../../webroot/js/core/i18n.js';

const kept = new Map([['callboard.actor', 'Ada']]);
globalThis.localStorage = {
  getItem: (key) => kept.get(key) ?? null,
  setItem: (key, value) => kept.set(key, value),
  removeItem: (key) => kept.delete(key),
};
const { actorHeader, byWords, nameFault, nameOf, setName, who, whoIs } = await import('../../../webroot/js/core/who.js');
useStrings({ who: { you: 'you', server_engine: 'Callboard', server_model: 'Model' } });

test('a name is kept in the browser and forgotten when it is emptied', () => {
  assert.equal(who.state.name, 'Ada');
  setName('  Grace Hopper ');
  assert.equal(who.state.name, 'Grace Hopper');
  assert.equal(kept.get('callboard.actor'), 'Grace Hopper');
  setName(' ');
  assert.equal(who.state.name, '');
  assert.equal(kept.has('callboard.actor'), false);
  assert.equal(actorHeader(), 'local');
});

test('a name with any letters goes into a header, which takes Latin-1 alone', () => {
  for (const name of ['Zoë', 'Łukasz Żółć', '山田', "Miles O'Brien", 'Zoe\u0308']) {
    setName(name);
    const sent = new Headers({ 'X-Callboard-Actor': actorHeader() }).get('X-Callboard-Actor');
    assert.match(sent, /^[\x20-\x7e]+$/);
    assert.equal(decodeURIComponent(sent), name.normalize('NFC'));
  }
  setName('ada+ops@example.org');
  assert.equal(actorHeader(), 'ada+ops@example.org');
});

test('what the server would refuse is said before it is sent, and not taken', () => {
  setName('Ada');
  assert.equal(nameFault('a/b'), 'signs');
  assert.equal(nameFault('x'.repeat(129)), 'long');
  assert.equal(nameFault(' Engine '), 'taken');
  assert.equal(nameFault(''), null);
  setName('engine');
  assert.equal(who.state.name, 'Ada');
});

test('who did something is said in words', () => {
  setName('Ada');
  assert.equal(byWords('Ada'), 'you');
  assert.equal(byWords('Zoë'), 'Zoë');
  assert.equal(byWords('engine'), 'Callboard');
  assert.equal(byWords('local'), '');
  assert.equal(byWords(undefined), '');
  assert.deepEqual(whoIs('file: pipelines/auto.yaml'), { kind: 'place', name: 'pipelines/auto.yaml' });
});

test('where a name is needed there is always a word', () => {
  setName('Ada');
  assert.deepEqual(['Ada', 'Zoë', 'engine', 'local', undefined].map(nameOf), ['you', 'Zoë', 'Callboard', 'local', 'decided.someone']);
});
