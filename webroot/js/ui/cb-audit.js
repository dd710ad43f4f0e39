/* The /audit screen: who changed or decided what, when, and from where; newest first. */
import { CbElement, html, nothing, useStyles } from '../core/base.js';
import { api } from '../core/api.js';
import { fmt, t } from '../core/i18n.js';
import { setTitle } from '../core/router.js';
import { icon } from './icons.js';

await useStyles('cb-plugins');

class CbAudit extends CbElement {
  static properties = { params: {}, query: {}, items: { state: true }, next: { state: true }, problem: { state: true }, busy: { state: true } };

  constructor() {
    super();
    Object.assign(this, { items: null, next: null, problem: null, busy: false });
  }

  connectedCallback() {
    super.connectedCallback();
    setTitle(t('audit.title'));
    this.#read(null);
  }

  render() {
    return html`<div class="page"><div class="page-head"><h1>${t('audit.title')}</h1>
        <button class="btn" type="button" ?disabled=${this.busy} @click=${() => this.#read(null)}>${icon('retry', 16)}${t('audit.again')}</button></div>
      <p class="muted plugins-hint">${t('audit.hint')}</p>
      ${this.problem ? html`<div class="notice notice-wait">${icon('warn')}<p class="grow">${this.problem.offline ? t('problem.unreachable') : this.problem.message}</p></div>` : nothing}
      ${this.items === null ? nothing : this.items.length ? this.#table() : html`<div class="card empty">${icon('check', 32)}<h2>${t('audit.none')}</h2></div>`}
      ${this.next ? html`<p><button class="btn" type="button" ?disabled=${this.busy} @click=${() => this.#read(this.next)}>${t('audit.more')}</button></p>` : nothing}</div>`;
  }

  #table() {
    return html`<div class="card table-wrap" tabindex="0" role="region" aria-label=${t('audit.title')}><table class="table" data-testid="audit">
      <thead><tr>${['at', 'actor', 'origin', 'kind', 'subject', 'detail'].map((name) => html`<th scope="col">${t(`audit.${name}`)}</th>`)}</tr></thead>
      <tbody>${this.items.map(({ happened_at: at, actor, origin, kind, subject, detail }) => html`<tr>
        <th scope="row"><time datetime=${at}>${fmt.date(at)}</time></th><td>${actor}</td><td>${origin}</td><td><code>${kind}</code></td><td><code>${subject}</code></td>
        <td class="small">${typeof detail === 'string' ? detail : detail ? JSON.stringify(detail) : nothing}</td></tr>`)}</tbody></table></div>`;
  }

  async #read(cursor) {
    this.busy = true;
    try {
      const { items, next } = await api.get('/api/audit', { query: { cursor, limit: 100 } });
      Object.assign(this, { items: cursor ? [...this.items, ...items] : items, next, problem: null });
    } catch (problem) {
      this.problem = problem;
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('cb-audit', CbAudit);
