/*
 * A list of the server that the feed keeps up to date from the moment somebody follows it.
 *
 *   const plugins = new LiveList({ topic: 'plugins', member: 'plugin', key: 'file', path: '/api/plugins' });
 *   plugins.follow();   // once; later calls do nothing
 *   plugins.state       // { items, loading, problem }; items is null before the first answer, by key
 *   plugins.load();     // now and by REST, to try again
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

  /** `order` compares two items; `feed` and `rest` are for tests. */
  constructor({ topic, member, key, path, order = byKey(key) }, { feed = live, rest = api } = {}) {
    super({ items: null, loading: false, problem: null });
    this.#source = { topic, member, key, path, order, rest };
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
    }
  }

  /** Takes an item as it is now. */
  put(item) {
    const { key } = this.#source;
    this.set({ items: this.#sorted([...(this.state.items ?? []).filter((each) => each[key] !== item[key]), item]) });
  }

  drop(item) {
    const { key } = this.#source;
    this.set({ items: (this.state.items ?? []).filter((each) => each[key] !== item[key]) });
  }

  #apply(frame) {
    if (frame.kind === 'error') return;
    this.#frames++;
    const item = frame[this.#source.member];
    if (frame.kind === 'snapshot') this.set({ items: this.#known(frame.data.items), problem: null });
    else if (frame.kind === 'removed') this.drop(item);
    else this.put(item);
  }

  #known(items) {
    const { key } = this.#source;
    const texts = new Map((this.state.items ?? []).map((item) => [item[key], { item, text: JSON.stringify(item) }]));
    return this.#sorted(items.map((item) => (texts.get(item[key])?.text === JSON.stringify(item) ? texts.get(item[key]).item : item)));
  }

  #sorted(items) {
    return [...items].sort(this.#source.order);
  }
}
