/* The /audit screen: who changed or decided what, when, and from where; newest first, and new entries as they come. */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { api } from '../../core/api.js';
import {
  actionOf, addressOf, exportAddress, filterOf, fits, hidesFiles, paramsOf, pieces, placeOf, sourceOf,
} from '../../core/audit-model.js';
import { fmt, t } from '../../core/i18n.js';
import { live } from '../../core/live.js';
import { router, setTitle } from '../../core/router.js';
import { byWords, who, whoIs } from '../../core/who.js';
import { icon } from '../common/icons.js';
import './cb-audit-filter.js';

await useStyles('cb-audit');

const PAGE = 100;
const COLUMNS = ['at', 'actor', 'kind', 'subject', 'detail', 'origin'];

class CbAudit extends CbElement {
  static properties = {
    params: {},
    query: {},
    items: { state: true },
    next: { state: true },
    problem: { state: true },
    busy: { state: true },
  };
  #fresh = new Set();

  constructor() {
    super();
    Object.assign(this, { query: new URLSearchParams(), items: null, next: null, problem: null, busy: false });
    this.watch(who);
  }

  connectedCallback() {
    super.connectedCallback();
    setTitle(t('audit.title'));
    this.until(live.subscribe('audit', (frame) => this.#take(frame)));
  }

  willUpdate(changed) {
    if (!changed.has('query')) return;
    this.filter = filterOf(this.query);
    this.#read(null);
  }

  render() {
    const { filter, items, next, busy } = this;
    const none = t(addressOf(filter) === '/audit' ? 'audit.none' : 'audit.none_of');
    return html`<div class="page">
      <div class="page-head"><h1>${t('audit.title')}</h1>${this.#actions()}</div>
      <p class="muted audit-hint">${t('audit.hint')} ${t('time.zone', { zone: fmt.zone() })}</p>
      <cb-audit-filter .filter=${filter} .actors=${this.#actors()}
        @narrow=${({ detail }) => this.#narrow(detail)}></cb-audit-filter>
      ${hidesFiles(filter) ? this.#hidden() : nothing}
      ${this.problem ? this.#problem() : nothing}
      ${items?.length ? this.#table() : nothing}
      ${items?.length === 0 ? html`<div class="card empty" data-testid="audit-none">
        ${icon('check', 32)}<h2>${none}</h2></div>` : nothing}
      ${next ? html`<p class="audit-more"><button class="btn" type="button" data-testid="audit-more" ?disabled=${busy}
        @click=${() => this.#read(next)}>${t('audit.more')}</button></p>` : nothing}
    </div>`;
  }

  #actions() {
    const save = (format) => html`<a class="btn" download data-testid="export-${format}"
      href=${exportAddress(this.filter, format)}>${icon('download', 16)}${t(`audit.${format}`)}</a>`;
    return html`${save('csv')}${save('jsonl')}
      <button class="btn" type="button" ?disabled=${this.busy} @click=${() => this.#read(null)}>
        ${icon('retry', 16)}${t('audit.refresh')}</button>`;
  }

  #hidden() {
    return html`<p class="small muted audit-hidden">${t('audit.hides_files')}
      <button class="link-btn" type="button" data-testid="audit-everything"
        @click=${() => this.#narrow({ source: 'all' })}>${t('audit.show_files')}</button></p>`;
  }

  #problem() {
    const { offline, message } = this.problem;
    return html`<div class="notice notice-wait" role="alert">${icon('warn')}
      <p class="grow">${offline ? t('problem.unreachable') : message}</p></div>`;
  }

  #table() {
    return html`<div class="card table-wrap" tabindex="0" role="region" aria-label=${t('audit.title')}>
      <table class="table table-cards audit-table" data-testid="audit">
        <thead><tr>${COLUMNS.map((name) => html`<th scope="col">${t(`audit.${name}`)}</th>`)}</tr></thead>
        <tbody>${this.items.map((entry) => this.#row(entry))}</tbody>
      </table></div>`;
  }

  #row(entry) {
    const { id, at, actor, origin, kind, subject, title, detail } = entry;
    const label = (name) => t(`audit.${name}`);
    const place = placeOf(entry);
    const name = title || subject;
    const said = detail && detail !== title;
    const bad = /fail|refused|unreadable/.test(kind);
    return html`<tr data-testid="audit-row" data-id=${id} data-kind=${kind}
        class=${this.#fresh.has(id) ? 'audit-new' : nothing}>
      <th scope="row" data-label=${label('at')}>
        <time datetime=${at} title=${fmt.exact(at)}>${fmt.date(at)}</time></th>
      <td data-label=${label('actor')}>${this.#actor(actor)}</td>
      <td class="audit-kind" data-label=${label('kind')}><span class=${bad ? 'audit-bad' : nothing}>${actionOf(kind)}</span></td>
      <td data-label=${label('subject')}>${place
        ? html`<a dir="auto" href=${place} title=${subject}>${name}</a>`
        : html`<span dir="auto" title=${subject}>${name}</span>`}</td>
      <td data-label=${said ? label('detail') : nothing}>${said
        ? html`<span class="small">${shortened(detail)}</span>`
        : nothing}</td>
      <td class="audit-origin small muted" data-label=${label('origin')}>${sourceOf(origin)}</td></tr>`;
  }

  /** Who did it; a person is a way to all that they did. */
  #actor(actor) {
    const { kind } = whoIs(actor);
    if (kind === 'nobody') return html`<span class="muted">${t('audit.unnamed')}</span>`;
    if (kind === 'server' || kind === 'place') return html`<span class="muted">${byWords(actor)}</span>`;
    return html`<button class="link-btn audit-actor" type="button" title=${t('audit.only', { name: actor })}
      @click=${() => this.#narrow({ actor })}>${byWords(actor)}</button>`;
  }

  #actors() {
    const names = new Set([who.state.name, ...(this.items ?? []).map(({ actor }) => actor)]);
    return [...names].filter((name) => ['me', 'other'].includes(whoIs(name).kind)).sort();
  }

  #narrow(patch) {
    router.navigate(addressOf({ ...this.filter, ...patch }), { replace: true });
  }

  /** After a break the feed sends a snapshot: entries between it and what is shown may be missing. */
  #take(frame) {
    if (frame.kind === 'snapshot') this.#read(null);
    if (frame.kind !== 'added' || !this.items || !fits(frame.entry, this.filter)) return;
    if (this.items.some(({ id }) => id === frame.entry.id)) return;
    this.#fresh.add(frame.entry.id);
    this.items = newestFirst([frame.entry, ...this.items]);
  }

  async #read(cursor) {
    const { filter } = this;
    this.busy = true;
    try {
      const { items, next } = await api.get('/api/audit', { query: { ...paramsOf(filter), cursor, limit: PAGE } });
      if (filter !== this.filter) return;
      const shown = new Set(items.map(({ id }) => id));
      const stays = ({ id }) => !shown.has(id) && (cursor || this.#fresh.has(id));
      const kept = (this.items ?? []).filter((entry) => stays(entry) && fits(entry, filter));
      Object.assign(this, { items: newestFirst([...kept, ...items]), next, problem: null });
    } catch (problem) {
      if (filter === this.filter) this.problem = problem;
    } finally {
      this.busy = false;
    }
  }
}

function newestFirst(entries) {
  return entries.sort((a, b) => (a.id < b.id ? 1 : -1));
}

/** Of a long hash the beginning; all of it is its title. */
function shortened(detail) {
  return pieces(detail).map(({ text, hash }) => (hash ? html`<code title=${hash}>${hash.slice(0, 12)}…</code>` : text));
}

customElements.define('cb-audit', CbAudit);
