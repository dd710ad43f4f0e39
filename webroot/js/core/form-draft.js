/*
 * What the fields of a dialog hold while somebody types: kept as a draft until it is saved or discarded, and compared
 * with what somebody else saves meanwhile. No DOM.
 *
 *   const form = new FormDraft('project:7', { name: 'Payments', description: '' });
 *   form.state                       // { values, conflicts: [{ key, mine, theirs }], restored, kept }
 *   form.type({ name: 'Refunds' });  // kept at once; state.kept is false when the browser's storage is full
 *   form.heard(saved);               // what is saved now: members that this person did not change follow it
 *   form.keepMine();  form.takeTheirs();  form.discard();  form.done();
 *   form.patch                       // the members to be sent
 *
 * `restored` is when the draft was kept, ms since 1970; null when there was none. A member conflicts when it was
 * changed here and by somebody else, to two values.
 */
import { drafts as kept } from './drafts.js';
import { Store } from './store.js';
import { memberDiff, mergeMembers, textOf } from './text-diff.js';

const changed = (key, before, after) => textOf(before[key]) !== textOf(after[key]);

export class FormDraft extends Store {
  #place;
  #drafts;
  /** What each member was when this person began to change it. */
  #base;
  #saved;

  constructor(place, saved, drafts = kept) {
    const found = drafts.read(place);
    const values = found?.value.values ?? saved;
    super({ values, conflicts: [], restored: found?.at ?? null, kept: found ? true : null });
    this.#place = place;
    this.#drafts = drafts;
    this.#base = found?.value.base ?? saved;
    this.heard(saved);
  }

  get patch() {
    const { values } = this.state;
    return Object.fromEntries(Object.entries(values).filter(([key]) => changed(key, this.#base, values)));
  }

  type(patch) {
    const values = { ...this.state.values, ...patch };
    this.#put({ values, conflicts: this.#conflicts(values) });
  }

  heard(saved) {
    const values = mergeMembers(this.#base, this.state.values, saved);
    this.#saved = saved;
    const conflicts = this.#conflicts(values);
    this.#base = { ...saved, ...Object.fromEntries(conflicts.map(({ key }) => [key, this.#base[key]])) };
    this.set({ values, conflicts });
  }

  /** The next save writes mine over theirs. */
  keepMine() {
    this.#base = this.#saved;
    this.#put({ conflicts: [] });
  }

  takeTheirs() {
    const theirs = Object.fromEntries(this.state.conflicts.map(({ key }) => [key, this.#saved[key]]));
    this.#base = this.#saved;
    this.#put({ values: { ...this.state.values, ...theirs }, conflicts: [] });
  }

  discard() {
    this.done();
    this.#base = this.#saved;
    this.set({ values: this.#saved, conflicts: [], restored: null, kept: null });
  }

  /** Saved: nothing is left to be kept. */
  done() {
    this.#drafts.drop(this.#place);
  }

  #conflicts(values) {
    const both = (key) => changed(key, this.#base, this.#saved) && changed(key, this.#base, values);
    return memberDiff(values, this.#saved, Object.keys(this.#saved)).filter(({ key }) => both(key));
  }

  #put(patch) {
    this.set(patch);
    if (Object.keys(this.patch).length === 0) {
      this.done();
      this.set({ restored: null, kept: null });
    } else this.set({ kept: this.#drafts.keep(this.#place, { values: this.state.values, base: this.#base }) });
  }
}
