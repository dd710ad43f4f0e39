/*
 * The tasks as the board shows them: merged from the feed and from pages, filtered, in groups. No DOM.
 *
 *   groups(items, 'survey')      // [{ key: 'waiting'|'running'|'recent', items }], empty ones left out
 *   neighbour(groups, id, 1)     // the id after (or before, -1) in the order shown
 */
import { fold } from './text.js';

export class TaskList {
  items = new Map();

  /** A snapshot replaces what it covers; older tasks that came by page stay. */
  replace(tasks) {
    const oldest = tasks.reduce((least, { created_at: at }) => (at < least ? at : least), tasks[0]?.created_at ?? '');
    const kept = tasks.length ? [...this.items.values()].filter(({ created_at: at }) => at < oldest) : [];
    this.items = new Map([...tasks, ...kept].map((task) => [task.id, task]));
  }

  /** A page of older tasks; what is known better stays. */
  addPage(tasks) {
    for (const task of tasks) {
      const known = this.items.get(task.id);
      if (!known || (known.revision ?? 0) < (task.revision ?? 0)) this.items.set(task.id, task);
    }
  }

  apply({ kind, task }) {
    if (kind === 'removed') this.items.delete(task.id);
    else if (kind === 'added' || kind === 'updated') this.items.set(task.id, { ...this.items.get(task.id), ...task });
  }

  get waiting() {
    return [...this.items.values()].filter(({ status }) => status === 'awaiting_approval').length;
  }
}

const GROUP = { awaiting_approval: 'waiting', running: 'running' };
const ORDER = ['waiting', 'running', 'recent'];

function groupOf({ status }) {
  return GROUP[status] ?? 'recent';
}

/** When a task last moved; the newest come first. */
export function movedAt({ completed_at: done, started_at: begun, created_at: made, updated_at: changed, status }) {
  return (GROUP[status] ? begun ?? made : done ?? changed) ?? made;
}

function text({ title, pipeline, status, stages = [], current_stage_id: current }) {
  return fold([title, pipeline, status, stages.find(({ id }) => id === current)?.name ?? ''].join(' '));
}

export function groups(items, query = '') {
  const words = fold(query).split(/\s+/).filter(Boolean);
  const found = [...items].filter((task) => words.length === 0 || words.every((word) => text(task).includes(word)));
  const timed = found.map((task) => ({ task, at: Date.parse(movedAt(task)) })).sort((a, b) => b.at - a.at || (a.task.id < b.task.id ? -1 : 1));
  const inGroup = (key) => timed.filter(({ task }) => groupOf(task) === key).map(({ task }) => task);
  return ORDER.map((key) => ({ key, items: inGroup(key) })).filter(({ items: each }) => each.length);
}

export function neighbour(shown, id, by) {
  const ids = shown.flatMap(({ items }) => items.map((task) => task.id));
  const at = ids.indexOf(id);
  if (at < 0) return (by > 0 ? ids[0] : ids.at(-1)) ?? null;
  return ids[at + by] ?? null;
}
