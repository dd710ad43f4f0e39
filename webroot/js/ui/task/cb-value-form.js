/*
 * A form for an output, drawn from its JSON Schema: fields, lists of rows, anything else as JSON.
 *
 *   <cb-value-form .schema .value .errors=${Map pointer → sentence} .skip=${['suggested_stages']} .prefix @value=${({ detail }) => detail.value}>
 *
 * A field is checked when it is left; form.check() checks everything, shows it, and answers the faults.
 */
import { live } from 'lit/directives/live.js';
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { has, t } from '../../core/i18n.js';
import { checkOutput, emptyOf, kindOfField, newRow, putAt } from '../../core/output-form.js';
import { icon } from '../common/icons.js';
import { labelOf } from './cb-approval.js';

await useStyles('cb-approval');

class CbValueForm extends CbElement {
  static properties = { schema: {}, value: {}, errors: {}, skip: {}, prefix: {}, main: {}, touched: { state: true }, all: { state: true }, raw: { state: true } };

  constructor() {
    super();
    Object.assign(this, { schema: {}, value: undefined, errors: new Map(), skip: [], prefix: 'out', main: null, touched: new Set(), all: false, raw: new Map() });
  }

  render() {
    const wrong = new Map();
    for (const { pointer, code, params } of this.faults()) if (!wrong.has(pointer)) wrong.set(pointer, t(`check.${code}`, params));
    this.wrong = wrong;
    return html`<div class="value-form">${this.#group(this.schema, this.value ?? {}, '')}</div>`;
  }

  faults() {
    return [...checkOutput(this.schema, this.value ?? emptyOf(this.schema) ?? {}), ...[...this.raw].filter(([, fault]) => fault).map(([pointer]) => ({ pointer, code: 'json' }))];
  }

  async check() {
    this.all = true;
    await this.updateComplete;
    return this.faults();
  }

  #group(schema, value, pointer) {
    const required = new Set(schema.required ?? []);
    return Object.entries(schema.properties ?? {}).filter(([key]) => !(pointer === '' && this.skip.includes(key)) && !(key === 'id' && pointer !== ''))
      .map(([key, each]) => this.#member(key, each, value?.[key], `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, required.has(key)));
  }

  #member(key, schema, value, pointer, required) {
    const kind = kindOfField(schema, key);
    const label = schema.title ?? (has(`field.${key}`) ? t(`field.${key}`) : labelOf(key));
    if (kind === 'rows') return this.#rows(schema, label, Array.isArray(value) ? value : [], pointer);
    if (kind === 'group') return html`<fieldset class="value-group"><legend class="label">${label}</legend>${this.#group(schema, value ?? {}, pointer)}</fieldset>`;
    const id = `${this.prefix}${pointer.replaceAll(/[^A-Za-z0-9]/g, '-')}`;
    const error = this.errors?.get(pointer) ?? (this.all || this.touched.has(pointer) ? this.wrong.get(pointer) : undefined);
    const hint = schema.description ?? (kind === 'words' ? t('manual.one_a_line') : kind === 'json' ? 'JSON' : kind === 'lines' ? t('manual.markdown') : '');
    const says = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ') || nothing;
    const wiring = { id, says, invalid: error ? 'true' : nothing, required: required ? 'true' : nothing };
    return html`<div class="field" data-kind=${kind}><label for=${id}>${label}${required && kind !== 'switch' ? html`<span class="required-mark" aria-hidden="true"> *</span>` : nothing}</label>
      ${this.#control(kind, key, schema, value, pointer, wiring)}
      ${hint ? html`<span class="hint" id="${id}-hint">${hint}</span>` : nothing}
      ${error ? html`<span class="error" id="${id}-error">${error}</span>` : nothing}</div>`;
  }

  #control(kind, key, schema, value, pointer, { id, says, invalid, required }) {
    const set = (part) => this.#set(pointer, part);
    const left = () => this.#left(pointer);
    const testid = key === this.main && pointer === `/${key}` ? 'manual-output' : nothing;
    if (kind === 'switch') return html`<input class="switch" type="checkbox" role="switch" id=${id} aria-describedby=${says} .checked=${live(value === true)} @change=${({ target }) => set(target.checked)}>`;
    if (kind === 'choice') return html`<select class="select" id=${id} aria-describedby=${says} aria-invalid=${invalid} @change=${({ target }) => set(target.value === '' ? undefined : schema.enum.find((each) => String(each) === target.value))} @blur=${left}>
      <option value="" .selected=${value === undefined}>${t('form.choose')}</option>${schema.enum.map((each) => html`<option value=${String(each)} .selected=${each === value}>${labelOf(each)}</option>`)}</select>`;
    if (kind === 'lines' || kind === 'words' || kind === 'json') {
      const text = kind === 'words' ? (value ?? []).join('\n') : kind === 'json' ? this.#json(pointer, value) : value ?? '';
      const read = ({ target }) => (kind === 'words' ? set(target.value ? target.value.split('\n') : []) : kind === 'json' ? this.#setJson(pointer, target.value) : set(target.value || undefined));
      return html`<textarea dir="auto" class="textarea ${kind === 'json' ? 'mono' : ''}" id=${id} rows=${pointer.split('/').length === 2 && kind === 'lines' ? 8 : 3} data-testid=${testid} aria-describedby=${says} aria-invalid=${invalid} aria-required=${required}
        .value=${live(text)} @input=${read} @blur=${() => { if (kind === 'words') set((value ?? []).map((each) => each.trim()).filter(Boolean)); left(); }}></textarea>`;
    }
    return html`<input dir="auto" class="input" id=${id} type="text" inputmode=${kind === 'number' ? 'decimal' : nothing} autocomplete="off" data-testid=${testid} aria-describedby=${says} aria-invalid=${invalid} aria-required=${required}
      .value=${live(value === undefined || value === null ? '' : String(value))} @input=${({ target }) => set(target.value === '' ? undefined : kind === 'number' && Number.isFinite(Number(target.value)) ? Number(target.value) : target.value)} @blur=${left}>`;
  }

  #rows(schema, label, rows, pointer) {
    const error = this.errors?.get(pointer) ?? (this.all ? this.wrong.get(pointer) : undefined);
    const one = (n) => t('manual.row', { n, label });
    return html`<fieldset class="value-rows" data-rows=${pointer}><legend class="label">${label} <span class="muted">${rows.length || ''}</span></legend>
      ${rows.map((row, i) => html`<div class="value-row" role="group" aria-label=${one(i + 1)}><div class="row"><span class="muted small grow">${one(i + 1)}</span>
          <button class="btn btn-sm btn-quiet btn-icon" type="button" aria-label=${t('manual.remove', { name: one(i + 1) })} @click=${() => this.#drop(pointer, rows, i)}>${icon('trash', 16)}</button></div>
        ${this.#group(schema.items, row, `${pointer}/${i}`)}</div>`)}
      ${error ? html`<p class="error-text" role="alert">${error}</p>` : nothing}
      <div><button class="btn btn-sm" type="button" data-testid="add-row" data-rows=${pointer} @click=${() => this.#add(schema, pointer, rows)}>${icon('plus', 14)}${t('manual.add', { label })}</button></div></fieldset>`;
  }

  #json(pointer, value) {
    const kept = this.raw.get(pointer);
    return kept ?? (value === undefined ? '' : JSON.stringify(value, null, 2));
  }

  #setJson(pointer, text) {
    const raw = new Map(this.raw);
    raw.delete(pointer);
    try {
      this.#set(pointer, text.trim() ? JSON.parse(text) : undefined);
    } catch {
      raw.set(pointer, text);
    }
    this.raw = raw;
  }

  async #add(schema, pointer, rows) {
    this.#set(pointer, [...rows, newRow(schema, rows)]);
    await new Promise(requestAnimationFrame);
    this.querySelector(`fieldset[data-rows="${pointer}"] > .value-row:last-of-type :is(input, textarea)`)?.focus();
  }

  #drop(pointer, rows, at) {
    this.#set(pointer, rows.filter((_, i) => i !== at));
    this.querySelector(`button[data-rows="${pointer}"]`)?.focus();
  }

  #set(pointer, part) {
    this.value = putAt(this.value ?? emptyOf(this.schema) ?? {}, pointer, part);
    this.emit('value', { value: this.value, pointer });
  }

  #left(pointer) {
    this.touched = new Set([...this.touched, pointer]);
  }
}

customElements.define('cb-value-form', CbValueForm);
