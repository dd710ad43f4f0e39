/*
 * Forms drawn from a settings schema. No DOM; cb-form draws what this decides.
 *
 *   controlOf(entry)                 // 'line'|'lines'|'secret'|'number'|'switch'|'segmented'|'list'|'code'
 *   startValues(schema, given)       // defaults, overlaid with what is given
 *   givenValues(schema, values, before) // what of them is to be kept
 *   read(entry, raw)                 // a control's raw text as the typed value
 *   check(schema, values)            // [{ pointer: '/key', code, params }], empty when fine
 *   byPointer(errors)                // Map pointer → sentence, for problem+json's errors
 *   checkSchema(schema)              // the same for a settings schema itself
 */
import { sentence } from './text.js';

export const TYPES = ['string', 'text', 'number', 'integer', 'boolean', 'select', 'json', 'secret'];

const CONTROLS = {
  text: 'lines', secret: 'secret', number: 'number', integer: 'number', boolean: 'switch', json: 'code',
};
const SEGMENTS = 4;

export function controlOf({ type, options = [] }) {
  if (type === 'select') return options.length <= SEGMENTS ? 'segmented' : 'list';
  return CONTROLS[type] ?? 'line';
}

export function startValues(schema = [], given = {}) {
  const values = {};
  for (const { key, type, default: start } of schema) {
    if (Object.hasOwn(given, key)) values[key] = given[key];
    else if (start !== undefined && start !== null) values[key] = start;
    else if (type === 'boolean') values[key] = false;
  }
  return values;
}

/** What of a form's values is to be kept: what was given before, and what is another value than its default. */
export function givenValues(schema = [], values = {}, before = {}) {
  const known = new Set(schema.map(({ key }) => key));
  const given = Object.fromEntries(Object.entries(before).filter(([key]) => !known.has(key)));
  for (const { key, type, default: start } of schema) {
    const value = values[key];
    const usual = start ?? (type === 'boolean' ? false : undefined);
    const same = JSON.stringify(value) === JSON.stringify(usual);
    if (value !== undefined && (Object.hasOwn(before, key) || !same)) given[key] = value;
  }
  return given;
}

/** Undefined stands for "left empty"; text that is not of the type stays text, so that check() can say so. */
export function read({ type }, raw) {
  if (type === 'boolean') return raw === true || raw === 'true';
  if (raw === '' || raw === undefined || raw === null) return undefined;
  if (type === 'number' || type === 'integer') {
    const number = Number(raw);
    return Number.isFinite(number) && String(raw).trim() !== '' ? number : raw;
  }
  if (type === 'json') {
    try {
      return JSON.parse(raw);
    } catch {
      return new Unreadable(raw);
    }
  }
  return raw;
}

/** Text in a JSON field that is not JSON (yet). */
export class Unreadable {
  constructor(text) {
    this.text = text;
  }
}

/** A value as the text of its control. */
export function write({ type }, value) {
  if (value === undefined || value === null) return '';
  if (value instanceof Unreadable) return value.text;
  if (type === 'json') return typeof value === 'string' ? JSON.stringify(value) : JSON.stringify(value, null, 2);
  return String(value);
}

/** What is wrong with one value, as { code, params }, or null. */
export function checkValue({ type, min, max, options = [], required }, value) {
  if (value === undefined || value === null || value === '') return required ? { code: 'required' } : null;
  if (value instanceof Unreadable) return { code: 'json' };
  if (type === 'number' || type === 'integer') {
    if (typeof value !== 'number') return { code: 'number' };
    if (type === 'integer' && !Number.isInteger(value)) return { code: 'integer' };
    if (isNumber(min) && value < min) return { code: 'min', params: { min } };
    if (isNumber(max) && value > max) return { code: 'max', params: { max } };
  }
  if (type === 'boolean' && typeof value !== 'boolean') return { code: 'boolean' };
  if (type === 'select' && !options.some((option) => String(option.value) === String(value))) return { code: 'option' };
  if ((type === 'string' || type === 'text') && typeof value === 'string') {
    if (isNumber(min) && value.length < min) return { code: 'shorter', params: { min } };
    if (isNumber(max) && value.length > max) return { code: 'longer', params: { max } };
  }
  return null;
}

export function check(schema = [], values = {}) {
  const errors = [];
  for (const entry of schema) {
    const wrong = checkValue(entry, values[entry.key]);
    if (wrong) errors.push({ pointer: `/${escape(entry.key)}`, ...wrong });
  }
  return errors;
}

export function checkSchema(schema = [], base = '/settings_schema') {
  const errors = [];
  const seen = new Set();
  schema.forEach((entry, i) => {
    const at = (name, code, params) => errors.push({ pointer: `${base}/${i}/${name}`, code, params });
    if (!/^[A-Za-z][A-Za-z0-9_.-]{0,63}$/.test(entry.key ?? '')) at('key', entry.key ? 'key' : 'required');
    else if (seen.has(entry.key)) at('key', 'twice');
    seen.add(entry.key);
    if (isNumber(entry.min) && isNumber(entry.max) && entry.min > entry.max) at('max', 'range');
    if (entry.type === 'select' && !entry.options?.length) at('options', 'options');
    else if (entry.default !== undefined) {
      const wrong = checkValue({ ...entry, required: false }, entry.default);
      if (wrong) at('default', wrong.code, wrong.params);
    }
  });
  return errors;
}

export function byPointer(errors = [], say = ({ detail }) => detail) {
  const map = new Map();
  for (const error of errors) if (!map.has(error.pointer)) map.set(error.pointer, say(error));
  return map;
}

/**
 * Puts a server's errors on fields: each on the field it points at, else on the nearest field above
 * it, else in `rest`. `fields` are the pointers that exist on the screen.
 */
export function place(errors = [], fields) {
  const placed = new Map();
  const rest = [];
  for (const { pointer = '', detail } of errors) {
    let at = pointer;
    while (at && !fields.has(at)) at = at.slice(0, at.lastIndexOf('/'));
    const text = sentence(detail);
    if (!at) rest.push(pointer ? `${pointer}: ${detail}` : text);
    else placed.set(at, placed.has(at) ? `${placed.get(at)} ${text}` : text);
  }
  return { placed, rest };
}

/** A key as a part of a JSON pointer. */
export function escape(key) {
  return String(key).replaceAll('~', '~0').replaceAll('/', '~1');
}

function isNumber(value) {
  return typeof value === 'number' && Number.isFinite(value);
}
