/* The settings schema while it is edited: one card for each setting. */
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '../../core/i18n.js';
import { TYPES } from '../../core/schema-form.js';
import { newSetting } from '../../core/stage-draft.js';
import { selectField, textField } from '../common/field.js';
import { icon } from '../common/icons.js';

const BOUNDED = new Set(['number', 'integer', 'string', 'text']);

/** `change(settings)` gets the new list; `error(pointer)` and `left(pointer)` are the dialog's. */
export function schemaEditor({ settings, change, error, left }) {
  const move = (i, by) => {
    const list = [...settings];
    list.splice(i + by, 0, ...list.splice(i, 1));
    change(list);
  };
  return html`<fieldset class="rows-editor">
    <legend class="label">${t('settings.title')}</legend>
    <p class="hint muted tiny">${t('settings.hint')}</p>
    ${repeat(settings, ({ row }) => row, (setting, i) => card({ settings, setting, i, change, error, left, move }))}
    <button class="btn btn-sm" type="button" data-testid="add-setting" @click=${() => change([...settings, newSetting()])}>${icon('plus', 14)}${t('settings.add')}</button>
  </fieldset>`;
}

function card({ settings, setting, i, change, error, left, move }) {
  const patch = (values) => change(settings.with(i, { ...setting, ...values }));
  const { row, type } = setting;
  const cell = (part, more = {}) => textField({
    id: `setting-${row}-${part}`, label: t(`settings.${part}`), value: String(setting[part]), testid: `setting-${part}`,
    set: (value) => patch({ [part]: value }), left: () => left(`/settings_schema/${i}/${part}`), error: error(`/settings_schema/${i}/${part}`), ...more,
  });
  const name = setting.label || setting.key || t('settings.unnamed', { n: i + 1 });
  return html`<div class="setting-card" role="group" aria-label=${name} data-testid="setting-row">
    <div class="setting-grid">
      ${cell('key', { required: true, mono: true })}
      ${selectField({ id: `setting-${row}-type`, label: t('settings.type'), value: type, testid: 'setting-type', error: error(`/settings_schema/${i}/type`),
        options: TYPES.map((value) => ({ value, label: t(`type.${value}`) })), set: (value) => patch({ type: value }) })}
      ${cell('label')}
      ${type === 'secret' ? nothing : start(setting, cell, patch)}
      ${BOUNDED.has(type) ? html`${cell('min')}${cell('max')}` : nothing}
      ${type === 'select' ? html`<div class="wide">${cell('options', { lines: 3, hint: t('settings.options_hint') })}</div>` : nothing}
    </div>
    <div class="row-wrap setting-foot">
      <label class="row"><input class="check" type="checkbox" .checked=${setting.required} @change=${({ target }) => patch({ required: target.checked })}> ${t('settings.required')}</label>
      <span class="grow"></span>
      <button class="btn btn-quiet btn-sm btn-icon" type="button" aria-label=${t('settings.up', { name })} ?disabled=${i === 0} @click=${() => move(i, -1)}>${icon('up', 16)}</button>
      <button class="btn btn-quiet btn-sm btn-icon" type="button" aria-label=${t('settings.down', { name })} ?disabled=${i === settings.length - 1} @click=${() => move(i, 1)}>${icon('down', 16)}</button>
      <button class="btn btn-quiet btn-sm btn-icon" type="button" aria-label=${t('settings.remove', { name })} @click=${() => change(settings.toSpliced(i, 1))}>${icon('trash', 16)}</button>
    </div>
  </div>`;
}

function start(setting, cell, patch) {
  if (setting.type !== 'boolean') return cell('default', setting.type === 'text' || setting.type === 'json' ? { lines: 2, mono: setting.type === 'json' } : {});
  return selectField({ id: `setting-${setting.row}-default`, label: t('settings.default'), value: String(setting.default),
    options: ['', 'true', 'false'].map((value) => ({ value, label: t(`settings.default_${value || 'none'}`) })), set: (value) => patch({ default: value }) });
}
