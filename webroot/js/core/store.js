/*
 * A small observable value. No DOM.
 *
 *   const tasks = new Store({ items: [], loading: true });
 *   const stop = tasks.subscribe((state) => …);      // not called at once; read tasks.state first
 *   tasks.set({ loading: false });                   // merges, then notifies everyone once
 *   tasks.batch(() => { tasks.set(…); tasks.set(…); }); // one telling for many changes
 */
export class Store {
  #state;
  #listeners = new Set();
  #depth = 0;
  #changed = false;

  constructor(state = {}) {
    this.#state = state;
  }

  get state() {
    return this.#state;
  }

  /** Merges `patch`; nobody is notified when every value is already the same. */
  set(patch) {
    const same = Object.entries(patch).every(([key, value]) => Object.is(this.#state[key], value));
    if (same) return;
    this.#state = { ...this.#state, ...patch };
    this.#notify();
  }

  batch(change) {
    this.#depth++;
    try {
      change();
    } finally {
      this.#depth--;
      if (this.#depth === 0 && this.#changed) this.#notify();
    }
  }

  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #notify() {
    this.#changed = this.#depth > 0;
    if (this.#changed) return;
    for (const listener of [...this.#listeners]) listener(this.#state);
  }
}
