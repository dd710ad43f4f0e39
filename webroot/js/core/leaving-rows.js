/*
 * Rows of a list that went away and still collapse. `changed` is called for every frame of it.
 *
 *   const leaving = new LeavingRows(() => redraw());
 *   leaving.note(before, now, [first, last]);   // rows before and now, and the range of those that were drawn
 *   leaving.since                               // key to the moment at which it went
 *   leaving.share(key)                          // how much of its height is left, 1 to 0
 *
 * Nothing moves for a person who wants less motion, in a hidden page, or when many rows go at once.
 */
const LEAVE_MS = 200;
const MANY = 6;
const still = matchMedia('(prefers-reduced-motion: reduce)');

export class LeavingRows {
  since = new Map();
  #changed;

  constructor(changed) {
    this.#changed = changed;
  }

  clear() {
    this.since.clear();
  }

  note(before, now, [first, last]) {
    const kept = new Set(now.map(({ key }) => key));
    for (const key of [...this.since.keys()]) if (kept.has(key)) this.since.delete(key);
    if (still.matches || document.hidden) return;
    const gone = before.filter(({ key, leaving }) => !leaving && !kept.has(key));
    if (gone.length === 0 || gone.length > MANY) return;
    const seen = new Set(before.slice(first, last).map(({ key }) => key));
    const at = performance.now();
    for (const { key } of gone) if (seen.has(key)) this.since.set(key, at);
    if (this.since.size) requestAnimationFrame(() => this.#collapse());
  }

  share(key) {
    const gone = Math.min(1, (performance.now() - this.since.get(key)) / LEAVE_MS);
    return (1 - gone) ** 2;
  }

  #collapse() {
    const at = performance.now();
    for (const [key, start] of this.since) if (at - start >= LEAVE_MS) this.since.delete(key);
    this.#changed();
    if (this.since.size) requestAnimationFrame(() => this.#collapse());
  }
}
