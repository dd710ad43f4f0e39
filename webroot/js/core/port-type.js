/*
 * How a port type looks: shape + colour + word, always all three. No DOM.
 *
 *   lookOf('diff')   // { shape: 'half', hue: 4 }
 *
 * Types that are not known by name get a look that depends on the name only, so it never changes.
 */
const KNOWN = {
  any: { shape: 'ring', hue: 0 },
  text: { shape: 'circle', hue: 0 },
  issue: { shape: 'square', hue: 1 },
  plan: { shape: 'diamond', hue: 2 },
  options: { shape: 'diamond', hue: 3 },
  diff: { shape: 'half', hue: 4 },
  findings: { shape: 'arch', hue: 5 },
};

export const SHAPES = ['square', 'circle', 'diamond', 'half', 'arch', 'triangle', 'hexagon', 'cross'];
const HUES = 7;

function hash(text) {
  let value = 2_166_136_261;
  for (const char of text) value = Math.imul(value ^ char.codePointAt(0), 16_777_619);
  return value >>> 0;
}

export function lookOf(type) {
  if (Object.hasOwn(KNOWN, type)) return KNOWN[type];
  const value = hash(String(type));
  return { shape: SHAPES[value % SHAPES.length], hue: 1 + (Math.floor(value / SHAPES.length) % HUES) };
}

const TYPE = /^[a-z][a-z0-9_-]{0,63}$/;

export function isPortType(text) {
  return TYPE.test(text);
}

/** Every type that some port of the palette has, sorted. */
export function knownTypes(items) {
  const types = new Set(Object.keys(KNOWN));
  for (const { entry } of items) {
    for (const { type } of [...(entry.ports?.inputs ?? []), ...(entry.ports?.outputs ?? [])]) types.add(type);
  }
  return [...types].sort();
}
