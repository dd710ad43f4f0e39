/*
 * What runs stages on this server, as it says itself. No DOM.
 *
 *   askExecutors();                     // asks; executors.state.items is empty until the answer, e.g. offline
 *   executorNamed(items, 'command')     // { executor, available, reason, note, custom, config_schema } or undefined
 *   readKeys(items, 'command')          // the keys that it reads; undefined when it takes any, or is not known
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
