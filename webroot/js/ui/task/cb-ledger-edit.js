/*
 * The dialog that writes one value into a task's ledger. What is typed is kept as a draft; a value that somebody else
 * sets meanwhile is shown with the difference; what a save replaces can be put back. Emits `closed`.
 */
import { CbElement, html, nothing } from '../../core/base.js';
import { FormDraft } from '../../core/form-draft.js';
import { t } from '../../core/i18n.js';
import { ledgerKeyFault, ledgerText, ledgerValue } from '../../core/ledger.js';
import { toast } from '../../core/toasts.js';
import { conflictNotice } from '../common/conflict-notice.js';
import { draftKept } from '../common/draft-notice.js';
import { textField } from '../common/field.js';
import { formNotices } from '../common/form-notices.js';
import { icon } from '../common/icons.js';
import { problemText } from '../common/stage-actions.js';

const UNDO_MS = 8_000;

class CbLedgerEdit extends CbElement {
  static properties = {
    task: {}, feed: {}, reason: {}, fault: { state: true }, problem: { state: true }, busy: { state: true },
  };
  #form = null;

  constructor() {
    super();
    Object.assign(this, { fault: null, problem: null, busy: false });
  }

  willUpdate() {
    if (this.#form) return;
    this.#form = new FormDraft(`ledger:${this.task.id}`, { key: '', text: '', before: '' });
    this.watch(this.#form);
  }

  /** What is saved under a key, as text; '' for nothing. */
  #saved(key) {
    const value = this.task.ledger?.[key.trim()];
    return value === undefined ? '' : ledgerText(value);
  }

  /** What somebody else has set since this person named the key; null when nothing is in the way. */
  get #theirs() {
    const { key, text, before } = this.#form.state.values;
    const now = this.#saved(key);
    return this.busy || now === before || now === text ? null : now;
  }

  firstUpdated() {
    this.querySelector('dialog').showModal();
    this.querySelector('#ledger-key').focus();
  }

  render() {
    const { values: { key, text }, kept } = this.#form.state;
    const { value, kind } = ledgerValue(text);
    return html`<dialog class="dialog ledger-dialog" aria-labelledby="ledger-title" data-testid="ledger-dialog" @close=${() => this.emit('closed')}>
      <header class="dialog-head"><h2 class="grow" id="ledger-title">${t('ledger.title')}</h2>
        <button class="btn btn-quiet btn-icon" type="button" aria-label=${t('ledger.close')} @click=${this.#close}>${icon('close')}</button></header>
      <form class="dialog-body stack" id="ledger-form" novalidate @submit=${this.#submit}>
        ${this.reason ? html`<p class="notice">${icon('clock')}<span>${t('ledger.waits', { what: this.reason })}</span></p>` : nothing}
        ${this.#notices()}
        ${textField({ id: 'ledger-key', testid: 'ledger-key', label: t('ledger.key'), hint: t('ledger.key_hint'),
          mono: true, required: true, value: key, error: this.fault ? t(`ledger.key_${this.fault}`) : undefined,
          set: (next) => { this.fault = null; this.#form.type({ key: next, before: this.#saved(next) }); } })}
        ${textField({ id: 'ledger-value', testid: 'ledger-value', label: t('ledger.value'),
          hint: t('ledger.value_hint'), mono: true, lines: 4, value: text, set: (next) => this.#form.type({ text: next }) })}
        <p class="small muted" data-testid="ledger-kind" aria-live="polite">${
          text.trim() === '' ? t('ledger.kind_empty') : t(`ledger.kind_${kind}`, { value: String(value) })}</p>
        ${this.problem ? html`<div class="notice notice-bad" role="alert">${icon('warn')}<p>${this.problem}</p></div>` : nothing}
      </form>
      <footer class="dialog-foot"><span class="grow">${kept === null ? nothing : draftKept(kept)}</span>
        <button class="btn" type="button" @click=${this.#close}>${t('dialog.cancel')}</button>
        <button class="btn btn-primary" type="submit" form="ledger-form" data-testid="save-ledger"
          ?disabled=${this.busy || this.#theirs !== null}>${t('ledger.save')}</button></footer></dialog>`;
  }

  #notices() {
    const theirs = this.#theirs;
    if (theirs === null) return formNotices(this.#form, {});
    const parts = [{ key: 'text', label: t('ledger.value'), mine: this.#form.state.values.text, theirs }];
    const mine = () => {
      this.#form.type({ before: theirs });
      this.#save();
    };
    const take = () => this.#form.type({ text: theirs, before: theirs });
    return conflictNotice({ text: t('ledger.overtaken'), parts, mine, theirs: take, busy: this.busy });
  }

  #close = () => this.querySelector('dialog').close();

  #submit = (event) => {
    event.preventDefault();
    this.#save();
  };

  #save = async () => {
    if (this.#theirs !== null) return;
    const { values } = this.#form.state;
    const key = values.key.trim();
    this.fault = ledgerKeyFault(key);
    if (this.fault) {
      await this.updateComplete;
      this.querySelector('#ledger-key').focus();
      return;
    }
    const { value } = ledgerValue(values.text);
    const before = this.task.ledger?.[key];
    Object.assign(this, { busy: true, problem: null });
    try {
      await this.feed.writeLedger({ [key]: value });
      this.#form.done();
      this.#said(key, value, before);
      this.#close();
    } catch (problem) {
      this.problem = problem.errors?.[0]?.detail ?? problemText(problem);
    } finally {
      this.busy = false;
    }
  };

  /** A value that was removed or written over comes back by *Undo*. */
  #said(key, value, before) {
    const said = t(value === null ? 'ledger.removed' : 'ledger.saved', { key });
    if (before === undefined) {
      toast(said);
      return;
    }
    const { feed } = this;
    const run = async () => {
      try {
        await feed.writeLedger({ [key]: before });
        toast(t('ledger.restored', { key }));
      } catch (problem) {
        toast(problemText(problem), { tone: 'bad', ms: UNDO_MS });
      }
    };
    toast(said, { ms: UNDO_MS, action: { label: t('undo'), testid: 'undo', run } });
  }
}

customElements.define('cb-ledger-edit', CbLedgerEdit);
