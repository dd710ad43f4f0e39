/*
 * What is typed and chosen for a new task, kept in this browser until the task is made. No DOM.
 * `typed` is the title once somebody wrote one, `choices` go by pipeline; files stay by what the server has of them,
 * else by name.
 */
const PLACE = 'new-task';

export const blank = () => ({ typed: null, description: '', chosen: null, choices: {} });

/** { values, items, at } or null. */
export function keptTask(drafts) {
  const found = drafts.read(PLACE);
  if (!found) return null;
  const { items, ...values } = found.value;
  return { values: { ...blank(), ...values }, items, at: found.at };
}

/** Keeps it, or drops what was kept when there is nothing to keep. */
export function keepTask(drafts, { typed, description, chosen, choices }, given) {
  const items = given.filter(({ kind, text }) => kind === 'file' || text.trim());
  if (items.length || typed || description || Object.keys(choices).length) {
    drafts.keep(PLACE, { typed, description, chosen, choices, items });
  } else drafts.drop(PLACE);
}

export const dropTask = (drafts) => drafts.drop(PLACE);
