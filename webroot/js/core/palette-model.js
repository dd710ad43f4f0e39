/*
 * The palette as the server last sent it: entries by id, one revision, sorted by kind and title.
 * No DOM. `replace` takes a snapshot, `apply` a delta; both answer what changed.
 */
import { fold } from './text.js';

export const KINDS = ['source', 'stage', 'sink'];
const order = new Map(KINDS.map((kind, i) => [kind, i]));

/** What lists draw and search: the entry, with its texts folded once. */
export function toItem(entry, kind = kindOf(entry)) {
  const title = String(entry.label || entry.name || entry.id);
  return {
    id: entry.id,
    kind,
    title,
    entry,
    key: fold(title),
    text: fold(`${entry.id} ${entry.description ?? ''} ${portWords(entry)}`),
    pending: null,
  };
}

export function kindOf(entry) {
  return entry.type === 'source' || entry.type === 'sink' ? entry.type : 'stage';
}

function portWords({ ports }) {
  return [...(ports?.inputs ?? []), ...(ports?.outputs ?? [])].map(({ type }) => type).join(' ');
}

export function compareItems(a, b) {
  if (a.kind !== b.kind) return order.get(a.kind) - order.get(b.kind);
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

export class PaletteModel {
  items = new Map();
  sorted = [];
  revision = null;
  epoch = null;

  /** Takes a whole palette; entries that stayed the same keep their items. */
  replace({ stages = [], sources = [], sinks = [], revision, epoch }) {
    const first = this.revision === null;
    const next = new Map();
    const added = [];
    const updated = [];
    for (const [kind, entries] of [['source', sources], ['stage', stages], ['sink', sinks]]) {
      for (const entry of entries) {
        const known = this.items.get(entry.id);
        if (known && known.kind === kind && sameEntry(known.entry, entry)) {
          next.set(entry.id, known);
          continue;
        }
        next.set(entry.id, toItem(entry, kind));
        (known ? updated : added).push(entry.id);
      }
    }
    const removed = [...this.items.values()].filter(({ id }) => !next.has(id));
    this.items = next;
    this.sorted = [...next.values()].sort(compareItems);
    this.revision = revision;
    if (epoch !== undefined) this.epoch = epoch;
    return first ? { added: [], updated: [], removed: [] } : { added, updated, removed };
  }

  /** Takes deltas in the order in which they came. */
  apply(frames) {
    const before = this.items;
    const touched = new Set();
    this.items = new Map(before);
    for (const { kind, revision, stage } of frames) {
      if (kind === 'removed') this.items.delete(stage.id);
      else this.items.set(stage.id, toItem(stage));
      touched.add(stage.id);
      this.revision = revision;
    }
    const changes = { added: [], updated: [], removed: [] };
    for (const id of touched) {
      if (!this.items.has(id)) {
        if (before.has(id)) changes.removed.push(before.get(id));
      } else if (before.has(id)) changes.updated.push(id);
      else changes.added.push(id);
    }
    const kept = this.sorted.filter(({ id }) => !touched.has(id));
    const fresh = [...touched].filter((id) => this.items.has(id)).map((id) => this.items.get(id));
    this.sorted = [...kept, ...fresh].sort(compareItems);
    return changes;
  }

  /** The form of `GET /api/vp/stages`, for the cache. */
  snapshot() {
    const of = (kind) => this.sorted.filter((item) => item.kind === kind).map(({ entry }) => entry);
    return {
      revision: this.revision,
      epoch: this.epoch,
      sources: of('source'),
      stages: of('stage'),
      sinks: of('sink'),
    };
  }
}

function sameEntry(a, b) {
  if (a === b) return true;
  if (a.revision !== undefined && b.revision !== undefined && a.revision !== b.revision) return false;
  return JSON.stringify(a) === JSON.stringify(b);
}
