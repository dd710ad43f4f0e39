/*
 * The tasks as the board shows them: merged from the feed and from pages, in groups. No DOM.
 *
 *   list.replace(items, { counts, next });   // a snapshot
 *   list.apply(frame);                       // added, updated, removed, counts
 *   list.addPage(items);                     // says how many were not known
 *   list.counts                              // status → number of all tasks, null before a snapshot
 *   list.sizes()                             // { waiting, running, recent }: how many there are of each group
 *   groups(items)                            // [{ key: 'waiting'|'running'|'recent', items }], empty ones left out
 *   neighbour(groups, id, 1)                 // the id after (or before, -1) in the order shown
 */
export class TaskList {
  items = new Map();
  counts = null;

  /**
   * A snapshot has all that waits and runs, up to its limit, and the newest. Older tasks that came by page and are at
   * rest stay; `next` is the oldest of the newest.
   */
  replace(tasks, { counts = null, next = null } = {}) {
    const newest = tasks.find(({ id }) => id === next)?.created_at;
    const oldest =
      newest ?? tasks.reduce((least, { created_at: at }) => (at < least ? at : least), tasks[0]?.created_at ?? '');
    const stays = (task) => task.created_at < oldest && groupOf(task) === 'recent';
    const kept = tasks.length ? [...this.items.values()].filter(stays) : [];
    this.items = new Map([...kept, ...tasks].map((task) => [task.id, task]));
    this.counts = counts;
  }

  /** A page of older tasks; what is known better stays. */
  addPage(tasks) {
    let fresh = 0;
    for (const task of tasks) {
      const known = this.items.get(task.id);
      if (!known) fresh++;
      if (!known || (known.revision ?? 0) < (task.revision ?? 0)) this.items.set(task.id, task);
    }
    return fresh;
  }

  apply({ kind, task, counts }) {
    if (kind === 'removed') this.items.delete(task.id);
    else if (kind === 'added' || kind === 'updated') this.items.set(task.id, { ...this.items.get(task.id), ...task });
    else if (kind === 'counts') this.counts = counts;
  }

  get waiting() {
    return this.sizes().waiting;
  }

  /** As the server counted them, a moment after each change; before a snapshot those that are here. */
  sizes() {
    const sizes = { waiting: 0, running: 0, recent: 0 };
    if (this.counts) for (const [status, n] of Object.entries(this.counts)) sizes[groupOf({ status })] += n;
    else for (const task of this.items.values()) sizes[groupOf(task)]++;
    return sizes;
  }
}

const GROUP = { awaiting_approval: 'waiting', running: 'running' };
const ORDER = ['waiting', 'running', 'recent'];

function groupOf({ status }) {
  return GROUP[status] ?? 'recent';
}

/** When a task last moved: since when it waits or runs, or when it ended. */
export function movedAt(task) {
  const {
    completed_at: done,
    started_at: begun,
    created_at: made,
    updated_at: changed,
    status_since: since,
    status,
  } = task;
  if (status === 'awaiting_approval') return since ?? begun ?? made;
  return (status === 'running' ? begun ?? made : done ?? changed) ?? made;
}

/** Who waits longest comes first; of the others, the newest. */
export function groups(items) {
  const timed = [...items].map((task) => ({ task, at: Date.parse(movedAt(task)), key: groupOf(task) }));
  timed.sort((a, b) => (a.key === 'waiting' ? a.at - b.at : b.at - a.at) || (a.task.id < b.task.id ? -1 : 1));
  const inGroup = (key) => timed.filter((each) => each.key === key).map(({ task }) => task);
  return ORDER.map((key) => ({ key, items: inGroup(key) })).filter(({ items: each }) => each.length);
}

export function neighbour(shown, id, by) {
  const ids = shown.flatMap(({ items }) => items.map((task) => task.id));
  const at = ids.indexOf(id);
  if (at < 0) return (by > 0 ? ids[0] : ids.at(-1)) ?? null;
  return ids[at + by] ?? null;
}
