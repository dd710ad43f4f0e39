/* Who or what runs a custom stage, and what that needs to know: both as the server says (core/executors.js). */
import { html, nothing } from 'lit';
import { choicesOf, executorNamed } from '../../core/executors.js';
import { has, t } from '../../core/i18n.js';
import { jsonOf } from '../../core/stage-draft.js';
import { selectField, textField } from '../common/field.js';
import { icon } from '../common/icons.js';

/** Texts that are code. */
const CODE = new Set(['expression_expression', 'http_response']);

const named = (executor) => (has(`executor.name.${executor}`) ? t(`executor.name.${executor}`) : executor);

export function executorFields({ draft, executors, change, error }) {
  const { executor } = draft;
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
    ${(own?.config_schema ?? []).map((entry) => configField({ entry, executor, draft, change, error }))}
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

function configField({ entry, executor, draft, change, error }) {
  const { config, typed = {} } = draft;
  const { key, type, label, required, max } = entry;
  const name = `executor.${executor}_${key}`;
  const labels = {
    id: `config-${key}`, testid: `config-${key}`, label: has(name) ? t(name) : label, required,
    hint: has(`${name}_hint`) ? t(`${name}_hint`, { max }) : undefined, error: error(`/executor_config/${key}`),
  };
  const set = (value) => change({ config: { ...config, [key]: value } });
  if (type === 'select') {
    const chosen = config[key] ?? entry.default;
    const options = choicesOf(entry, chosen).map((choice) => ({ value: choice.value, label: choiceLabel(choice) }));
    return selectField({ ...labels, options, value: shown(chosen), set });
  }
  if (type !== 'json') {
    const number = type === 'number' || type === 'integer';
    return textField({
      ...labels, mono: type === 'string' || CODE.has(`${executor}_${key}`), mode: number ? 'decimal' : undefined,
      lines: type === 'text' ? 5 : 0, value: shown(config[key]), set,
    });
  }
  // JSON stays as it is typed: written out again, it would move under the hands of who types.
  return textField({
    ...labels, mono: true, lines: 3, value: typed[key] ?? shown(config[key]),
    set: (text) => change({ config: { ...config, [key]: jsonOf(text) }, typed: { ...typed, [key]: text } }),
  });
}

function choiceLabel({ value, label, open, lost }) {
  if (lost) return t('executor.not_offered', { value });
  return open ? t('form.choose') : label;
}

/** A list of texts is one text a line; any other JSON value is written as such. */
function shown(value) {
  if (Array.isArray(value) && value.every((word) => typeof word === 'string')) return value.join('\n');
  return value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
