/*
 * What feeds the input ports of a stage, for forms and lists.
 *
 *   feeds(stages, stage, entryOf)   // what may be chosen for a port: "STAGE", or "STAGE.PORT" where there are several
 *   givenInputs(inputs)             // without the ports for which nothing is chosen
 *   placeholders(schema)            // the names that a prompt of a stage with these settings may use
 */
const ALWAYS = [
  'task_description', 'previous_output', 'user_input', 'prior_attempt_output', 'available_stages', 'stage_summaries',
  'input', 'task.title', 'task.id',
];

export function feeds(stages, { id, name: own } = {}, entryOf = () => undefined) {
  const others = stages.filter((each) => (id ? each.id !== id : each.name !== own));
  return others.flatMap(({ name, type }) => {
    const outputs = entryOf(type)?.ports?.outputs ?? [];
    return outputs.length < 2 ? [name] : outputs.map((port) => `${name}.${port.name}`);
  });
}

export function givenInputs(inputs = {}) {
  return Object.fromEntries(Object.entries(inputs).filter(([, from]) => from));
}

/** Secrets are in no text that others read. */
export function placeholders(schema = []) {
  return [...ALWAYS, ...schema.filter(({ type }) => type !== 'secret').map(({ key }) => `settings.${key}`)];
}
