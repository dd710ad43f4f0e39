/*
 * What people typed and have not sent yet, by place, kept in this browser's storage. No DOM.
 *
 *   // false: storage is full or blocked, kept for this page only
 *   drafts.keep('pipeline:letters', { text, revision });
 *   drafts.read('pipeline:letters')                        // { value, at } (at: ms since 1970), or null
 *   drafts.drop('pipeline:letters')
 *
 * A value is JSON-shaped; Sets are kept as well. Each draft is an item of its own, so that one that cannot be read or
 * is of another version of this page hides no other. When storage is full, drafts older than 30 days make room.
 */
const PREFIX = 'callboard.draft.';
const VERSION = 2;
const OLD_MS = 30 * 24 * 3_600_000;

export class Drafts {
  #storage;
  #now;
  #here = new Map();

  constructor(storage, now = () => Date.now()) {
    this.#storage = storage;
    this.#now = now;
  }

  keep(place, value) {
    const at = this.#now();
    const text = JSON.stringify({ v: VERSION, at, value }, sets);
    let written = this.#write(place, text);
    if (!written) {
      this.#makeRoom(at - OLD_MS);
      written = this.#write(place, text);
    }
    if (written) this.#here.delete(place);
    else this.#here.set(place, { value, at });
    return written;
  }

  read(place) {
    if (this.#here.has(place)) return this.#here.get(place);
    const found = parsed(this.#item(place));
    return found && { value: found.value, at: found.at };
  }

  drop(place) {
    this.#here.delete(place);
    try {
      this.#storage?.removeItem(PREFIX + place);
    } catch {
      // Nothing was kept.
    }
  }

  #item(place) {
    try {
      return this.#storage?.getItem(PREFIX + place) ?? null;
    } catch {
      return null;
    }
  }

  #write(place, text) {
    try {
      if (!this.#storage) return false;
      this.#storage.setItem(PREFIX + place, text);
      return true;
    } catch {
      return false;
    }
  }

  #makeRoom(before) {
    const { length = 0 } = this.#storage ?? {};
    const keys = Array.from({ length }, (_, i) => this.#storage.key(i)).filter((key) => key?.startsWith(PREFIX));
    for (const place of keys.map((key) => key.slice(PREFIX.length))) {
      const found = parsed(this.#item(place));
      if (found && found.at < before) this.drop(place);
    }
  }
}

const sets = (_key, value) => (value instanceof Set ? { '@set': [...value] } : value);
const unset = (_key, value) => (Array.isArray(value?.['@set']) ? new Set(value['@set']) : value);

function parsed(text) {
  try {
    const found = JSON.parse(text ?? 'null', unset);
    return found?.v === VERSION && 'value' in found ? found : null;
  } catch {
    return null;
  }
}

function storage() {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

export const drafts = new Drafts(storage());
