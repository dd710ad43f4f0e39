/*
 * All tasks of this page, live from the topic `tasks`, and those that are looked for.
 *
 *   tasks.start();          // once; later calls do nothing
 *   tasks.state             // { items, sizes, counts, ready, left, loading, problem, filter }
 *   tasks.more('recent');   // more of a group that is not here in full: left.recent is true
 *   tasks.use(filter);      // looks for tasks, see task-filter.js; tasks.search has what was found
 *   tasks.path;  tasks.pathOf(id, { step })   // the addresses of the board and of a task, with what is looked for
 *   tasks.listen(frames => …)   // every batch of frames of the topic; returns what ends it
 *
 * `scroll` belongs to the list, which is drawn anew on another page.
 */
import { api } from './api.js';
import { batchFrames } from './batch-frames.js';
import { live } from './live.js';
import { setWaiting } from './router.js';
import { Store } from './store.js';
import { taskAddress } from './task-address.js';
import { NO_FILTER, isActive, toQuery } from './task-filter.js';
import { TaskList } from './task-list.js';
import { TaskSearch } from './task-search.js';

/** How long the feed may take before the tasks are read by REST. */
const PATIENCE_MS = 2_500;
const TYPING_MS = 200;
const STATUS_OF = { waiting: 'awaiting_approval', running: 'running' };

class Tasks extends Store {
  scroll = 0;
  search = new TaskSearch();
  #list = new TaskList();
  #cursors = {};
  #started = false;
  #typing = 0;
  #listeners = new Set();

  start() {
    if (this.#started) return;
    this.#started = true;
    live.subscribe('tasks', batchFrames((frames) => this.#apply(frames)));
    setTimeout(() => !this.state.ready && this.read(), PATIENCE_MS);
  }

  /** Where the board is, with what is looked for. */
  get path() {
    return `/tasks${toQuery(this.state.filter)}`;
  }

  /** A task's page beside this board; `step` and `place` as task-address.js has them. */
  pathOf(id, more = {}) {
    return taskAddress(id, { filter: this.state.filter, ...more });
  }

  /** The labels of the tasks that are here, in order. */
  get labels() {
    return [...new Set(this.state.items.flatMap(({ labels = [] }) => labels))].sort((a, b) => a.localeCompare(b));
  }

  use(patch) {
    const filter = { ...this.state.filter, ...patch };
    if (toQuery(filter) === toQuery(this.state.filter)) return;
    const typed = 'q' in patch && Object.keys(patch).length === 1;
    this.scroll = 0;
    this.set({ filter });
    clearTimeout(this.#typing);
    if (!isActive(filter)) this.search.stop();
    else if (typed) this.#typing = setTimeout(() => this.search.run(filter), TYPING_MS);
    else this.search.run(filter);
  }

  /** By REST, while the feed does not come. */
  read() {
    return this.#page('recent', true);
  }

  more(group) {
    return this.#page(group, false);
  }

  async #page(group, first) {
    if (this.state.loading) return;
    this.set({ loading: true });
    try {
      let fresh = 0;
      do {
        const query = { status: STATUS_OF[group], cursor: this.#cursors[group], limit: first ? undefined : 100 };
        const { items, next } = await api.get('/api/tasks', { query });
        fresh = this.#list.addPage(items);
        this.#cursors[group] = next ?? null;
      } while (fresh === 0 && this.#cursors[group] !== null);
      this.batch(() => {
        this.set({ ready: true, loading: false, problem: null });
        this.#draw();
      });
    } catch (problem) {
      this.set({ loading: false, problem });
    }
  }

  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #apply(frames) {
    const news = frames.filter(({ kind }) => kind !== 'error');
    if (news.length === 0) {
      if (!this.state.ready) this.read();
      return;
    }
    for (const frame of news) {
      if (frame.kind === 'snapshot') this.#replace(frame.data);
      else this.#list.apply(frame);
    }
    this.batch(() => {
      this.set({ ready: true, problem: null });
      this.#draw();
    });
    this.search.apply(news);
    for (const listener of [...this.#listeners]) listener(news);
  }

  #replace({ items, counts, next }) {
    this.#list.replace(items, { counts, next });
    this.#cursors = { recent: next };
    if (this.state.ready && isActive(this.state.filter)) this.search.run(this.state.filter);
  }

  #draw() {
    const sizes = this.#list.sizes();
    setWaiting(sizes.waiting);
    this.set({ items: [...this.#list.items.values()], sizes, counts: this.#list.counts, left: this.#left(sizes) });
  }

  /** Of which groups the server has more than this page. */
  #left(sizes) {
    const here = { waiting: 0, running: 0 };
    for (const { status } of this.#list.items.values()) {
      if (status === 'awaiting_approval') here.waiting++;
      else if (status === 'running') here.running++;
    }
    return {
      waiting: here.waiting < sizes.waiting && this.#cursors.waiting !== null,
      running: here.running < sizes.running && this.#cursors.running !== null,
      recent: this.#cursors.recent !== null,
    };
  }
}

export const tasks = new Tasks({
  items: [], sizes: { waiting: 0, running: 0, recent: 0 }, counts: null, left: {},
  ready: false, loading: false, problem: null, filter: NO_FILTER,
});
