/*
 * The pipelines as GET /api/pipelines tells them; read again when a screen asks and after a break.
 *
 *   pipelines.state     // { items, loading, problem }
 *   pipelines.load();   usersOf(items, stageId)   // names of the pipelines with a stage of that type
 */
import { api } from './api.js';
import { Store } from './store.js';

class Pipelines extends Store {
  #running = null;

  load() {
    this.#running ??= this.#read().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #read() {
    this.set({ loading: true });
    try {
      const { items } = await api.get('/api/pipelines');
      this.set({ items, loading: false, problem: null });
    } catch (problem) {
      this.set({ loading: false, problem });
    }
  }
}

export const pipelines = new Pipelines({ items: null, loading: false, problem: null });

export function usersOf(items, stageId) {
  return (items ?? []).filter(({ stages = [] }) => stages.some(({ type }) => type === stageId)).map(({ name }) => name);
}

/** The stage templates of a pipeline in the order in which they run: after what they depend on, then by sort order. */
export function ordered({ stages = [] }) {
  const rest = [...stages].sort((a, b) => (a.sort_order ?? 0) - (b.sort_order ?? 0));
  const names = new Set(rest.map(({ name }) => name));
  const placed = new Set();
  const result = [];
  while (rest.length) {
    const next = rest.findIndex(({ depends_on: needs = [] }) => needs.every((name) => placed.has(name) || !names.has(name)));
    const [stage] = rest.splice(Math.max(next, 0), 1);
    placed.add(stage.name);
    result.push(stage);
  }
  return result;
}
