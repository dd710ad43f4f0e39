/* Who or what runs a custom stage, and what that needs to know. */
import { html, nothing } from 'lit';
import { t } from '../core/i18n.js';
import { selectField, textField } from './field.js';

export const EXECUTORS = ['manual', 'prompt', 'http', 'expression', 'command', 'worker'];

const FIELDS = {
  manual: [{ key: 'instructions', lines: 3 }],
  prompt: [{ key: 'prompt', lines: 5 }],
  http: [{ key: 'url' }, { key: 'method' }],
  expression: [{ key: 'template', lines: 4, mono: true }],
  command: [{ key: 'command', lines: 3, mono: true, list: true }, { key: 'workdir', mono: true }],
  worker: [{ key: 'topic' }],
};

export function executorFields({ draft, change, error }) {
  const { executor, config } = draft;
  const known = EXECUTORS.includes(executor) ? EXECUTORS : [...EXECUTORS, executor];
  const given = (key) => {
    const value = config[key];
    if (Array.isArray(value) && value.every((word) => typeof word === 'string')) return value.join('\n');
    return value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  };
  return html`<fieldset class="rows-editor"><legend class="label">${t('executor.title')}</legend>
    ${selectField({ id: 'field-executor', testid: 'field-executor', label: t('executor.label'), value: executor, hint: t(`executor.${executor}`), error: error('/executor'),
      options: known.map((value) => ({ value, label: t(`executor.name.${value}`) })), set: (value) => change({ executor: value }) })}
    ${(FIELDS[executor] ?? []).map(({ key, list, ...shape }) => textField({ id: `config-${key}`, testid: `config-${key}`, label: t(`executor.${executor}_${key}`),
      value: given(key), set: (value) => change({ config: { ...config, [key]: list ? value.split('\n') : typeof config[key] === 'object' ? parsed(value) : value } }),
      hint: list ? t(`executor.${executor}_${key}_hint`) : undefined, error: error(`/executor_config/${key}`), ...shape }))}
    ${error('/executor_config') ? html`<p class="error-text">${error('/executor_config')}</p>` : nothing}
  </fieldset>`;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
