/* Who or what runs a custom stage, and what that needs to know: both as the server says (core/executors.js). */
import { html, nothing } from 'lit';
import { choicesOf, executorNamed } from '../core/executors.js';
import { has, t } from '../core/i18n.js';
import { selectField, textField } from './field.js';
import { icon } from './icons.js';

const named = (executor) => (has(`executor.name.${executor}`) ? t(`executor.name.${executor}`) : executor);

export function executorFields({ draft, executors, change, error }) {
  const { executor, config } = draft;
  const own = executorNamed(executors, executor);
  return html`<fieldset class="rows-editor"><legend class="label">${t('executor.title')}</legend>
    ${selectField({
      id: 'field-executor', testid: 'field-executor', label: t('executor.label'), value: executor,
      hint: has(`executor.${executor}`) ? t(`executor.${executor}`) : undefined, error: error('/executor'),
      options: choices(executors, executor), set: (value) => change({ executor: value }),
    })}
    ${own?.reason ? html`<p class="notice notice-wait" role="note" data-testid="executor-off">${icon('warn')}<span>
      ${own.reason} ${t('executor.off_anyway')}</span></p>` : nothing}
    ${own?.note ? html`<p class="hint" data-testid="executor-note">${own.note}</p>` : nothing}
    ${(own?.config_schema ?? []).map((entry) => configField({ entry, executor, config, change, error }))}
    ${error('/executor_config') ? html`<p class="error-text">${error('/executor_config')}</p>` : nothing}
  </fieldset>`;
}

/** What runs here first; the rest stands apart. The draft's own one is there even while the others are not known. */
function choices(executors, chosen) {
  const offered = executors.filter(({ custom }) => custom);
  const option = ({ executor, available }) => ({
    value: executor, label: named(executor), group: available ? undefined : t('executor.not_here'),
  });
  const known = [...offered.filter(({ available }) => available), ...offered.filter(({ available }) => !available)];
  const all = known.map(option);
  return all.some(({ value }) => value === chosen) ? all : [{ value: chosen, label: named(chosen) }, ...all];
}

function configField({ entry, executor, config, change, error }) {
  const { key, type, label, required, max } = entry;
  const name = `executor.${executor}_${key}`;
  const said = {
    id: `config-${key}`, testid: `config-${key}`, label: has(name) ? t(name) : label, required,
    hint: has(`${name}_hint`) ? t(`${name}_hint`, { max }) : undefined, error: error(`/executor_config/${key}`),
  };
  if (type === 'select') return choiceField({ entry, said, config, change });
  const lines = { text: 5, json: 3 }[type] ?? 0;
  const set = (text) => change({ config: { ...config, [key]: type === 'json' ? words(text) : text } });
  const number = type === 'number' || type === 'integer';
  return textField({
    ...said, lines, set, mono: type !== 'text' && !number, mode: number ? 'decimal' : undefined, value: shown(config[key]),
  });
}

function choiceField({ entry, said, config, change }) {
  const chosen = config[entry.key] ?? '';
  const named = ({ value, label, usual, lost }) => {
    if (lost) return t('executor.not_offered', { value });
    return label ?? (usual === undefined ? '' : t('executor.default', { value: usual }));
  };
  return selectField({
    ...said, value: chosen, set: (value) => change({ config: { ...config, [entry.key]: value } }),
    options: choicesOf(entry, chosen).map((choice) => ({ value: choice.value, label: named(choice) })),
  });
}

/** A list of texts is one text a line; any other JSON value is written as such. */
function shown(value) {
  if (Array.isArray(value) && value.every((word) => typeof word === 'string')) return value.join('\n');
  return value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}

function words(text) {
  if (!/^\s*[{["]/.test(text)) return text.split('\n');
  try {
    return JSON.parse(text);
  } catch {
    return text.split('\n');
  }
}
