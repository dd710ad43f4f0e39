/*
 * Tasks that the server finds, page by page, kept up to date by what the feed publishes.
 *
 *   const search = new TaskSearch();
 *   search.run(filter);        // anew; what an earlier search still answers is dropped
 *   search.more();             // the next page
 *   search.apply(frames);      // of the topic `tasks`
 *   search.state               // { items, loading, problem, done }; done: all tasks have been searched
 */
import { api } from './api.js';
import { Store } from './store.js';
import { matches, request, toQuery } from './task-filter.js';

const EMPTY = { items: [], loading: false, problem: null, done: false };

export class TaskSearch extends Store {
  #filter = null;
  #since = 0;
  #next = null;
  #abort = null;
  #items = new Map();
  #stale = false;
  #rest;

  constructor(rest = api) {
    super(EMPTY);
    this.#rest = rest;
  }

  /** The same filter again keeps what was found in sight until the answer is here. */
  run(filter, now = Date.now()) {
    this.#abort?.abort();
    this.#stale = this.#filter !== null && toQuery(filter) === toQuery(this.#filter);
    this.#filter = filter;
    this.#since = now;
    this.#next = null;
    this.#items = new Map();
    this.set(this.#stale ? { ...EMPTY, items: this.state.items } : EMPTY);
    return this.more();
  }

  stop() {
    this.#abort?.abort();
    this.#filter = null;
    this.#items = new Map();
    this.set(EMPTY);
  }

  /** A page may be empty although there is a next one: then that is asked for, too. */
  async more() {
    if (this.state.loading || this.state.done || !this.#filter) return;
    const abort = new AbortController();
    this.#abort = abort;
    this.set({ loading: true, problem: null });
    try {
      let found = 0;
      do {
        const query = { ...request(this.#filter, this.#since), cursor: this.#next };
        const { items, next } = await this.#rest.get('/api/tasks', { query, signal: abort.signal });
        if (abort.signal.aborted) return;
        found += this.#add(items);
        this.#next = next ?? null;
      } while (found === 0 && this.#next !== null);
      this.#stale = false;
      this.set({ items: [...this.#items.values()], loading: false, done: this.#next === null });
    } catch (problem) {
      if (!abort.signal.aborted) this.set({ loading: false, problem });
    }
  }

  /** How many were not known; what the feed published meanwhile is newer. */
  #add(items) {
    const fresh = items.filter(({ id }) => !this.#items.has(id));
    for (const task of fresh) this.#items.set(task.id, task);
    return fresh.length;
  }

  apply(frames) {
    if (!this.#filter) return;
    const news = frames.filter(({ task }) => task);
    if (news.length === 0) return;
    for (const { task } of news) {
      const now = { ...this.#items.get(task.id), ...task };
      if (matches(this.#filter, now, this.#since)) this.#items.set(task.id, now);
      else this.#items.delete(task.id);
    }
    if (!this.#stale) this.set({ items: [...this.#items.values()] });
  }
}
