/*
 * By what the audit log is narrowed.
 *
 *   <cb-audit-filter .filter .actors @narrow></cb-audit-filter>     // narrow: the members of the filter that change
 */
import { CbElement, html, nothing } from '../../core/base.js';
import { addressOf, GROUPS, SOURCES } from '../../core/audit-model.js';
import { t } from '../../core/i18n.js';
import { selectField, textField } from '../common/field.js';
import { icon } from '../common/icons.js';

const SEARCH_MS = 250;
const PLACES = [...SOURCES, 'all'];
const NOTHING = { q: '', group: '', source: '', actor: '', from: '', to: '' };

class CbAuditFilter extends CbElement {
  static properties = { filter: {}, actors: {} };
  #timer = 0;
  /** What is typed and not yet looked for; null otherwise. */
  #typed = null;

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  render() {
    const { q, group, source, actor, from, to } = this.filter;
    const narrow = (name) => (value) => this.emit('narrow', { [name]: value });
    const options = (values, word) => values.map((value) => ({ value, label: t(`audit.${word}_${value}`) }));
    const usual = (key) => ({ value: '', label: t(`audit.${key}`) });
    const names = (name, label) => ({ id: `audit-${name}`, testid: `audit-${name}`, label: t(`audit.${label}`) });
    const text = (name, label, more) => textField({ ...names(name, label), ...more });
    const select = (name, label, value, choices) => (
      selectField({ ...names(name, label), value, options: choices, set: narrow(name) }));
    return html`<search class="audit-filter" aria-label=${t('audit.filter')}>
      <div class="audit-search">${text('q', 'search', { type: 'search', value: this.#typed ?? q, set: this.#search })}</div>
      ${select('group', 'kind', group, [usual('all'), ...options(Object.keys(GROUPS), 'group')])}
      ${text('actor', 'actor', { value: actor, list: 'audit-people', whenLeft: this.#person })}
      <datalist id="audit-people">${this.actors.map((name) => html`<option value=${name}></option>`)}</datalist>
      ${select('source', 'origin', source, [usual('source_usual'), ...options(PLACES, 'source')])}
      ${text('from', 'from', { type: 'date', value: from, set: narrow('from') })}
      ${text('to', 'to', { type: 'date', value: to, set: narrow('to') })}
      ${addressOf(this.filter) === '/audit' ? nothing : this.#clear()}
    </search>`;
  }

  #clear() {
    return html`<button class="btn btn-quiet audit-clear" type="button" data-testid="audit-clear"
      @click=${this.#all}>${icon('close', 14)}${t('audit.clear')}</button>`;
  }

  firstUpdated() {
    this.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && event.target.id === 'audit-actor') event.target.blur();
    });
  }

  #all = () => {
    clearTimeout(this.#timer);
    this.#typed = null;
    this.emit('narrow', NOTHING);
  };

  #person = (text) => this.emit('narrow', { actor: text.trim() });

  #search = (text) => {
    this.#typed = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#typed = null;
      this.emit('narrow', { q: text.trim() });
    }, SEARCH_MS);
  };
}

customElements.define('cb-audit-filter', CbAuditFilter);
