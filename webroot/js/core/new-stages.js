/*
 * The stages of a task that is to be made: which of its pipeline's stages it goes through, and with which settings.
 * No DOM.
 *
 *   stagesOf(pipeline, entryOf)           // [{ id, name, type, locked, needs: [ids], … }] for cb-stage-choice
 *   tickedOf(stages, choice)              // Set of ids
 *   choose(stages, choice, { ticked })    // the choice with other ticks
 *   set(choice, name, schema, given, values)    // the choice with other settings of a stage
 *   valuesOf(choice, name, given)         // what the form of a stage begins with
 *   bodyOf(stages, choice)                // { stages?, settings? } of POST /api/tasks
 *   isUsual(choice)                       // whether it is the pipeline as it stands
 *
 * A choice is { off: [names], settings: { NAME: values that differ } }; `given` are the settings of the pipeline.
 */
import { ordered } from './pipelines.js';
import { startValues } from './schema-form.js';

export const USUAL = { off: [], settings: {} };

/** What a stage needs is the nearest one before it of each type that it names; the server has the last word. */
export function stagesOf(pipeline, entryOf) {
  const before = [];
  return ordered(pipeline).map((template, i) => {
    const { name, type, locked = false, metadata_overrides: own } = template;
    const types = own?.dependencies ?? entryOf(type)?.dependencies ?? [];
    const needs = types.map((each) => before.findLast((stage) => stage.type === each)?.id).filter(Boolean);
    const stage = { id: name, name, type, locked, needs, sort_order: i, status: 'pending' };
    before.push(stage);
    return stage;
  });
}

export function tickedOf(stages, { off }) {
  return new Set(stages.filter(({ id, locked }) => locked || !off.includes(id)).map(({ id }) => id));
}

export function choose(stages, choice, { ticked }) {
  return { ...choice, off: stages.filter(({ id }) => !ticked.has(id)).map(({ id }) => id) };
}

/** A value that was taken away is null, which lets the default have its way. */
export function set(choice, name, schema, given, values) {
  const start = startValues(schema, given);
  const changed = {};
  for (const { key } of schema) {
    if (JSON.stringify(values[key]) !== JSON.stringify(start[key])) changed[key] = values[key] ?? null;
  }
  const settings = { ...choice.settings, [name]: changed };
  if (Object.keys(changed).length === 0) delete settings[name];
  return { ...choice, settings };
}

export function valuesOf(choice, name, given = {}) {
  const all = Object.entries({ ...given, ...choice.settings[name] });
  return Object.fromEntries(all.map(([key, value]) => [key, value ?? undefined]));
}

export function bodyOf(stages, choice) {
  const ticked = tickedOf(stages, choice);
  const settings = Object.fromEntries(Object.entries(choice.settings).filter(([name]) => ticked.has(name)));
  return {
    ...(ticked.size < stages.length ? { stages: stages.filter(({ id }) => ticked.has(id)).map(({ id }) => id) } : {}),
    ...(Object.keys(settings).length ? { settings } : {}),
  };
}

export function isUsual({ off, settings }) {
  return off.length === 0 && Object.keys(settings).length === 0;
}
