/*
 * A search of a whole log, of which this page has the newest lines. The lines that are here are searched
 * as they come; those before them by the server, once for each text, a moment after the typing. No DOM.
 *
 *   const search = new LogSearch(async (text) => seqs);   search.use(log);
 *   search.run('error')     // the number of the line to show, null for none among those that are here
 *   search.hits()           // the numbers of all lines known to match, in order
 *   search.turn(1)          // the number of the next match (or before, -1), round the end
 *   search.state            // { query, hit, searching, failed }
 */
import { matches } from './log-model.js';
import { Store } from './store.js';

const TYPING_MS = 200;
const NONE = { hit: null, searching: false, failed: false };

export class LogSearch extends Store {
  #find;
  #log = null;
  #early = [];
  #timer = 0;
  #turn = 0;
  #wait;

  /** `find` asks the server; `wait`, in milliseconds, is for tests. */
  constructor(find, wait = TYPING_MS) {
    super({ query: '', ...NONE });
    this.#find = find;
    this.#wait = wait;
  }

  use(log) {
    this.#log = log;
    this.run(this.state.query);
  }

  run(query) {
    const turn = ++this.#turn;
    clearTimeout(this.#timer);
    this.#early = [];
    const here = this.#here(query);
    const hit = here.at(-1) ?? null;
    const searching = query !== '' && this.#log.earlier > 0;
    this.set({ query, ...NONE, hit, searching });
    if (searching) this.#timer = setTimeout(() => this.#ask(query, turn), this.#wait);
    return hit;
  }

  hits() {
    const { first } = this.#log;
    return [...this.#early.filter((seq) => seq < first), ...this.#here(this.state.query)];
  }

  turn(by) {
    const hits = this.hits();
    if (this.state.failed) this.#again();
    if (hits.length === 0) return null;
    const at = hits.indexOf(this.state.hit);
    const from = at < 0 && by < 0 ? 0 : at;
    const hit = hits[(from + by + hits.length) % hits.length];
    this.set({ hit });
    return hit;
  }

  #again() {
    this.set({ failed: false, searching: true });
    this.#ask(this.state.query, ++this.#turn);
  }

  async #ask(query, turn) {
    try {
      const seqs = await this.#find(query);
      if (turn !== this.#turn) return;
      this.#early = seqs;
      this.set({ searching: false, hit: this.state.hit ?? this.hits().at(-1) ?? null });
    } catch {
      // Said beside the number of matches; the next step through them asks again.
      if (turn === this.#turn) this.set({ searching: false, failed: true });
    }
  }

  #here(query) {
    return query ? matches(this.#log.lines, query).map((i) => this.#log.lines[i].seq) : [];
  }
}
