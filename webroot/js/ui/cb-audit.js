/* The /audit screen: who changed or decided what, when, and from where; newest first. */
import { CbElement, html, nothing, useStyles } from '../core/base.js';
import { api } from '../core/api.js';
import { fmt, t } from '../core/i18n.js';
import { setTitle } from '../core/router.js';
import { selectField } from './field.js';
import { icon } from './icons.js';

await useStyles('cb-plugins');

/** What the list can be narrowed to, by the first part of a row's kind. */
const GROUPS = ['task', 'stage', 'plugin', 'pipeline', 'override', 'project', 'template'];
const at = (folder) => (id) => `${folder}${encodeURIComponent(id)}`;
const PLACES = { task: at('/tasks/'), pipeline: at('/pipelines/'), project: at('/projects/'), stage: at('/?stage='), plugin: () => '/plugins', override: ofOverride };

/** An override is of `pipeline/stage`, or of a project's stage template, which has no page of its own. */
function ofOverride(subject) {
  const end = subject.indexOf('/');
  return end < 0 ? null : PLACES.pipeline(subject.slice(0, end));
}

class CbAudit extends CbElement {
  static properties = { params: {}, query: {}, items: { state: true }, next: { state: true }, problem: { state: true }, busy: { state: true }, group: { state: true } };

  constructor() {
    super();
    Object.assign(this, { items: null, next: null, problem: null, busy: false, group: '' });
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
      <div class="audit-filter">${selectField({ id: 'audit-group', testid: 'audit-group', label: t('audit.filter'), value: this.group, set: (group) => this.#narrow(group),
        options: [{ value: '', label: t('audit.all') }, ...GROUPS.map((value) => ({ value, label: t(`audit.group_${value}`) }))] })}</div>
      ${this.problem ? html`<div class="notice notice-wait">${icon('warn')}<p class="grow">${this.problem.offline ? t('problem.unreachable') : this.problem.message}</p></div>` : nothing}
      ${this.items === null ? nothing : this.items.length ? this.#table() : html`<div class="card empty">${icon('check', 32)}<h2>${t(this.group ? 'audit.none_of' : 'audit.none')}</h2></div>`}
      ${this.next ? html`<p class="audit-more"><button class="btn" type="button" ?disabled=${this.busy} @click=${() => this.#read(this.next)}>${t('audit.more')}</button></p>` : nothing}</div>`;
  }

  #table() {
    const label = (name) => t(`audit.${name}`);
    return html`<div class="card table-wrap" tabindex="0" role="region" aria-label=${t('audit.title')}><table class="table table-cards audit-table" data-testid="audit">
      <thead><tr>${['at', 'actor', 'origin', 'kind', 'subject', 'detail'].map((name) => html`<th scope="col">${label(name)}</th>`)}</tr></thead>
      <tbody>${this.items.map(({ at, actor, origin, kind, subject, detail }) => html`<tr data-testid="audit-row" data-kind=${kind}>
        <th scope="row" data-label=${label('at')}><time datetime=${at}>${fmt.moment(at)}</time></th><td data-label=${label('actor')}>${actor}</td><td class="audit-origin" data-label=${label('origin')}>${origin}</td>
        <td data-label=${label('kind')}><code>${kind}</code></td><td data-label=${label('subject')}>${this.#subject(kind, subject)}</td>
        <td data-label=${detail ? label('detail') : nothing}>${detail ? html`<span class="small">${typeof detail === 'string' ? detail : JSON.stringify(detail)}</span>` : nothing}</td></tr>`)}</tbody></table></div>`;
  }

  #subject(kind, subject) {
    const [of, what] = kind.split('.');
    const place = what === 'removed' ? null : PLACES[of]?.(subject);
    return place ? html`<a href=${place}><code>${subject}</code></a>` : html`<code>${subject}</code>`;
  }

  #narrow(group) {
    this.group = group;
    this.#read(null);
  }

  async #read(cursor) {
    const { group } = this;
    this.busy = true;
    try {
      const { items, next } = await api.get('/api/audit', { query: { cursor, limit: 100, kind: group && `${group}.` } });
      if (group === this.group) Object.assign(this, { items: cursor ? [...this.items, ...items] : items, next, problem: null });
    } catch (problem) {
      this.problem = problem;
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('cb-audit', CbAudit);
