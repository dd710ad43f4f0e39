/*
 * All tasks of this page, live from the topic `tasks`, with older ones by page.
 *
 *   tasks.start();       // once; later calls do nothing
 *   tasks.state          // { items: [task], ready, next, loading, problem, query, turn }
 *   tasks.more();        // the next page of older tasks, while `next` is not null
 *
 * `query` and `scroll` belong to the list, which is drawn anew on another page.
 */
import { api } from './api.js';
import { batchFrames } from './batch-frames.js';
import { live } from './live.js';
import { setWaiting } from './router.js';
import { Store } from './store.js';
import { TaskList } from './task-list.js';

class Tasks extends Store {
  scroll = 0;
  #list = new TaskList();
  #started = false;

  start() {
    if (this.#started) return;
    this.#started = true;
    this.more();
    live.subscribe('tasks', batchFrames((frames) => this.#apply(frames)));
  }

  search(query) {
    this.set({ query });
  }

  async more() {
    if (this.state.loading) return;
    this.set({ loading: true });
    try {
      const { items, next } = await api.get('/api/tasks', { query: { cursor: this.state.next } });
      this.#list.addPage(items);
      this.batch(() => {
        this.set({ ready: true, next: next ?? null, loading: false, problem: null });
        this.#draw();
      });
    } catch (problem) {
      this.set({ loading: false, problem });
    }
  }

  #apply(frames) {
    for (const frame of frames) {
      if (frame.kind === 'error') continue;
      if (frame.kind === 'snapshot') this.#list.replace(frame.data.items ?? []);
      else this.#list.apply(frame);
    }
    if (frames.every(({ kind }) => kind === 'error')) return;
    this.batch(() => {
      this.set({ ready: true, problem: null });
      this.#draw();
    });
  }

  #draw() {
    setWaiting(this.#list.waiting);
    this.set({ items: [...this.#list.items.values()] });
  }
}

export const tasks = new Tasks({ items: [], ready: false, next: null, loading: false, problem: null, query: '' });
