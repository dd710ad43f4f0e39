/*
 * The dialog in which an output is edited before it is approved. The original stays beside it. What is typed is kept as
 * a draft under `execution`, the attempt's id, until it is saved. Emits `saved` { value } and `closed`.
 */
import { keyed } from 'lit/directives/keyed.js';
import { CbElement, html, nothing } from '../../core/base.js';
import { drafts } from '../../core/drafts.js';
import { t } from '../../core/i18n.js';
import { schemaToEdit } from '../../core/output-form.js';
import { palette } from '../../core/palette.js';
import { draftKept, draftNotice } from '../common/draft-notice.js';
import { icon } from '../common/icons.js';
import './cb-output-editor.js';

class CbEditOutput extends CbElement {
  static properties = {
    step: {}, execution: {}, value: {}, errors: {}, now: { state: true }, typed: { state: true },
    wrong: { state: true }, restored: { state: true }, kept: { state: true }, turn: { state: true },
  };

  constructor() {
    super();
    Object.assign(this, { now: undefined, typed: null, wrong: false, restored: null, kept: null, turn: 0 });
  }

  firstUpdated() {
    this.querySelector('dialog').showModal();
  }

  willUpdate(changed) {
    if (changed.has('value') && this.kept === null) this.now = this.value;
    if (this.hasUpdated) return;
    const found = drafts.read(this.#place);
    if (!found) return;
    const { value, typed } = found.value;
    Object.assign(this, { now: value, typed, restored: found.at, kept: true });
  }

  get #place() {
    return `edit-output:${this.execution}`;
  }

  get #schema() {
    return schemaToEdit(this.step, palette.state.byId.get(this.step.type)?.entry, this.value);
  }

  render() {
    return html`<dialog class="dialog" aria-labelledby="edit-title" data-testid="output-editor" @close=${() => this.emit('closed')}>
      <header class="dialog-head"><h2 class="grow" id="edit-title">${t('approval.edit_title', { name: this.step.name })}</h2>
        <button class="btn btn-quiet btn-icon" type="button" aria-label=${t('approval.edit_close')} @click=${this.#close}>${icon('close')}</button></header>
      <div class="dialog-body stack">
        ${this.restored ? draftNotice({ at: this.restored, discard: this.#discard }) : nothing}
        ${keyed(this.turn, html`<cb-output-editor .schema=${this.#schema} .value=${this.now} .start=${this.typed}
          .errors=${this.errors ?? new Map()} .prefix=${'edit'} @value=${({ detail }) => this.#type(detail.value, null)}
          @typed=${({ detail }) => this.#type(this.now, detail.text)}></cb-output-editor>`)}</div>
      <footer class="dialog-foot">${this.#foot()}
        <button class="btn" type="button" @click=${this.#close}>${t('dialog.cancel')}</button>
        <button class="btn btn-primary" type="button" data-testid="save-edit" @click=${this.#save}>${t('approval.edit_save')}</button></footer></dialog>`;
  }

  #foot() {
    const wrong = t('approval.edit_wrong');
    if (this.wrong) return html`<p class="error-text grow" role="alert">${icon('warn', 14)}${wrong}</p>`;
    const hint = html`<span class="muted small">${t('approval.edit_hint')}</span>`;
    return html`<span class="grow">${this.kept === null ? hint : draftKept(this.kept)}</span>`;
  }

  /** Text that cannot be read yet is kept as well. */
  #type(value, typed) {
    Object.assign(this, { now: value, typed, wrong: false });
    this.kept = drafts.keep(this.#place, { value: value ?? null, typed });
  }

  #discard = () => {
    drafts.drop(this.#place);
    Object.assign(this, { now: this.value, typed: null, restored: null, kept: null, wrong: false });
    this.turn++;
  };

  #close = () => this.querySelector('dialog').close();

  #save = async () => {
    const faults = await this.querySelector('cb-output-editor').check();
    this.wrong = faults.length > 0;
    if (this.wrong) return;
    drafts.drop(this.#place);
    this.emit('saved', { value: this.now });
    this.#close();
  };
}

customElements.define('cb-edit-output', CbEditOutput);
