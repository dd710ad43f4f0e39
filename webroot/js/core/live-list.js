/*
 * A list of the server that the feed keeps up to date from the moment somebody follows it.
 *
 *   const plugins = new LiveList({ topic: 'plugins', member: 'plugin', key: 'file', path: '/api/plugins' });
 *   plugins.follow();   // once; later calls do nothing
 *   plugins.state       // { items, loading, problem }; items is null before the first answer, by key
 *   plugins.load();     // now and by REST, to try again
 *
 * With `more`, a second path, the list has also what only that answers: neither the feed's snapshot nor `path` has it.
 *
 * An item that did not change stays the same object.
 */
import { api } from './api.js';
import { live } from './live.js';
import { Store } from './store.js';

const byKey = (key) => (a, b) => (a[key] < b[key] ? -1 : 1);

export class LiveList extends Store {
  #source;
  #feed;
  #following = false;
  #frames = 0;
  /** Keys that the feed took out or that were put in since `more` was asked for: its answer is older. */
  #touched = new Set();

  /** `order` compares two items; `feed` and `rest` are for tests. */
  constructor({ topic, member, key, path, more = null, order = byKey(key) }, { feed = live, rest = api } = {}) {
    super({ items: null, loading: false, problem: null });
    this.#source = { topic, member, key, path, more, order, rest };
    this.#feed = feed;
  }

  follow() {
    if (this.#following) return;
    this.#following = true;
    this.load();
    this.#feed.subscribe(this.#source.topic, (frame) => this.#apply(frame));
  }

  /** What the feed said meanwhile is newer than the answer. */
  async load() {
    const { rest, path } = this.#source;
    const frames = this.#frames;
    this.set({ loading: true });
    try {
      const { items } = await rest.get(path);
      this.set({ loading: false, problem: null, ...(frames === this.#frames ? { items: this.#known(items) } : {}) });
    } catch (problem) {
      this.set({ loading: false, problem });
      return;
    }
    await this.#loadMore();
  }

  async #loadMore() {
    const { rest, more, key } = this.#source;
    if (!more) return;
    const touched = new Set();
    this.#touched = touched;
    this.set({ loading: true });
    try {
      const { items } = await rest.get(more);
      if (touched !== this.#touched) return;
      const known = new Set((this.state.items ?? []).map((item) => item[key]));
      const late = items.filter((item) => !known.has(item[key]) && !touched.has(item[key]));
      this.set({ loading: false, items: this.#known([...(this.state.items ?? []), ...late]) });
    } catch (problem) {
      this.set({ loading: false, problem });
    }
  }

  /** Takes an item as it is now. */
  put(item) {
    const { key } = this.#source;
    this.#touched.add(item[key]);
    this.set({ items: this.#sorted([...(this.state.items ?? []).filter((each) => each[key] !== item[key]), item]) });
  }

  drop(item) {
    const { key } = this.#source;
    this.#touched.add(item[key]);
    this.set({ items: (this.state.items ?? []).filter((each) => each[key] !== item[key]) });
  }

  #apply(frame) {
    if (frame.kind === 'error') return;
    this.#frames++;
    const item = frame[this.#source.member];
    if (frame.kind === 'snapshot') {
      this.set({ items: this.#known(frame.data.items), problem: null });
      this.#loadMore();
    } else if (frame.kind === 'removed') this.drop(item);
    else this.put(item);
  }

  #known(items) {
    const { key } = this.#source;
    const texts = new Map((this.state.items ?? []).map((item) => [item[key], { item, text: JSON.stringify(item) }]));
    return this.#sorted(
      items.map((item) => (texts.get(item[key])?.text === JSON.stringify(item) ? texts.get(item[key]).item : item)),
    );
  }

  #sorted(items) {
    return [...items].sort(this.#source.order);
  }
}
