/*
 * What is wrong with a stage definition, before it is sent: [{ pointer, code, params }]. No DOM.
 * The server decides; this only answers sooner.
 */
import { isPortType } from './port-type.js';
import { checkSchema } from './schema-form.js';
import { isObjectBegun } from './stage-draft.js';
import { isId } from './text.js';

const PORT_NAME = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/;

/** `config` is the schema of the executor's configuration. */
export function checkDefinition(definition, { taken = () => false, config = [] } = {}) {
  const errors = [];
  const at = (pointer, code, params) => errors.push({ pointer, code, params });
  if (!definition.name?.trim()) at('/name', 'required');
  if (!definition.id) at('/id', 'required');
  else if (!isId(definition.id)) at('/id', 'id');
  else if (taken(definition.id)) at('/id', 'taken', { id: definition.id });
  for (const side of ['inputs', 'outputs']) checkPorts(definition.ports?.[side] ?? [], `/ports/${side}`, at);
  for (const { key, type } of config) {
    const value = definition.executor_config?.[key];
    if (type === 'json' && typeof value === 'string' && isObjectBegun(value)) at(`/executor_config/${key}`, 'json');
  }
  if (Object.values(definition.ledger ?? {}).includes('')) at('/ledger', 'ledger');
  return [...errors, ...checkSchema(definition.settings_schema)];
}

function checkPorts(ports, base, at) {
  const seen = new Set();
  ports.forEach(({ name, type }, i) => {
    if (!name) at(`${base}/${i}/name`, 'required');
    else if (!PORT_NAME.test(name)) at(`${base}/${i}/name`, 'port');
    else if (seen.has(name)) at(`${base}/${i}/name`, 'twice');
    seen.add(name);
    if (!type) at(`${base}/${i}/type`, 'required');
    else if (!isPortType(type)) at(`${base}/${i}/type`, 'type');
  });
}
