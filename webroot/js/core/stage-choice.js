/*
 * The choice of stages at an approval: what is on offer, and how its ticks follow what is suggested. No DOM.
 *
 *   // null, or { given, stages, fixed, ticked: the draft's own set while valid }
 *   choiceOf({ execution, task, step, draft })
 *   follow({ execution, task, step, draft })     // null, or the patch of the draft: { ticked, seen, changed }
 *
 * The first ticks are the suggested ones. When a person's own result suggests others, the ticks follow it except where
 * the person ticked or unticked; when the server suggests others, the ticks stay. Both mark the rows.
 */
import {
  changedSuggestions,
  differing,
  fixedOf,
  followTicks,
  inOrder,
  startTicks,
  suggestionsNow,
} from './selection.js';

export function choiceOf({ execution, task, step, draft }) {
  const given = suggestionsNow(execution, draft, task.stages);
  if (!given.given) return null;
  const stages = inOrder(task.stages);
  const fixed = fixedOf(stages, step.id);
  const known = new Set(stages.map(({ id }) => id));
  const valid = new Set([...fixed, ...(draft.ticked ?? [])].filter((id) => known.has(id)));
  const same = draft.ticked?.size === valid.size && differing(valid, draft.ticked).length === 0;
  return { given, stages, fixed, ticked: same ? draft.ticked : valid };
}

export function follow({ execution, task, step, draft }) {
  const choice = choiceOf({ execution, task, step, draft });
  if (!choice) return null;
  const { given, stages, fixed, ticked } = choice;
  if (draft.ticked === null) return { ticked: startTicks(stages, given, fixed), seen: given };
  if (draft.seen === null) return { seen: given };
  const fresh = changedSuggestions(draft.seen, given);
  if (fresh.length === 0 && draft.seen.by === given.by) return null;
  const moves = given.by === 'result' || draft.seen.by === 'result';
  return {
    seen: given,
    changed: [...new Set([...draft.changed, ...fresh])],
    ticked: moves ? followTicks(stages, given, { ticked, touched: draft.touched, fixed }) : draft.ticked,
  };
}

/** What the draft keeps after a person's tick: also which stages are theirs to say from now on. */
export function ticksBy(draft, { ticked, ask }) {
  return { ask, ticked, touched: new Set([...draft.touched, ...differing(draft.ticked ?? new Set(), ticked)]) };
}
