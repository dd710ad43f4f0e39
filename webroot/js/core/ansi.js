/*
 * Terminal colours as spans:
 *
 *   spansOf('\x1b[32m✓\x1b[0m done')     // [{ text: '✓', look: 'fg-green' }, { text: ' done', look: '' }]
 *
 * `look` holds class names. Other control sequences are left out. `plain(text)` is the text alone. No DOM.
 */
const CONTROL = /\x1b\[([0-9;:]*)([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[@-Z\\-_]?|[\x00-\x08\x0b-\x1f\x7f]/g;
const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const RGB = [
  [0, 0, 0],
  [200, 40, 30],
  [30, 150, 60],
  [190, 140, 0],
  [40, 90, 220],
  [180, 50, 180],
  [0, 150, 160],
  [220, 220, 220],
];
const FLAGS = { 1: 'bold', 2: 'dim', 3: 'italic', 4: 'underline', 7: 'inverse', 9: 'struck' };
const OFF = { 22: ['bold', 'dim'], 23: ['italic'], 24: ['underline'], 27: ['inverse'], 29: ['struck'] };

function nearest(r, g, b) {
  if (Math.max(r, g, b) - Math.min(r, g, b) < 24) return r < 96 ? 'grey' : 'white';
  const distance = RGB.map((c) => (c[0] - r) ** 2 + (c[1] - g) ** 2 + (c[2] - b) ** 2);
  return NAMES[distance.indexOf(Math.min(...distance))];
}

function indexed(n) {
  if (n < 8) return NAMES[n];
  if (n < 16) return n === 8 ? 'grey' : NAMES[n - 8];
  if (n >= 232) return n < 244 ? 'grey' : 'white';
  const step = (x) => (x === 0 ? 0 : 55 + x * 40);
  return nearest(step(Math.floor((n - 16) / 36)), step(Math.floor((n - 16) / 6) % 6), step((n - 16) % 6));
}

/** The colour after 38 or 48: its name and how many parameters it takes. */
function extended(codes, i) {
  if (codes[i + 1] === 5) return [indexed(codes[i + 2] ?? 7), 2];
  if (codes[i + 1] === 2) return [nearest(codes[i + 2] ?? 0, codes[i + 3] ?? 0, codes[i + 4] ?? 0), 4];
  return [null, 0];
}

function change(state, codes) {
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code === 0) Object.assign(state, { fg: null, bg: null, flags: new Set() });
    else if (FLAGS[code]) state.flags.add(FLAGS[code]);
    else if (OFF[code]) OFF[code].forEach((flag) => state.flags.delete(flag));
    else if (code >= 30 && code <= 37) state.fg = NAMES[code - 30];
    else if (code >= 90 && code <= 97) state.fg = code === 90 ? 'grey' : NAMES[code - 90];
    else if (code >= 40 && code <= 47) state.bg = NAMES[code - 40];
    else if (code >= 100 && code <= 107) state.bg = code === 100 ? 'grey' : NAMES[code - 100];
    else if (code === 39) state.fg = null;
    else if (code === 49) state.bg = null;
    else if (code === 38 || code === 48) {
      const [name, used] = extended(codes, i);
      if (name) state[code === 38 ? 'fg' : 'bg'] = name;
      i += used;
    }
  }
}

function look({ fg, bg, flags }) {
  return [fg && `fg-${fg}`, bg && `bg-${bg}`, ...flags].filter(Boolean).join(' ');
}

/** What stands after the last carriage return, as a terminal would show it at the end. */
function settled(text) {
  const at = text.replace(/\r+$/, '').lastIndexOf('\r');
  return at < 0 ? text : text.slice(at + 1);
}

export function spansOf(text) {
  const shown = settled(text);
  if (!/[\x00-\x1f\x7f]/.test(shown)) return [{ text: shown, look: '' }];
  const state = { fg: null, bg: null, flags: new Set() };
  const spans = [];
  let from = 0;
  const push = (to) => {
    if (to > from) spans.push({ text: shown.slice(from, to), look: look(state) });
  };
  for (const found of shown.matchAll(CONTROL)) {
    push(found.index);
    from = found.index + found[0].length;
    if (found[2] === 'm') change(state, (found[1] || '0').split(/[;:]/).map(Number));
  }
  push(shown.length);
  return spans.length ? spans : [{ text: '', look: '' }];
}

export function plain(text) {
  return settled(text).replace(CONTROL, '');
}
