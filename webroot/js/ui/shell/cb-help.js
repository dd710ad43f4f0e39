/* The keyboard shortcuts, in a dialog that `?` opens. */
import { CbElement, html } from '../../core/base.js';
import { hotkey } from '../../core/hotkeys.js';
import { t } from '../../core/i18n.js';
import { icon } from '../common/icons.js';

const KEYS = [
  ['help', ['?']],
  ['search', ['/']],
  ['next', ['J']],
  ['previous', ['K']],
  ['approve', ['A']],
  ['start', ['Ctrl', 'Enter']],
  ['tree', ['↑', '↓', '←', '→']],
  ['edit', ['E', 'Del']],
  ['graph', ['←', '→', 'Space', 'Enter']],
];

class CbHelp extends CbElement {
  connectedCallback() {
    super.connectedCallback();
    this.until(hotkey('?', () => this.querySelector('dialog').showModal()));
    for (const key of ['a', 'A']) this.until(hotkey(key, () => this.#approve()));
  }

  render() {
    return html`<dialog class="dialog help" aria-labelledby="help-title" data-testid="help" @click=${this.#outside}>
      <header class="dialog-head"><h2 class="grow" id="help-title">${t('help.title')}</h2>
        <button class="btn btn-quiet btn-icon" type="button" aria-label=${t('help.close')} @click=${this.#close}>
          ${icon('close')}</button></header>
      <dl class="help-keys">${KEYS.map(([name, keys]) => html`<div>
        <dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${t(`help.${name}`)}</dd></div>`)}</dl></dialog>`;
  }

  #close = () => this.querySelector('dialog').close();

  #outside(event) {
    if (event.target === event.currentTarget) event.currentTarget.close();
  }

  /** Only the focus goes there: nothing is decided by a single key. */
  #approve() {
    const button = document.querySelector('[data-testid="approve"]:not(:disabled)');
    if (!button) return false;
    button.scrollIntoView({ block: 'nearest' });
    button.focus();
    return true;
  }
}

customElements.define('cb-help', CbHelp);
