import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  documentAddress, graphAddress, graphAsk, passageIn, sameAnswer,
} from '../../../webroot/js/core/library-address.js';

test('a passage is in the address of its document', () => {
  const address = documentAddress('ab 1', { project: 'none', passage: { start: 12, end: 40 } });
  assert.equal(address, '/documents/ab%201?project=none#passage=12-40');
  assert.deepEqual(passageIn(new URL(address, 'http://x').hash), { start: 12, end: 40 });
  assert.equal(documentAddress('a', { view: 'chunks' }), '/documents/a?view=chunks');
});

test('what is no passage is none', () => {
  for (const hash of ['', undefined, '#passage=', '#passage=5-5', '#passage=9-2', '#passage=-1-4', '#passage=1-2x']) {
    assert.equal(passageIn(hash), null, hash);
  }
});

test('the address keeps what of the graph is shown', () => {
  for (const address of [
    '/graph', '/graph?node=gene%3Abrca1&depth=2', '/graph?node=a&to=b&project=p1', '/graph?type=gene&limit=200',
    '/graph?name=rift+val&type=disease', '/graph?node=a&pick=b&view=nodes',
  ]) {
    assert.equal(graphAddress(graphAsk(new URLSearchParams(address.split('?')[1] ?? ''))), address);
  }
  const odd = graphAsk(new URLSearchParams('to=b&depth=9&limit=7&view=all'));
  assert.deepEqual(odd, {
    node: '', to: '', name: '', depth: 1, type: '', limit: 100, project: '', pick: '', view: '',
  });
  assert.equal(graphAsk(new URLSearchParams('node=a&name=b')).name, '');
});

test('what is selected changes nothing of what the server answers', () => {
  const ask = (text) => graphAsk(new URLSearchParams(text));
  assert.ok(sameAnswer(ask('name=a'), ask('name=a&pick=gene:x&view=relations')));
  assert.ok(!sameAnswer(ask('name=a'), ask('name=ab')));
});
