/*
 * The palette of this page: what the server sent, with what still waits to be written laid over it.
 *
 *   palette.state   // { ready, asOf, revision, items: [sorted], byId: Map, changes, turn }
 *   palette.add(definition)  palette.replace(item, definition)  palette.remove(item)   → outcome, see outbox.js
 *   outbox.state    // { ops, kept }
 *
 * `items` are { id, kind, title, entry, pending, op }. `asOf` is a time when the palette comes from
 * the cache, else null. `changes` = { added: [id], updated: [id], removed: [item] } of the last turn.
 * Deltas are gathered and applied once per animation frame.
 */
import { api } from './api.js';
import { live } from './live.js';
import { Outbox, OUTBOX_KEY } from './outbox.js';
import { overlay } from './outbox-ops.js';
import { PaletteModel, compareItems } from './palette-model.js';
import { readSnapshot, writeSnapshot } from './snapshot-cache.js';
import { Store } from './store.js';
import { uuid } from './uuid.js';

const NONE = { added: [], updated: [], removed: [] };
const KEEP_MS = 1_500;
const RETRY_MS = 4_000;

const storage = {
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, value) => localStorage.setItem(key, value),
  removeItem: (key) => localStorage.removeItem(key),
};

function write({ kind, id, definition, base, key }) {
  const path = `/api/vp/stages/${encodeURIComponent(id)}`;
  if (kind === 'add') return api.post('/api/vp/stages', definition, { key });
  if (kind === 'replace') return api.put(path, definition, { key, ifMatch: base });
  return api.delete(path, { key, ifMatch: base });
}

/** The feed says so; where only the feed is broken, a small request does. */
async function reachable() {
  if (live.status.state.up) return true;
  return api.get('/api/vp', { timeout: 3_000 }).then(() => true, ({ offline }) => !offline);
}

export const outbox = new Outbox({
  send: write,
  reachable,
  storage,
  uuid,
  exclusive: (work) =>
    navigator.locks ? navigator.locks.request('callboard.outbox', work) : Promise.resolve().then(work),
});

class Palette extends Store {
  #model = new PaletteModel();
  #queue = [];
  #scheduled = false;
  #keepTimer = 0;
  #retryTimer = 0;

  constructor() {
    super({ ready: false, asOf: null, revision: null, items: [], byId: new Map(), changes: NONE, turn: 0 });
  }

  async start() {
    live.urgent = () => outbox.count > 0;
    outbox.subscribe(() => this.batch(() => {
      if (this.#model.revision !== null) outbox.settled(this.#model.revision);
      this.#draw(NONE);
    }));
    addEventListener('storage', ({ key }) => {
      if (key === OUTBOX_KEY || key === null) outbox.reload();
    });
    live.status.subscribe(({ up }) => {
      if (!up) return;
      if (this.#model.revision !== null) this.set({ asOf: null });
      this.#flush();
    });
    await this.#load();
    const { revision, epoch } = this.#model;
    live.subscribe('palette', (frame) => this.#receive(frame), { since: revision, epoch });
    if (live.status.state.up) this.#flush();
  }

  add(definition) {
    return this.#submit({ kind: 'add', id: definition.id, definition });
  }

  replace(item, definition) {
    return this.#submit({ kind: 'replace', id: item.id, definition, base: item.entry.revision ?? null });
  }

  remove(item) {
    return this.#submit({ kind: 'remove', id: item.id, base: item.entry.revision ?? null });
  }

  /** The entry as the server has it, below whatever waits. */
  known(id) {
    return this.#model.items.get(id) ?? null;
  }

  async #submit(wish) {
    const outcome = await outbox.submit(wish);
    if (outcome.status === 'waiting') {
      live.probe();
      this.#retryLater();
    }
    return outcome;
  }

  async #load() {
    try {
      const body = await api.get('/api/vp/stages', { timeout: 8_000 });
      this.#model.replace(body);
      this.set({ ready: true, asOf: null });
      this.#keepSoon();
    } catch {
      const kept = await readSnapshot();
      if (kept) this.#model.replace(kept.palette);
      this.set({ ready: kept !== null, asOf: kept?.at ?? null });
    }
    this.#draw(NONE);
  }

  #receive(frame) {
    if (frame.kind === 'error') return;
    if (frame.kind === 'snapshot') this.#queue = [];
    this.#queue.push(frame);
    if (this.#scheduled) return;
    this.#scheduled = true;
    if (document.hidden) setTimeout(() => this.#applyQueue(), 50);
    else requestAnimationFrame(() => this.#applyQueue());
  }

  #applyQueue() {
    this.#scheduled = false;
    const frames = this.#queue;
    this.#queue = [];
    if (frames.length === 0) return;
    let changes = NONE;
    if (frames[0].kind === 'snapshot') {
      const { data, revision, epoch } = frames.shift();
      if (epoch !== this.#model.epoch) outbox.settled(Infinity);
      changes = this.#model.replace({ ...data, revision, epoch });
    }
    if (frames.length) changes = join(changes, this.#model.apply(frames));
    const shown = this.state.byId;
    changes = { ...changes, added: changes.added.filter((id) => !shown.has(id)) };
    this.batch(() => {
      this.set({ ready: true, asOf: null });
      outbox.settled(this.#model.revision);
      this.#draw(changes);
    });
    this.#keepSoon();
  }

  #draw(changes) {
    const model = this.#model;
    const laid = overlay(model.items, outbox.state.ops);
    let items = model.sorted;
    let byId = model.items;
    if (laid.size > 0) {
      byId = new Map(model.items);
      for (const [id, item] of laid) item ? byId.set(id, item) : byId.delete(id);
      items = [...model.sorted.filter(({ id }) => !laid.has(id)), ...[...laid.values()].filter(Boolean)].sort(
        compareItems,
      );
    }
    this.set({ items, byId, revision: model.revision, changes, turn: this.state.turn + 1 });
  }

  async #flush() {
    clearTimeout(this.#retryTimer);
    if (outbox.count > 0 && !(await outbox.flush())) this.#retryLater();
  }

  #retryLater() {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => this.#flush(), RETRY_MS);
  }

  #keepSoon() {
    clearTimeout(this.#keepTimer);
    this.#keepTimer = setTimeout(() => writeSnapshot(this.#model.snapshot()), KEEP_MS);
  }
}

function join(a, b) {
  return {
    added: [...a.added, ...b.added],
    updated: [...a.updated, ...b.updated],
    removed: [...a.removed, ...b.removed],
  };
}

export const palette = new Palette();
