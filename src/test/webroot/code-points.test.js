import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pieces, pointsIn, units } from '../../../webroot/js/core/code-points.js';

test('code points are not UTF-16 units', () => {
  assert.deepEqual(units('a🦟b', [0, 1, 2, 3]), [0, 1, 3, 4]);
  assert.deepEqual(units('abc', [-1, 2, 9]), [0, 2, 3]);
  assert.deepEqual(units('🦟', [1, 5]), [2, 2]);
  assert.equal(pointsIn('a🦟b'), 3);
  assert.equal(pointsIn('abc'), 3);
});

test('half of a pair stands for itself, as the server counts it', () => {
  assert.deepEqual(units('\ud83e🦟x', [1, 2, 3]), [1, 3, 4]);
  assert.equal(pointsIn('\ud83e🦟x'), 3);
});

test('marks cut a text where they begin and end, wherever the text stands', () => {
  const named = (found) => found.map(({ text, marks }) => [text, marks.map(({ name }) => name).join('')]);
  const marks = [{ name: 'A', start: 101, end: 104 }, { name: 'B', start: 103, end: 200 }, { name: 'C', start: 0, end: 99 }];
  assert.deepEqual(named(pieces('x🦟yz.', marks, 100)), [['x', ''], ['🦟y', 'A'], ['z', 'AB'], ['.', 'B']]);
  assert.deepEqual(named(pieces('plain', [], 0)), [['plain', '']]);
  assert.deepEqual(named(pieces('ab', [{ name: 'A', start: 0, end: 2 }], 0)), [['ab', 'A']]);
  assert.deepEqual(named(pieces('ab', [{ name: 'A', start: 1, end: 1 }], 0)), [['ab', '']]);
  assert.deepEqual(pieces('', [{ start: 0, end: 3 }], 0), []);
});

test('the pieces of any text are the text', () => {
  let seed = 5;
  const random = (n) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % n;
  };
  for (let turn = 0; turn < 200; turn++) {
    const text = Array.from({ length: random(12) }, () => ['a', '🦟', 'é', '\ud800', '漢'][random(5)]).join('');
    const from = random(5);
    const marks = Array.from({ length: random(5) }, () => ({ start: random(20), end: random(20) }));
    const found = pieces(text, marks, from);
    assert.equal(found.map((each) => each.text).join(''), text);
    let at = from;
    for (const each of found) {
      const points = pointsIn(each.text);
      for (let i = 0; i < points; i++) {
        const here = marks.filter(({ start, end }) => start <= at + i && end > at + i);
        assert.deepEqual(each.marks, here);
      }
      at += points;
    }
  }
});
