/* The dialog that writes one value into a task's ledger. Tells `closed`. */
import { CbElement, html, nothing } from '../core/base.js';
import { t } from '../core/i18n.js';
import { ledgerKeyFault, ledgerValue } from '../core/ledger.js';
import { toast } from '../core/toasts.js';
import { textField } from './field.js';
import { icon } from './icons.js';
import { problemText } from './stage-actions.js';

class CbLedgerEdit extends CbElement {
  static properties = { task: {}, feed: {}, reason: {}, start: {}, key: { state: true }, text: { state: true }, fault: { state: true }, problem: { state: true }, busy: { state: true } };

  constructor() {
    super();
    Object.assign(this, { key: null, text: null, fault: null, problem: null, busy: false });
  }

  willUpdate() {
    this.key ??= this.start?.key ?? '';
    this.text ??= this.start && 'value' in this.start ? JSON.stringify(this.start.value, null, 2) : '';
  }

  firstUpdated() {
    this.querySelector('dialog').showModal();
    this.querySelector(this.key ? '#ledger-value' : '#ledger-key').focus();
  }

  render() {
    const { value, kind } = ledgerValue(this.text);
    return html`<dialog class="dialog ledger-dialog" aria-labelledby="ledger-title" data-testid="ledger-dialog" @close=${() => this.emit('closed')}>
      <header class="dialog-head"><h2 class="grow" id="ledger-title">${t('ledger.title')}</h2>
        <button class="btn btn-quiet btn-icon" type="button" aria-label=${t('ledger.close')} @click=${this.#close}>${icon('close')}</button></header>
      <form class="dialog-body stack" id="ledger-form" novalidate @submit=${this.#save}>
        ${this.reason ? html`<p class="notice">${icon('clock')}<span>${t('ledger.waits', { what: this.reason })}</span></p>` : nothing}
        ${textField({ id: 'ledger-key', testid: 'ledger-key', label: t('ledger.key'), hint: t('ledger.key_hint'), mono: true, required: true, value: this.key,
          error: this.fault ? t(`ledger.key_${this.fault}`) : undefined, set: (next) => { this.key = next; this.fault = null; } })}
        ${textField({ id: 'ledger-value', testid: 'ledger-value', label: t('ledger.value'), hint: t('ledger.value_hint'), mono: true, lines: 4, value: this.text, set: (next) => { this.text = next; } })}
        <p class="small muted" data-testid="ledger-kind" aria-live="polite">${this.text.trim() === '' ? t('ledger.kind_empty') : t(`ledger.kind_${kind}`, { value: String(value) })}</p>
        ${this.problem ? html`<div class="notice notice-bad" role="alert">${icon('warn')}<p>${this.problem}</p></div>` : nothing}
      </form>
      <footer class="dialog-foot"><button class="btn" type="button" @click=${this.#close}>${t('dialog.cancel')}</button>
        <button class="btn btn-primary" type="submit" form="ledger-form" data-testid="save-ledger" ?disabled=${this.busy}>${t('ledger.save')}</button></footer></dialog>`;
  }

  #close = () => this.querySelector('dialog').close();

  #save = async (event) => {
    event.preventDefault();
    const key = this.key.trim();
    this.fault = ledgerKeyFault(key);
    if (this.fault) {
      await this.updateComplete;
      this.querySelector('#ledger-key').focus();
      return;
    }
    Object.assign(this, { busy: true, problem: null });
    try {
      await this.feed.writeLedger({ [key]: ledgerValue(this.text).value });
      toast(t('ledger.saved', { key }));
      this.#close();
    } catch (problem) {
      this.problem = problem.errors?.[0]?.detail ?? problemText(problem);
    } finally {
      this.busy = false;
    }
  };
}

customElements.define('cb-ledger-edit', CbLedgerEdit);
