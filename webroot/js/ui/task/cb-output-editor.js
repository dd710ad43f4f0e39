/*
 * An output to fill in or to edit: a form, or the whole of it as text to paste into.
 *
 *   <cb-output-editor .schema .value .errors .skip .prefix .main @value=${…}></cb-output-editor>
 *
 * Emits `value` { value } (undefined when emptied) and `typed` { text } for text that cannot be read (yet), which
 * `.start` puts back; editor.check() shows what is wrong and answers the faults.
 */
import { live } from 'lit/directives/live.js';
import { CbElement, html, nothing } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { checkOutput, isText, kindOfField, pasted } from '../../core/output-form.js';
import './cb-value-form.js';

class CbOutputEditor extends CbElement {
  static properties = { schema: {}, value: {}, errors: {}, skip: {}, prefix: {}, main: {}, label: {}, start: {}, mode: { state: true }, typed: { state: true }, left: { state: true } };

  constructor() {
    super();
    Object.assign(this, { schema: {}, value: undefined, errors: new Map(), skip: [], prefix: 'out', main: null, label: '', start: null, mode: null, typed: null, left: false });
  }

  willUpdate(changed) {
    if (changed.has('start') && !this.hasUpdated && this.start !== null) Object.assign(this, { typed: this.start, mode: 'text' });
  }

  get #formed() {
    return kindOfField(this.schema) === 'group';
  }

  render() {
    const mode = this.#formed ? this.mode ?? 'form' : 'text';
    return html`${this.#formed ? html`<div class="segmented editor-modes" role="radiogroup" aria-label=${t('manual.how')}>${['form', 'text'].map((each) => html`<label><input type="radio" name="${this.prefix}-mode" value=${each} data-testid="mode-${each}" .checked=${each === mode} @change=${() => this.#switch(each)}><span>${t(`manual.mode_${each}`)}</span></label>`)}</div>` : nothing}
      ${mode === 'form' ? html`<cb-value-form .schema=${this.schema} .value=${this.value} .errors=${this.errors} .skip=${this.skip} .prefix=${this.prefix} .main=${this.main} @value=${({ detail }) => { this.value = detail.value; }}></cb-value-form>` : this.#text()}`;
  }

  faults() {
    if (this.typed !== null && this.#read(this.typed).fault) return [{ pointer: '', code: 'json' }];
    return checkOutput(this.schema, this.value);
  }

  async check() {
    this.left = true;
    await this.querySelector('cb-value-form')?.check();
    return this.faults();
  }

  #text() {
    const plain = isText(this.schema);
    const text = this.typed ?? (this.value === undefined ? '' : plain || typeof this.value === 'string' ? this.value : JSON.stringify(this.value, null, 2));
    const found = this.left ? this.faults() : [];
    const lines = [...(this.errors ?? [])].map(([pointer, detail]) => (pointer ? `${pointer}: ${detail}` : detail));
    const errors = lines.length ? lines : found.map(({ pointer, code, params }) => `${pointer ? `${pointer}: ` : ''}${t(`check.${code}`, params)}`);
    const id = `${this.prefix}-text`;
    return html`<div class="field"><label for=${id}>${this.label || t(plain ? 'manual.text' : 'manual.json')}</label>
      <textarea dir="auto" class="textarea ${plain ? '' : 'mono'}" id=${id} rows="14" spellcheck=${plain ? 'true' : 'false'} data-testid="manual-output" aria-describedby="${id}-hint${errors.length ? ` ${id}-error` : ''}" aria-invalid=${errors.length ? 'true' : nothing}
        .value=${live(text)} @input=${({ target }) => this.#typed(target.value)} @blur=${() => { this.left = true; }}></textarea>
      <span class="hint" id="${id}-hint">${t(plain ? 'manual.markdown' : 'manual.json_hint')}</span>
      ${errors.length ? html`<div class="error-list" id="${id}-error">${errors.slice(0, 6).map((line) => html`<p class="error-text">${line}</p>`)}</div>` : nothing}</div>`;
  }

  #read(text) {
    if (text.trim() === '') return { value: undefined };
    return pasted(text, this.schema);
  }

  #typed(text) {
    this.typed = text;
    const { value, fault } = this.#read(text);
    if (fault) {
      this.requestUpdate();
      this.emit('typed', { text });
      return;
    }
    this.value = value;
    this.emit('value', { value });
  }

  #switch(mode) {
    this.mode = mode;
    this.typed = null;
    this.left = false;
  }
}

customElements.define('cb-output-editor', CbOutputEditor);
