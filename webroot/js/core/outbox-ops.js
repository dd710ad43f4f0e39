/*
 * The rules of the outbox. No DOM, no storage.
 *
 * An operation: { key, kind: 'add'|'replace'|'remove', id, definition?, base?, at, attempts,
 *   status: 'pending'|'sent'|'rejected', revision?, problem? }
 * `key` is its Idempotency-Key, `base` the entry revision it starts from.
 *
 *   pending ──answered 2xx──▶ sent ──the palette has that revision──▶ gone
 *      └──answered 4xx──▶ rejected ──Edit or Discard──▶ gone
 */
import { definitionOf, entryOf } from './definition.js';
import { toItem } from './palette-model.js';

export const CAP = 200;

/** Adds an operation; one that was never attempted is merged with what follows it on the same id. */
export function enqueue(ops, op) {
  const at = ops.findLastIndex(({ id, status }) => id === op.id && status !== 'sent');
  const last = ops[at];
  if (last?.status === 'rejected') return [...ops.toSpliced(at, 1), op];
  if (!last || last.attempts > 0) return [...ops, op];
  const without = ops.toSpliced(at, 1);
  if (op.kind === 'remove') return last.kind === 'add' ? without : [...without, { ...op, base: last.base ?? op.base }];
  if (last.kind === 'add') return ops.with(at, { ...op, kind: 'add', base: null });
  return [...without, { ...op, kind: 'replace', base: last.base }];
}

/** Those that still have to reach the server. */
export function waiting(ops) {
  return ops.filter(({ status }) => status === 'pending');
}

/** Forgets what the palette at `revision` already shows. */
export function settle(ops, revision) {
  const rest = ops.filter((op) => op.status !== 'sent' || op.revision > revision);
  return rest.length === ops.length ? ops : rest;
}

/**
 * The items as they will be once everything is written: a map of id to item, or to null where an
 * entry is hidden. Items carry `pending`: 'waiting', 'rejected', 'conflict', or null when written.
 */
export function overlay(items, ops) {
  const result = new Map();
  for (const op of ops) {
    const known = result.has(op.id) ? result.get(op.id) : items.get(op.id);
    const pending = stateOf(op);
    if (op.kind === 'remove') {
      result.set(op.id, pending === 'rejected' || pending === 'conflict' ? { ...known, pending, op } : null);
      if (result.get(op.id) && !known) result.delete(op.id);
      continue;
    }
    result.set(op.id, { ...toItem(entryOf(op.definition, known?.entry)), pending, op });
  }
  return result;
}

function stateOf({ status, problem }) {
  if (status === 'sent') return null;
  if (status === 'rejected') return problem?.status === 412 ? 'conflict' : 'rejected';
  return 'waiting';
}

/** Whether an answer settles an operation for good, as opposed to "try again later". */
export function isFinal({ status }) {
  return status >= 400 && status < 500 && status !== 408 && status !== 425 && status !== 429;
}

/** An operation that brings a removed entry back. */
export function undoOf(entry) {
  return { kind: 'add', id: entry.id, definition: definitionOf(entry) };
}
