/*
 * Which entries have just come or changed, for the glow of their rows, and which of the new ones
 * nobody has seen yet, for the pill. No DOM; times are passed in.
 */
const GLOW_MS = 2_600;

export class Arrivals {
  #marks = new Map();
  #unseen = new Set();

  /** Notes a turn of changes; answers how many there were. */
  note({ added, updated, removed }, now) {
    for (const id of added) {
      this.#marks.set(id, { mark: 'new', until: null });
      this.#unseen.add(id);
    }
    for (const id of updated)
      this.#marks.set(id, { mark: this.#unseen.has(id) ? 'new' : 'edit', until: now + GLOW_MS });
    for (const { id } of removed) {
      this.#marks.delete(id);
      this.#unseen.delete(id);
    }
    return added.length + updated.length + removed.length;
  }

  /** A row came into sight: from now on it glows for a while and is no news any more. */
  seen(id, now) {
    if (!this.#unseen.delete(id)) return false;
    this.#marks.set(id, { mark: 'new', until: now + GLOW_MS });
    return true;
  }

  /** Lets a row glow, whoever changed it. */
  flash(id, now, mark = 'edit') {
    this.#marks.set(id, { mark, until: now + GLOW_MS });
  }

  markOf(id, now) {
    const entry = this.#marks.get(id);
    if (!entry || entry.until === null) return null;
    if (entry.until > now) return entry.mark;
    this.#marks.delete(id);
    return null;
  }

  get unseen() {
    return [...this.#unseen];
  }

  forgetUnseen() {
    for (const id of this.#unseen) this.#marks.delete(id);
    this.#unseen.clear();
  }
}
