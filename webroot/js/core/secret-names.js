/*
 * The names of the secrets that are stored here, for forms that take one. No DOM.
 *
 *   askSecretNames();     // asks anew; secretNames.state.names is ['service', …] then
 */
import { api } from './api.js';
import { Store } from './store.js';

export const secretNames = new Store({ names: [] });

/** Whoever may not see the names, or is offline, types the one that they know. */
export async function askSecretNames(get = (path) => api.get(path)) {
  try {
    secretNames.set({ names: namesOf((await get('/api/secrets')).items) });
  } catch (problem) {
    if (!problem.offline && problem.status !== 403) throw problem;
  }
}

/** Each once, also where several projects have one of that name. */
export function namesOf(items) {
  return [...new Set(items.map(({ name }) => name))].sort();
}
