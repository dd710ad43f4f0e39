/*
 * A stage definition while it is being typed: texts as they stand in the fields, rows with ids of
 * their own. No DOM.
 *
 *   draftOf(definition) ⇄ definitionOf(draft)      pointers(draft): the fields that exist
 */
import { read, write } from './schema-form.js';

let nextRow = 1;

export const row = (values) => ({ row: nextRow++, ...values });

export const newPort = (type = 'text', name = type) => row({ name, type });

export const newSetting = () =>
  row({ key: '', type: 'string', label: '', default: '', min: '', max: '', options: '', required: false });

export function emptyDraft() {
  return {
    name: '', id: '', idTyped: false, type: 'stage', description: '',
    inputs: [newPort()], outputs: [newPort()], settings: [],
    executor: 'manual', config: {}, stateKeys: '', needs: '', ledger: '', version: '', rest: {},
  };
}

function optionLines(options = []) {
  return options
    .map(({ value, label }) => (label === undefined || label === String(value) ? String(value) : `${value} = ${label}`))
    .join('\n');
}

function optionsOf(text) {
  return text.split('\n').map((line) => line.trim()).filter(Boolean).map((line) => {
    const at = line.indexOf('=');
    const value = (at < 0 ? line : line.slice(0, at)).trim();
    return { value, label: at < 0 ? value : line.slice(at + 1).trim() || value };
  });
}

export function draftOf(definition) {
  const {
    id = '', name = '', label, type = 'stage', description = '', ports = {}, settings_schema: schema = [],
    executor = 'manual', executor_config: config = {}, state_key: keys = [], dependencies: needs = [], version = '',
    ledger = {}, ...rest
  } = definition;
  const text = (value) => (value === undefined || value === null ? '' : String(value));
  return {
    name: label || name,
    id,
    idTyped: true,
    type,
    description,
    inputs: (ports.inputs ?? []).map((port) => row({ ...port })),
    outputs: (ports.outputs ?? []).map((port) => row({ ...port })),
    settings: schema.map((entry) =>
      row({
        ...entry,
        label: entry.label ?? '',
        default: write(entry, entry.default),
        min: text(entry.min),
        max: text(entry.max),
        options: optionLines(entry.options),
        required: Boolean(entry.required),
      }),
    ),
    executor,
    config: { ...config },
    stateKeys: [keys ?? []].flat().join(', '),
    needs: [needs ?? []].flat().join(', '),
    ledger: Object.entries(ledger ?? {}).map(([key, path]) => `${key} = ${path}`).join('\n'),
    version: text(version),
    rest: label && label !== name ? { ...rest, name } : rest,
  };
}

function settingOf({ row: _row, key, type, label, default: start, min, max, options, required, ...rest }) {
  const setting = { ...rest, key: key.trim(), type, label: label.trim() || key.trim() };
  const given = read({ type }, type === 'boolean' && start === '' ? undefined : start);
  if (type !== 'secret' && given !== undefined && !(type === 'boolean' && start === '')) setting.default = given;
  const bounded = ['number', 'integer', 'string', 'text'].includes(type);
  for (const [name, raw] of [['min', min], ['max', max]]) {
    if (bounded && raw !== '') setting[name] = Number.isFinite(Number(raw)) ? Number(raw) : raw;
  }
  if (type === 'select') setting.options = optionsOf(options);
  if (required) setting.required = true;
  return setting;
}

const listed = (text) => text.split(/[,\s]+/).filter(Boolean);

/** Lines of `key = path` as an object; a line without a path has the path ''. */
function ledgerOf(text) {
  const lines = text.split('\n').map((line) => line.trim()).filter(Boolean);
  return Object.fromEntries(lines.map((line) => {
    const [key, ...path] = line.split('=');
    return [key.trim(), path.join('=').trim()];
  }));
}

const portOf = ({ name, type }) => ({ name: name.trim(), type: type.trim() });

/**
 * The configuration as the executor reads it: without what another one was given before, lists without empty ends.
 *
 * @param read  the keys that the executor reads, undefined for any
 */
function configOf({ config }, read) {
  return Object.fromEntries(
    Object.entries(config)
      .filter(([key]) => !read || read.includes(key))
      .map(([key, value]) => [key, Array.isArray(value) ? withoutEmptyEnd(value) : value])
      .filter(([, value]) => value !== '' && value !== undefined && !(Array.isArray(value) && value.length === 0)),
  );
}

function withoutEmptyEnd(words) {
  const end = words.findLastIndex((word) => word !== '');
  return words.slice(0, end + 1);
}

/**
 * What was typed as JSON: a value, or one text a line. What begins like an object and is none stays a text, which is
 * refused where it is checked.
 */
export function jsonOf(text) {
  if (!/^\s*[{["]/.test(text)) return text.split('\n');
  try {
    return JSON.parse(text);
  } catch {
    return isObjectBegun(text) ? text : text.split('\n');
  }
}

/** A template, `{{`, is no object. */
export const isObjectBegun = (text) => /^\s*\{(?!\{)/.test(text);

/** @param read  the keys that the executor reads of its configuration, undefined for any */
export function definitionOf(draft, read) {
  const name = draft.name.trim();
  const { name: ownName, ...rest } = draft.rest;
  const config = configOf(draft, read);
  const ledger = ledgerOf(draft.ledger ?? '');
  return {
    ...rest,
    id: draft.id.trim(),
    name: ownName ?? name,
    label: name,
    type: draft.type,
    description: draft.description.trim(),
    ports: {
      inputs: draft.type === 'source' ? [] : draft.inputs.map(portOf),
      outputs: draft.type === 'sink' ? [] : draft.outputs.map(portOf),
    },
    settings_schema: draft.settings.map(settingOf),
    executor: draft.executor,
    executor_config: config,
    ...(draft.version.trim() ? { version: draft.version.trim() } : {}),
    state_key: listed(draft.stateKeys),
    dependencies: listed(draft.needs),
    ...(Object.keys(ledger).length ? { ledger } : {}),
  };
}

/** The JSON pointers of the fields that this draft shows; `read` as above. */
export function pointers(draft, read = []) {
  const all = new Set([
    '/name', '/id', '/type', '/description', '/executor', '/executor_config', '/state_key', '/dependencies', '/ledger',
    '/version',
  ]);
  for (const key of read) all.add(`/executor_config/${key}`);
  for (const side of ['inputs', 'outputs']) {
    all.add(`/ports/${side}`);
    draft[side].forEach((_, i) => ['name', 'type'].forEach((part) => all.add(`/ports/${side}/${i}/${part}`)));
  }
  draft.settings.forEach((_, i) => {
    for (const part of ['key', 'type', 'label', 'default', 'min', 'max', 'options'])
      all.add(`/settings_schema/${i}/${part}`);
  });
  return all;
}

/**
 * Keeps a draft over an accidental close or reload, or drops it; answers false when it is kept for this page only.
 *
 * @param drafts    see drafts.js
 * @param purpose   'new', 'edit ID' or 'copy ID'
 * @param revision  of the entry that it began from, null for a new one
 */
export function keepDraft(drafts, purpose, draft, revision = null) {
  if (draft) return drafts.keep(`stage:${purpose}`, { draft, revision });
  drafts.drop(`stage:${purpose}`);
  return true;
}

/** { draft, revision, at } or null. */
export function keptDraft(drafts, purpose) {
  const found = drafts.read(`stage:${purpose}`);
  if (!found?.value?.draft) return null;
  const again = ({ row: _row, ...values }) => row(values);
  const { draft, revision } = found.value;
  const rows = Object.fromEntries(
    ['inputs', 'outputs', 'settings'].map((part) => [part, (draft[part] ?? []).map(again)]),
  );
  return { draft: { ...emptyDraft(), ...draft, ...rows }, revision, at: found.at };
}
