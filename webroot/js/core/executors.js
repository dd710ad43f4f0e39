/*
 * What runs stages on this server, as it says itself. No DOM.
 *
 *   askExecutors();                     // asks; executors.state.items is empty until the answer, e.g. offline
 *   executorNamed(items, 'command')     // { executor, available, reason, note, custom, config_schema } or undefined
 *   readKeys(items, 'command')          // the keys that it reads; undefined when it takes any, or is not known
 *   typedConfig(items, 'prompt', { temperature: '0.5' })   // { temperature: 0.5 }: as the schema has it
 */
import { api } from './api.js';
import { Store } from './store.js';

export const executors = new Store({ items: [] });

export async function askExecutors() {
  try {
    executors.set({ items: (await api.get('/api/vp/executors')).items });
  } catch (problem) {
    // Without a server the last answer stays; whatever is saved then is checked when it is sent.
    if (!problem.offline) throw problem;
  }
}

export const executorNamed = (items, executor) => items.find((each) => each.executor === executor);

export function readKeys(items, executor) {
  const schema = executorNamed(items, executor)?.config_schema ?? [];
  return schema.length ? schema.map(({ key }) => key) : undefined;
}

/** What is no number stays as it was typed, for the server to say what is wrong with it. */
export function typedConfig(items, executor, config) {
  const numbers = (executorNamed(items, executor)?.config_schema ?? [])
    .filter(({ type }) => type === 'number' || type === 'integer')
    .map(({ key }) => key);
  const typed = (value) => {
    const text = typeof value === 'string' ? value.trim() : '';
    return text !== '' && Number.isFinite(Number(text)) ? Number(text) : value;
  };
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, numbers.includes(key) ? typed(value) : value]),
  );
}

/**
 * The choices of a select field: those that the server offers, the one that was made where it offers that no more, and
 * none where one need not be made and nothing says what counts then.
 *
 *   [{ value: '', open: true }, { value, label }, …, { value, lost: true }]
 */
export function choicesOf({ options = [], required = false, default: usual }, chosen) {
  const lost = chosen && !options.some(({ value }) => value === chosen);
  return [
    ...(required || usual !== undefined ? [] : [{ value: '', open: true }]),
    ...options.map(({ value, label }) => ({ value, label })),
    ...(lost ? [{ value: chosen, lost: true }] : []),
  ];
}
