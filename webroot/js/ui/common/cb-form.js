/*
 * A form drawn from a settings schema.
 *
 *   <cb-form .schema=${entry.settings_schema} .values=${given} .errors=${byPointer} .prefix=${'x'} @values=${…}></cb-form>
 *
 * Emits `values` { values, errors } on every change. `errors` (Map of pointer → sentence, e.g. from
 * the server) are shown on their fields. With `.preview` nothing can be changed. form.check() shows
 * and returns what is wrong. `prefix` keeps element ids apart.
 */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { askSecretNames, secretNames } from '../../core/secret-names.js';
import { check, controlOf, escape, read, startValues, write } from '../../core/schema-form.js';
import { toast } from '../../core/toasts.js';
import { problemText } from './stage-actions.js';

await useStyles('cb-form');

class CbForm extends CbElement {
  static properties = { schema: {}, values: {}, errors: {}, prefix: {}, preview: { type: Boolean }, touched: { state: true }, current: { state: true } };
  #asked = false;

  constructor() {
    super();
    Object.assign(this, { schema: [], values: {}, errors: new Map(), prefix: 'form', preview: false, touched: new Set(), current: {} });
    this.watch(secretNames);
  }

  willUpdate(changed) {
    if (changed.has('schema') || changed.has('values')) this.current = startValues(this.schema, this.values ?? {});
    if (!changed.has('schema')) return;
    this.touched = new Set();
    if (!this.#asksForSecrets || this.#asked) return;
    this.#asked = true;
    askSecretNames().catch((problem) => toast(problemText(problem), { tone: 'bad' }));
  }

  render() {
    const wrong = new Map(check(this.schema, this.current).map((error) => [error.pointer, t(`check.${error.code}`, error.params)]));
    return html`<div class="form-grid">${this.schema.map((entry) => this.#field(entry, wrong))}</div>
      ${this.#asksForSecrets ? html`<datalist id="${this.prefix}-secrets">${secretNames.state.names.map((name) => html`
        <option value=${`secret:${name}`}></option>`)}</datalist>` : nothing}`;
  }

  get #asksForSecrets() {
    return !this.preview && this.schema.some(({ type }) => type === 'secret');
  }

  check() {
    this.touched = new Set(this.schema.map(({ key }) => key));
    return check(this.schema, this.current);
  }

  #field(entry, wrong) {
    const { key, label, required, description } = entry;
    const pointer = `/${escape(key)}`;
    const error = this.errors?.get?.(pointer) ?? (this.touched.has(key) && !this.preview ? wrong.get(pointer) : undefined);
    const control = controlOf(entry);
    const id = `${this.prefix}-${key}`;
    const says = `${error ? `${id}-error ` : ''}${id}-hint`;
    const name = html`${label || key}${required ? html`<span class="required-mark" aria-hidden="true"> *</span>` : nothing}`;
    const body = { entry, id, control, says, error, value: this.current[key] };
    const after = html`<span class="hint" id="${id}-hint">${this.#hint(entry, description)}</span>
      ${error ? html`<span class="error" id="${id}-error">${error}</span>` : nothing}`;
    if (control === 'segmented') {
      return html`<fieldset class="field" data-key=${key} aria-describedby=${says}><legend class="label">${name}</legend>${this.#segmented(body)}${after}</fieldset>`;
    }
    if (control === 'switch') {
      return html`<div class="field field-switch" data-key=${key}><label for=${id}>${name}</label>${this.#control(body)}${after}</div>`;
    }
    return html`<div class="field" data-key=${key} data-wide=${control === 'lines' || control === 'code' ? '' : nothing}>
      <label for=${id}>${name}</label>${this.#control(body)}${after}</div>`;
  }

  #hint({ key, type, min, max }, description) {
    const bounds = min !== undefined && min !== null && max !== undefined && max !== null ? t('form.between', { min, max })
      : min !== undefined && min !== null ? t('form.from', { min }) : max !== undefined && max !== null ? t('form.to', { max }) : '';
    return html`<code>${key}</code> · ${t(`type.${type}`)}${bounds ? ` · ${bounds}` : ''}${description ? ` · ${description}` : ''}`;
  }

  #control({ entry, id, control, says, error, value }) {
    const set = ({ target }) => this.#set(entry, control === 'switch' ? target.checked : target.value);
    const invalid = error ? 'true' : nothing;
    const { preview } = this;
    const required = entry.required ? 'true' : nothing;
    if (control === 'switch') return html`<input class="switch" type="checkbox" role="switch" id=${id} aria-describedby=${says} .checked=${value === true} ?disabled=${preview} @change=${set}>`;
    if (control === 'list') {
      return html`<select class="select" id=${id} aria-describedby=${says} aria-invalid=${invalid} aria-required=${required} ?disabled=${preview} @change=${set}>
        <option value="" .selected=${value === undefined}>${t('form.choose')}</option>
        ${(entry.options ?? []).map((option) => html`<option value=${option.value} .selected=${String(option.value) === String(value)}>${option.label ?? option.value}</option>`)}</select>`;
    }
    if (control === 'lines' || control === 'code') {
      return html`<textarea dir="auto" class="textarea ${control === 'code' ? 'mono' : ''}" id=${id} rows="3" spellcheck=${control === 'code' ? 'false' : 'true'} aria-describedby=${says}
        aria-invalid=${invalid} aria-required=${required} ?readonly=${preview} .value=${write(entry, value)} @input=${set} @blur=${() => this.#touch(entry)}></textarea>`;
    }
    return html`<input dir="auto" class="input" id=${id} type="text" inputmode=${control === 'number' ? 'decimal' : nothing} autocomplete="off"
      aria-describedby=${says} aria-invalid=${invalid} aria-required=${required} ?readonly=${preview} placeholder=${control === 'secret' ? t('form.secret') : nothing}
      list=${control === 'secret' && !preview ? `${this.prefix}-secrets` : nothing}
      .value=${write(entry, value)} @input=${set} @blur=${() => this.#touch(entry)}>`;
  }

  #segmented({ entry, id, value }) {
    return html`<div class="segmented">${(entry.options ?? []).map((option) => html`<label><input type="radio" name=${id} value=${option.value}
      .checked=${String(option.value) === String(value)} ?disabled=${this.preview} @change=${() => this.#set(entry, option.value)}><span>${option.label ?? option.value}</span></label>`)}</div>`;
  }

  #set(entry, raw) {
    this.current = { ...this.current, [entry.key]: read(entry, raw) };
    this.emit('values', { values: this.current, errors: check(this.schema, this.current) });
  }

  #touch({ key }) {
    this.touched = new Set([...this.touched, key]);
  }
}

customElements.define('cb-form', CbForm);
