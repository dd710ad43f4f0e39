/*
 * A list of the server that the feed keeps up to date from the moment somebody follows it.
 *
 *   const plugins = new LiveList({ topic: 'plugins', member: 'plugin', key: 'file', path: '/api/plugins' });
 *   plugins.follow();   // once; later calls do nothing
 *   plugins.state       // { items, loading, problem }; items is null before the first answer, by key
 *   plugins.load();     // now and by REST, to try again
 *
 * `key` names the member that identifies items, or is a function of an item that does.
 * With `more`, a second path, the list has also what only that answers: neither the feed's snapshot nor `path` has it.
 *
 * An item that did not change stays the same object.
 */
import { api } from './api.js';
import { live } from './live.js';
import { Store } from './store.js';

const byKey = (of) => (a, b) => (of(a) < of(b) ? -1 : 1);

export class LiveList extends Store {
  #source;
  #feed;
  #following = false;
  #frames = 0;
  /** Keys that the feed took out or that were put in since `more` was asked for: its answer is older. */
  #touched = new Set();

  /** `order` compares two items; `feed` and `rest` are for tests. */
  constructor({ topic, member, key, path, more = null, order }, { feed = live, rest = api } = {}) {
    super({ items: null, loading: false, problem: null });
    const of = typeof key === 'function' ? key : (item) => item[key];
    this.#source = { topic, member, of, path, more, order: order ?? byKey(of), rest };
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
    const { rest, more, of } = this.#source;
    if (!more) return;
    const touched = new Set();
    this.#touched = touched;
    this.set({ loading: true });
    try {
      const { items } = await rest.get(more);
      if (touched !== this.#touched) return;
      const known = new Set((this.state.items ?? []).map((item) => of(item)));
      const late = items.filter((item) => !known.has(of(item)) && !touched.has(of(item)));
      this.set({ loading: false, items: this.#known([...(this.state.items ?? []), ...late]) });
    } catch (problem) {
      this.set({ loading: false, problem });
    }
  }

  /** Whether the server has yet to say what there is. */
  get coming() {
    return !this.state.items && !this.state.problem;
  }

  /** Takes an item as it is now. */
  put(item) {
    const { of } = this.#source;
    this.#touched.add(of(item));
    this.set({ items: this.#sorted([...(this.state.items ?? []).filter((each) => of(each) !== of(item)), item]) });
  }

  drop(item) {
    const { of } = this.#source;
    this.#touched.add(of(item));
    this.set({ items: (this.state.items ?? []).filter((each) => of(each) !== of(item)) });
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
    const { of } = this.#source;
    const texts = new Map((this.state.items ?? []).map((item) => [of(item), { item, text: JSON.stringify(item) }]));
    return this.#sorted(
      items.map((item) => (texts.get(of(item))?.text === JSON.stringify(item) ? texts.get(of(item)).item : item)),
    );
  }

  #sorted(items) {
    return [...items].sort(this.#source.order);
  }
}
