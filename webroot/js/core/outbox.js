/*
 * Writes that survive: each is in localStorage before it is sent, is sent once (same
 * Idempotency-Key on every attempt, one tab at a time), and stays until the palette shows it.
 *
 *   const outcome = await outbox.submit({ kind: 'add', id, definition });
 *     → { status: 'written', answer } | { status: 'rejected', problem } | { status: 'waiting', key }
 *   outbox.state.ops;   outbox.discard(key);   outbox.flush();
 *
 * Everything it needs from outside comes with the constructor, so that tests need no browser.
 */
import { CAP, enqueue, isFinal, settle, waiting } from './outbox-ops.js';
import { Store } from './store.js';

export const OUTBOX_KEY = 'callboard.outbox.v1';

export class Outbox extends Store {
  #send;
  #reachable;
  #storage;
  #exclusive;
  #uuid;
  #patience;
  #flushing = null;
  #again = false;
  #outcomes = new Map();

  /**
   * @param send      (op) → promise of the server's answer; rejects with an ApiProblem
   * @param reachable () → whether to try at all; what was never tried can still be merged or undone
   * @param exclusive (work) → runs it while no other tab does
   * @param patience  ms that submit() waits before it answers 'waiting'
   */
  constructor({ send, storage, reachable = async () => true, exclusive = (work) => work(), uuid, patience = 4_000 }) {
    super({ ops: [], kept: true });
    this.#send = send;
    this.#reachable = reachable;
    this.#storage = storage;
    this.#exclusive = exclusive;
    this.#uuid = uuid;
    this.#patience = patience;
    this.reload();
  }

  get count() {
    return waiting(this.state.ops).length;
  }

  /** Reads what another tab may have written; not while this tab could not write there itself. */
  reload() {
    if (!this.state.kept) return;
    try {
      const ops = JSON.parse(this.#storage.getItem(OUTBOX_KEY) ?? '[]');
      if (Array.isArray(ops)) this.set({ ops });
    } catch {
      // Storage is blocked or holds something else: what is in memory stays.
    }
  }

  async submit(wish) {
    if (this.count >= CAP) throw new RangeError('outbox_full');
    const op = { key: this.#uuid(), base: null, at: new Date().toISOString(), attempts: 0, status: 'pending', ...wish };
    this.#keep(enqueue(this.state.ops, op));
    if (!this.#find(op.key)) return { status: 'written', answer: null };
    const late = new Promise((done) => setTimeout(done, this.#patience, { status: 'waiting', key: op.key }));
    const answered = this.flush().then(() => this.#outcomes.get(op.key) ?? { status: 'waiting', key: op.key });
    const outcome = await Promise.race([answered, late]);
    this.#outcomes.delete(op.key);
    return outcome;
  }

  /** Sends what waits, in order; answers true when nothing is left to send. */
  flush() {
    this.#again = true;
    this.#flushing ??= this.#exclusive(() => this.#drain()).finally(() => {
      this.#flushing = null;
    });
    return this.#flushing;
  }

  /** Answers what puts it back as it was, to be sent or refused again. */
  discard(key) {
    const op = this.#find(key);
    this.#keep(this.state.ops.filter((each) => each.key !== key));
    return () => op && !this.#find(key) && this.#keep([...this.state.ops, op]);
  }

  /** The palette is at this revision: what it shows needs no overlay any more. */
  settled(revision) {
    const ops = settle(this.state.ops, revision);
    if (ops !== this.state.ops) this.#keep(ops);
  }

  async #drain() {
    while (this.#again) {
      this.#again = false;
      this.reload();
      if (this.count > 0 && !(await this.#reachable())) return false;
      for (let op = waiting(this.state.ops)[0]; op; op = waiting(this.state.ops)[0]) {
        this.#change(op.key, { attempts: op.attempts + 1 });
        if (!(await this.#try(op))) return false;
      }
    }
    return true;
  }

  async #try(op) {
    try {
      const answer = await this.#send(op);
      this.#outcomes.set(op.key, { status: 'written', answer });
      this.#change(op.key, { status: 'sent', revision: answer?.revision ?? 0 });
      return true;
    } catch (problem) {
      if (!isFinal(problem)) {
        if (problem.status >= 500) this.#change(op.key, { problem: problem.toJSON?.() ?? null });
        return false;
      }
      this.#outcomes.set(op.key, { status: 'rejected', problem });
      this.#change(op.key, { status: 'rejected', problem: problem.toJSON?.() ?? null });
      return true;
    }
  }

  #find(key) {
    return this.state.ops.find((op) => op.key === key);
  }

  #change(key, patch) {
    this.#keep(this.state.ops.map((op) => (op.key === key ? { ...op, ...patch } : op)));
  }

  #keep(ops) {
    let kept = true;
    try {
      if (ops.length) this.#storage.setItem(OUTBOX_KEY, JSON.stringify(ops));
      else this.#storage.removeItem(OUTBOX_KEY);
    } catch {
      kept = false;
    }
    this.set({ ops, kept });
  }
}
