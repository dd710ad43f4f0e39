/*
 * The person's own name.
 *
 *   <cb-who></cb-who>              a button for the header; opens a dialog
 *   <cb-you-are></cb-you-are>      "You are: Ada", beside what somebody decides; a field while there is no name
 */
import { CbElement, html, nothing } from '../../core/base.js';
import { announce } from '../../core/announce.js';
import { t } from '../../core/i18n.js';
import { nameFault, setName, who } from '../../core/who.js';
import { textField } from './field.js';
import { icon } from './icons.js';

class CbWho extends CbElement {
  static properties = { text: { state: true }, tried: { state: true } };

  constructor() {
    super();
    Object.assign(this, { text: null, tried: false });
    this.watch(who);
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(document, 'cb-ask-name', () => this.#open());
  }

  render() {
    const { name } = who.state;
    const label = name ? t('who.you_are', { name }) : t('who.ask');
    return html`<button class="btn btn-quiet who-button" type="button" data-testid="who" title=${label}
        aria-label=${label} aria-haspopup="dialog" @click=${() => this.#open()}>
        ${icon('person', 16)}<span class="who-name">${name || t('who.ask')}</span></button>
      ${this.text === null ? nothing : this.#dialog()}`;
  }

  #dialog() {
    const fault = this.tried ? nameFault(this.text) : null;
    return html`<dialog class="dialog who-dialog" aria-labelledby="who-title" @close=${() => { this.text = null; }}>
      <form method="dialog" novalidate @submit=${this.#save}>
        <header class="dialog-head"><h2 class="grow" id="who-title">${t('who.title')}</h2></header>
        <div class="dialog-body stack">${textField({
          id: 'who-name',
          testid: 'who-name',
          label: t('who.name'),
          hint: t('who.hint'),
          value: this.text,
          error: fault ? t(`who.fault_${fault}`) : undefined,
          set: (text) => { this.text = text; },
        })}</div>
        <footer class="dialog-foot">
          <button class="btn" type="button" @click=${this.#close}>${t('dialog.cancel')}</button>
          <button class="btn btn-primary" type="submit" data-testid="save-who">${t('who.save')}</button></footer>
      </form></dialog>`;
  }

  async #open() {
    if (this.text !== null) return;
    Object.assign(this, { text: who.state.name, tried: false });
    await this.updateComplete;
    this.querySelector('dialog').showModal();
    this.querySelector('#who-name').focus();
  }

  #close = () => this.querySelector('dialog').close();

  #save = (event) => {
    event.preventDefault();
    this.tried = true;
    if (nameFault(this.text)) {
      this.querySelector('#who-name').focus();
      return;
    }
    setName(this.text);
    announce(who.state.name ? t('who.you_are', { name: who.state.name }) : t('who.forgotten'));
    this.#close();
  };
}

class CbYouAre extends CbElement {
  static properties = { text: { state: true }, fault: { state: true } };

  constructor() {
    super();
    Object.assign(this, { text: '', fault: null });
    this.watch(who);
  }

  render() {
    const { name } = who.state;
    if (name) {
      return html`<p class="you-are small" data-testid="you-are">
        ${icon('person', 14)}<span>${t('who.you_are', { name })}</span>
        <button class="link-btn" type="button" @click=${() => this.emit('cb-ask-name')}>
          ${t('who.change')}</button></p>`;
    }
    return html`<div class="you-are-field">${textField({
      id: 'you-are-name',
      testid: 'you-are-name',
      label: t('who.yours'),
      value: this.text,
      error: this.fault ? t(`who.fault_${this.fault}`) : undefined,
      set: (text) => { Object.assign(this, { text, fault: null }); },
      left: () => this.#take(),
    })}</div>`;
  }

  /** When the field is left, also by the click that approves: the decision carries the name then. */
  #take() {
    this.fault = nameFault(this.text);
    if (!this.fault && this.text.trim()) setName(this.text);
  }
}

customElements.define('cb-who', CbWho);
customElements.define('cb-you-are', CbYouAre);
