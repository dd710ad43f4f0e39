/*
 * A stage definition (what is sent) and a palette entry (what is shown). No DOM.
 */
const WRITTEN_BY_THE_SERVER = new Set([
  'origin',
  'custom',
  'available',
  'reason',
  'needs_prompt',
  'plugin',
  'revision',
  'execution_type',
]);

/** `manual` or `{type: 'http', url: …}` with or without executor_config, as `{type, config}`. */
export function executorOf({ executor, executor_config: config = {} }) {
  if (executor && typeof executor === 'object') {
    const { type = 'manual', ...rest } = executor;
    return { type, config: { ...rest, ...config } };
  }
  return { type: executor || 'manual', config: config ?? {} };
}

/** The definition that would make this entry again; members that this page does not know stay. */
export function definitionOf(entry) {
  const kept = Object.entries(entry).filter(
    ([key, value]) => !WRITTEN_BY_THE_SERVER.has(key) && value !== undefined && value !== null,
  );
  const { type, config } = executorOf(entry);
  return structuredClone({ ...Object.fromEntries(kept), executor: type, executor_config: config });
}

/** How a definition that the server does not have yet is shown. */
export function entryOf(definition, known = {}) {
  const { type, config } = executorOf(definition);
  return {
    available: true,
    description: '',
    settings_schema: [],
    dependencies: [],
    ...known,
    ...definition,
    label: definition.label ?? definition.name ?? definition.id,
    type: definition.type ?? 'stage',
    ports: { inputs: [], outputs: [], ...definition.ports },
    executor: type,
    executor_config: config,
    origin: 'custom',
    custom: true,
  };
}

/** A copy to start a new custom stage from. */
export function copyOf(entry, name, id) {
  const definition = { ...definitionOf(entry), id, name, label: name };
  if (definition.executor === 'java') Object.assign(definition, { executor: 'manual', executor_config: {} });
  return definition;
}
