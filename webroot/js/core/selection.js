/*
 * Which stages a task is to run: what is suggested, what is ticked, what needs what, and the numbers. No DOM.
 *
 *   const given = suggestions(execution, stages);   // { given, by, reasons: Map id → reason, unknown: [names] }
 *   startTicks(stages, given, fixed)                // Set of ids; nothing suggested that exists = all
 *   tick(stages, ticked, id)                        // { ticked, added: [ids] }: with all that it needs
 *   untick(stages, ticked, id, fixed)               // { ticked } or { ask: [ids that go too] }
 *   numbers(stages, ticked)                         // Map id → 1…n
 *   neededBy(stages, ticked, id)                    // ticked stages that cannot do without it
 *   changedSuggestions(before, now)                 // ids whose suggestion or reason is another
 */
const BEGUN = new Set(['running', 'awaiting_approval', 'approved', 'completed', 'failed']);

export const fold = (name) => String(name ?? '').trim().toLowerCase();

export function inOrder(stages = []) {
  return [...stages].sort((a, b) => (a.sort_order ?? 0) - (b.sort_order ?? 0));
}

/** Stages that cannot be chosen any more: locked ones, the one decided on, and those that have begun. */
export function fixedOf(stages, currentId) {
  return new Set(
    stages
      .filter(
        ({ id, locked, status, selected }) => locked || id === currentId || (selected !== false && BEGUN.has(status)),
      )
      .map(({ id }) => id),
  );
}

/** From the server's matching where it says so, else by trimmed name in any case. */
export function suggestions({ suggestions: sent, suggested_by: said, output, input } = {}, stages = []) {
  const list = [sent, output?.suggested_stages, input?.suggested_stages].find(Array.isArray) ?? null;
  const by = said ?? (Array.isArray(output?.suggested_stages) ? 'model' : input?.suggested_by) ?? null;
  const result = { given: list !== null, by, reasons: new Map(), unknown: [] };
  const byName = new Map(stages.map(({ id, name }) => [fold(name), id]));
  const known = new Set(stages.map(({ id }) => id));
  for (const each of list ?? []) {
    const { name, reason } = each ?? {};
    const id = each && 'stage_template_id' in each ? each.stage_template_id : byName.get(fold(name));
    if (known.has(id)) result.reasons.set(id, String(reason ?? ''));
    else if (fold(name)) result.unknown.push(String(name).trim());
  }
  return result;
}

export function startTicks(stages, { given, reasons }, fixed = new Set()) {
  const all = !given || ![...reasons.keys()].some((id) => !fixed.has(id));
  let ticked = new Set(fixed);
  for (const { id } of stages) if (all || reasons.has(id)) ticked = tick(stages, ticked, id).ticked;
  return ticked;
}

export function tick(stages, ticked, id) {
  const byId = new Map(stages.map((stage) => [stage.id, stage]));
  const next = new Set(ticked);
  const added = [];
  const waiting = [id];
  while (waiting.length) {
    const each = waiting.pop();
    if (next.has(each) || !byId.has(each)) continue;
    next.add(each);
    if (each !== id) added.push(each);
    waiting.push(...(byId.get(each).needs ?? []));
  }
  return { ticked: next, added };
}

export function neededBy(stages, ticked, id) {
  return stages.filter((stage) => ticked.has(stage.id) && (stage.needs ?? []).includes(id));
}

/** Everything ticked that would be left without something it needs, nearest first. */
function dependents(stages, ticked, id) {
  const found = [];
  const waiting = [id];
  while (waiting.length) {
    for (const stage of neededBy(stages, ticked, waiting.shift())) {
      if (stage.id === id || found.includes(stage.id)) continue;
      found.push(stage.id);
      waiting.push(stage.id);
    }
  }
  return found;
}

export function untick(stages, ticked, id, fixed = new Set()) {
  if (fixed.has(id)) return { ticked };
  const also = dependents(stages, ticked, id);
  if (also.length) return { ask: also, blocked: also.filter((each) => fixed.has(each)) };
  return { ticked: without(ticked, [id]) };
}

export function without(ticked, ids) {
  return new Set([...ticked].filter((id) => !ids.includes(id)));
}

export function numbers(stages, ticked) {
  return new Map(inOrder(stages).filter(({ id }) => ticked.has(id)).map(({ id }, i) => [id, i + 1]));
}

/** The stages as the stepper would show them with these ticks. */
export function withTicks(stages, ticked) {
  const order = numbers(stages, ticked);
  return stages.map((stage) => ({ ...stage, selected: order.has(stage.id), number: order.get(stage.id) ?? null }));
}

export function changedSuggestions(before, now) {
  const ids = new Set([...before.reasons.keys(), ...now.reasons.keys()]);
  return [...ids].filter((id) => before.reasons.get(id) !== now.reasons.get(id));
}

/** What redoing a stage repeats: the selected stages behind it that have a result. */
export function repeatedBy(stages, id) {
  const order = inOrder(stages);
  const at = order.findIndex((stage) => stage.id === id);
  return order.slice(at + 1).filter(({ selected, status }) => selected !== false && status !== 'pending');
}

/**
 * What is suggested now: what the result says that a person fills in or edits, where it says anything of stages, else
 * what the attempt itself suggests.
 */
export function suggestionsNow(execution, { output } = {}, stages = []) {
  if (!Array.isArray(output?.suggested_stages)) return suggestions(execution, stages);
  return suggestions({ output, suggested_by: 'result' }, stages);
}

/**
 * The ticks after the suggestions changed: they follow, except where the person ticked or unticked (`touched`), and
 * what
 * such a choice takes along.
 */
export function followTicks(stages, given, { ticked, touched, fixed }) {
  let next = startTicks(stages, given, fixed);
  for (const id of touched) {
    if (ticked.has(id)) next = tick(stages, next, id).ticked;
    else if (next.has(id) && !fixed.has(id))
      next = without(
        next,
        [id, ...dependents(stages, next, id)].filter((each) => !fixed.has(each)),
      );
  }
  return next;
}

/** Ids whose tick is another in the one set than in the other. */
export function differing(one, other) {
  return [...one, ...other].filter((id) => one.has(id) !== other.has(id));
}

/**
 * The stages that a result suggests when it is approved. What it says itself stays, with the reasons that the person
 * typed; one that says nothing gets what was ticked.
 */
export function suggestedStages(output, { stages, ticked, fixed, given, reasons, fallback }) {
  const typed = new Map(
    stages.map(({ id, name }) => [fold(name), String(reasons[id] ?? '').trim()]).filter(([, reason]) => reason),
  );
  if (Array.isArray(output.suggested_stages)) {
    return output.suggested_stages.map((each) =>
      typed.has(fold(each?.name)) ? { ...each, reason: typed.get(fold(each.name)) } : each,
    );
  }
  return stages
    .filter(({ id }) => ticked.has(id) && !fixed.has(id))
    .map(({ id, name }) => ({
      name,
      reason: typed.get(fold(name)) || (given.reasons.get(id) ?? '').trim() || fallback,
    }));
}
