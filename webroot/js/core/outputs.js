/*
 * The whole outputs of attempts, read when they are wanted.
 *
 *   const out = outputOf(execution)      // { state: 'none'|'here'|'away', value, size }
 *   handMade(execution)                  // whether a person gave the result: there is no other to compare it with
 *   readOutput(execution)                // promise of the value; the last few are kept
 *
 * Up to AUTO bytes are read without asking; over MOST only a download is offered.
 */
import { api } from './api.js';

export const AUTO = 2 * 1_024 * 1_024;
export const MOST = 48 * 1_024 * 1_024;
const KEEP = 4;
const kept = new Map();

export function outputPath({ id }) {
  return `/api/executions/${encodeURIComponent(id)}/output`;
}

export function outputOf({ output, output_ref: ref }) {
  if (ref) return { state: 'away', value: null, size: ref.size ?? 0 };
  if (output === null || output === undefined) return { state: 'none', value: null, size: 0 };
  return { state: 'here', value: output, size: 0 };
}

export function handMade({ output, output_ref: ref, decision }) {
  if (!decision) return false;
  if (ref || decision.output_ref) return ref !== undefined && ref?.sha256 === decision.output_ref?.sha256;
  const given = decision.output ?? null;
  return given !== null && JSON.stringify(given) === JSON.stringify(output);
}

export function readOutput(execution) {
  const mark = `${execution.id} ${execution.output_ref?.sha256 ?? ''}`;
  if (!kept.has(mark)) {
    const reading = api.get(outputPath(execution), { timeout: 300_000 });
    reading.catch(() => kept.delete(mark));
    kept.set(mark, reading);
    if (kept.size > KEEP) kept.delete(kept.keys().next().value);
  }
  return kept.get(mark);
}
