import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plain, spansOf } from '../../../webroot/js/core/ansi.js';

test('a plain line is one span', () => {
  assert.deepEqual(spansOf('done <b>'), [{ text: 'done <b>', look: '' }]);
  assert.deepEqual(spansOf(''), [{ text: '', look: '' }]);
});

test('colours and weights last until they are reset', () => {
  assert.deepEqual(spansOf('\x1b[1;32m✓\x1b[0m 1,204 \x1b[91mx\x1b[39my'), [
    { text: '✓', look: 'fg-green bold' },
    { text: ' 1,204 ', look: '' },
    { text: 'x', look: 'fg-red' },
    { text: 'y', look: '' },
  ]);
  assert.deepEqual(spansOf('\x1b[90ma\x1b[22;44mb'), [{ text: 'a', look: 'fg-grey' }, { text: 'b', look: 'fg-grey bg-blue' }]);
});

test('colours of 256 and of 16 million become the nearest named one', () => {
  const look = (code) => spansOf(`\x1b[${code}mx`)[0].look;
  assert.equal(look('38;5;2'), 'fg-green');
  assert.equal(look('38;5;196'), 'fg-red');
  assert.equal(look('38;2;20;200;210'), 'fg-cyan');
  assert.equal(look('48;2;128;128;128'), 'bg-white');
  assert.equal(look('38;5;240'), 'fg-grey');
  assert.equal(look('38;2;255;0;0;1'), 'fg-red bold');
});

test('other control sequences are left out', () => {
  assert.equal(plain('\x1b[2K\x1b[1Gdone\x1b]8;;http://x\x07 link\x1b]8;;\x1b\\ \x07!'), 'done link !');
  assert.equal(plain('a\tb'), 'a\tb');
});

test('a progress line shows its last state', () => {
  assert.equal(plain('10 %\r50 %\r100 %'), '100 %');
  assert.equal(plain('line\r'), 'line');
});

test('a broken sequence at the end does no harm', () => {
  assert.equal(plain('x\x1b['), 'x[');
  assert.equal(plain('x\x1b'), 'x');
});
