/* The dialog in which an output is edited before it is approved. The original stays beside it. Tells `saved` { value } and `closed`. */
import { CbElement, html, nothing } from '../core/base.js';
import { t } from '../core/i18n.js';
import { schemaOf } from '../core/output-form.js';
import { icon } from './icons.js';
import './cb-output-editor.js';

class CbEditOutput extends CbElement {
  static properties = { step: {}, value: {}, errors: {}, now: { state: true }, wrong: { state: true } };

  firstUpdated() {
    this.querySelector('dialog').showModal();
  }

  willUpdate(changed) {
    if (changed.has('value')) this.now = this.value;
  }

  render() {
    return html`<dialog class="dialog" aria-labelledby="edit-title" data-testid="output-editor" @close=${() => this.emit('closed')}>
      <header class="dialog-head"><h2 class="grow" id="edit-title">${t('approval.edit_title', { name: this.step.name })}</h2>
        <button class="btn btn-quiet btn-icon" type="button" aria-label=${t('approval.edit_close')} @click=${this.#close}>${icon('close')}</button></header>
      <div class="dialog-body"><cb-output-editor .schema=${schemaOf(this.step)} .value=${this.now} .errors=${this.errors ?? new Map()} .prefix=${'edit'} @value=${({ detail }) => { this.now = detail.value; this.wrong = false; }}></cb-output-editor></div>
      <footer class="dialog-foot">${this.wrong ? html`<p class="error-text grow" role="alert">${icon('warn', 14)}${t('approval.edit_wrong')}</p>` : html`<span class="muted small grow">${t('approval.edit_hint')}</span>`}
        <button class="btn" type="button" @click=${this.#close}>${t('dialog.cancel')}</button>
        <button class="btn btn-primary" type="button" data-testid="save-edit" @click=${this.#save}>${t('approval.edit_save')}</button></footer></dialog>`;
  }

  #close = () => this.querySelector('dialog').close();

  #save = async () => {
    const faults = await this.querySelector('cb-output-editor').check();
    this.wrong = faults.length > 0;
    if (this.wrong) return;
    this.emit('saved', { value: this.now });
    this.#close();
  };
}

customElements.define('cb-edit-output', CbEditOutput);
