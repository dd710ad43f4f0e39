/*
 * One try of a stage's definition on sample input. No DOM.
 *
 *   sampleOf(text, 'json')          // { value }, or { code: 'json' } when the text is not JSON
 *   settingsOf(schema, values)
 *   tryStage({ definition, settings, input }, signal)   // how it ended, see /api/vp/try
 *   refusalOf(problem)              // { settings: Map, definition: problem or null, rest: [sentence] }
 *   keepSample(drafts, purpose, sample, schema), keptSample(drafts, purpose)
 */
import { api } from './api.js';
import { place } from './schema-form.js';

/** Above the minute that a stage may take. */
const TIMEOUT_MS = 70_000;

export const EMPTY_SAMPLE = { text: '', kind: 'text', values: {} };

export function sampleOf(text, kind) {
  if (kind === 'text') return { value: text };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { code: 'json' };
  }
}

export const tryStage = (body, signal) => api.post('/api/vp/try', body, { signal, timeout: TIMEOUT_MS });

const DEFINITION = '/definition';
const SETTINGS = '/settings';

/** What a refusal says of the settings, and of the definition as if that had been sent alone. */
export function refusalOf(problem, schema = []) {
  const errors = problem.errors ?? [];
  const below = (base) =>
    errors
      .filter(({ pointer = '' }) => pointer === base || pointer.startsWith(`${base}/`))
      .map((error) => ({ ...error, pointer: error.pointer.slice(base.length) }));
  const { placed, rest } = place(below(SETTINGS), new Set(schema.map(({ key }) => `/${key}`)));
  const ofDefinition = below(DEFINITION);
  const definition = ofDefinition.length ? { code: problem.code, detail: problem.detail, errors: ofDefinition } : null;
  const said = placed.size || rest.length || definition;
  return { settings: placed, definition, rest: said ? rest : [problem.detail || problem.title] };
}

/** The values of the settings that there are. */
export function settingsOf(schema, values) {
  const known = schema.map(({ key }) => key).filter((key) => Object.hasOwn(values, key));
  return Object.fromEntries(known.map((key) => [key, values[key]]));
}

/** Keeps a sample in this browser, but for a secret that was typed where only its name belongs. */
export function keepSample(drafts, purpose, sample, schema = []) {
  const secrets = new Set(schema.filter(({ type }) => type === 'secret').map(({ key }) => key));
  const harmless = ([key, value]) => !secrets.has(key) || /^(env|secret):/.test(value);
  const values = Object.fromEntries(Object.entries(sample.values).filter(harmless));
  return drafts.keep(`try:${purpose}`, { ...sample, values });
}

export function keptSample(drafts, purpose) {
  return { ...EMPTY_SAMPLE, ...(drafts.read(`try:${purpose}`)?.value ?? {}) };
}
