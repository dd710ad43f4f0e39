/* The /documents screen: what stages have read, newest first; the list follows the tasks that read. */
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { api } from '../../core/api.js';
import { typeOf } from '../../core/document-facts.js';
import { hotkey } from '../../core/hotkeys.js';
import { fmt, t } from '../../core/i18n.js';
import { documentAddress } from '../../core/library-address.js';
import { projects } from '../../core/projects.js';
import { router, setTitle } from '../../core/router.js';
import { taskAddress } from '../../core/task-address.js';
import { whenTasksMove } from '../../core/task-moves.js';
import { tasks } from '../../core/tasks.js';
import { icon } from '../common/icons.js';
import { runAgain } from './document-actions.js';
import {
  LONG_MS, lackMark, notThere, problemNotice, projectField, projectName, qualityMark, startHere, working,
} from './library-parts.js';
import '../common/cb-time.js';

await useStyles('cb-documents');
await useStyles('cb-library');

const PAGE = 50;
const MOST = 200;
const TYPING_MS = 250;
const COLUMNS = ['name', 'type', 'quality', 'chunks', 'entities', 'read'];
const keyOf = ({ doc_id: id, project_id: project }) => `${project ?? ''} ${id}`;

class CbDocuments extends CbElement {
  static properties = {
    params: {}, query: {}, typed: { state: true }, items: { state: true }, next: { state: true },
    problem: { state: true },
    busy: { state: true }, slow: { state: true }, removed: { state: true }, rerun: { state: true },
  };
  /** What is typed and not yet looked for. */
  #typing = 0;
  #turn = 0;
  #fresh = new Set();

  constructor() {
    super();
    Object.assign(this, {
      query: new URLSearchParams(), typed: null, items: null, next: null, problem: null, busy: false, slow: false,
      removed: null, rerun: null,
    });
    this.watch(projects);
  }

  connectedCallback() {
    super.connectedCallback();
    setTitle(t('documents.title'));
    projects.follow();
    this.until(whenTasksMove(tasks, () => this.#read(), { busy: () => this.busy }));
    this.until(hotkey('/', () => this.querySelector('.documents-words').focus()));
    this.until(() => clearTimeout(this.#typing));
  }

  willUpdate(changed) {
    if (!changed.has('query')) return;
    const text = (name) => this.query.get(name) ?? '';
    const filter = { q: text('q').slice(0, 200), project: text('project').slice(0, 64) };
    if (JSON.stringify(filter) === JSON.stringify(this.filter)) return;
    this.filter = filter;
    if (!this.#typing) this.typed = null;
    this.items = null;
    this.#fresh.clear();
    this.#read();
  }

  render() {
    const { items, next, busy, filter } = this;
    const any = items?.length || filter.q || filter.project;
    return html`<div class="page documents"><div class="page-head"><h1>${t('documents.title')}</h1>
        ${any ? html`<a class="btn" href="/tasks/new">${icon('plus', 16)}${t('documents.add')}</a>` : nothing}</div>
      <p class="muted documents-hint">${t('documents.hint')}</p>
      ${any ? this.#filters() : nothing}
      ${this.slow ? working(t('documents.working')) : nothing}
      ${this.problem ? problemNotice(this.problem, () => this.#read()) : nothing}
      ${items?.length ? this.#table(items) : nothing}
      ${items?.length === 0 ? this.#none() : nothing}
      ${next ? html`<p class="documents-more"><button class="btn" type="button" data-testid="more-documents" ?disabled=${busy}
        @click=${() => this.#read(next)}>${t(busy ? 'tasks.loading' : 'tasks.more')}</button></p>` : nothing}
      ${this.removed ? html`<cb-remove-document .document=${this.removed} @closed=${() => { this.removed = null; }}
        @removed=${this.#drop}></cb-remove-document>` : nothing}</div>`;
  }

  #filters() {
    const { q, project } = this.filter;
    return html`<search class="documents-filter"><div class="library-box grow"><span
      class="search-icon">${icon('search')}</span>
        <input dir="auto" class="input documents-words" type="search" autocomplete="off" spellcheck="false"
          maxlength="200"
          data-testid="documents-words" aria-label=${t('documents.filter')} placeholder=${t('documents.filter')}
          .value=${live(this.typed ?? q)} @input=${({ target }) => this.#type(target.value)} @keydown=${this.#key}>
        <kbd aria-hidden="true">/</kbd></div>
      ${projectField({ id: 'documents-project', value: project, set: (value) => this.#narrow({ project: value }) })}</search>`;
  }

  #none() {
    const { q, project } = this.filter;
    if (!q && !project) return notThere({
      name: 'source', title: t('documents.none'), hint: t('documents.none_hint'), action: startHere(),
    });
    const all = () => {
      this.typed = '';
      this.#narrow({ q: '', project: '' });
    };
    return notThere({
      name: 'source', title: t('documents.no_match'), hint: t('documents.no_match_hint'),
      action: html`<button class="btn" type="button" @click=${all}>${t('tasks.clear')}</button>`,
    });
  }

  #table(items) {
    return html`<div class="card table-wrap" tabindex="0" role="region" aria-label=${t('documents.title')}>
      <table class="table table-cards documents-table" data-testid="documents"><thead><tr>
        ${COLUMNS.map((name) => html`<th scope="col" data-col=${name}>${t(`documents.${name}`)}</th>`)}
        <th scope="col"><span class="visually-hidden">${t('documents.actions')}</span></th></tr></thead>
      <tbody>${repeat(items, keyOf, (item) => this.#row(item))}</tbody></table></div>`;
  }

  #row(item) {
    const { doc_id: id, project_id: project, title, media_type: type, chunks, entities } = item;
    const { task_id: task, updated_at: at } = item;
    const label = (name) => t(`documents.${name}`);
    const number = (name, value) => html`<td data-label=${label(name)}
      data-col=${name}>${value === null || value === undefined
      ? html`<span class="muted" aria-label=${t('documents.not_made')}>–</span>` : fmt.number(value)}</td>`;
    return html`<tr data-testid="document" data-id=${id}
      class=${this.#fresh.has(keyOf(item)) ? 'document-new' : nothing}>
      <th scope="row"><a class="document-title" dir="auto"
        href=${documentAddress(id, { project: project ?? 'none' })}>${title || id}</a>
        ${title && title !== id ? html`<code class="document-id muted">${id}</code>` : nothing}
        ${project ? html`<span class="badge" dir="auto">${projectName(project)}</span>` : nothing}${lackMark(item)}</th>
      <td data-label=${label('type')}>${typeOf(type) || html`<span class="muted">–</span>`}</td>
      <td data-label=${label('quality')}>${qualityMark(item.quality)}</td>
      ${number('chunks', chunks)}${number('entities', entities)}
      <td data-label=${label('read')}><div><cb-age .at=${at} .ago=${true}></cb-age>
        ${task ? html`<br><a class="small" href=${taskAddress(task)}>${t('documents.task')}</a>` : nothing}</div></td>
      <td><div class="row document-acts">${this.#acts(item)}</div></td></tr>`;
  }

  #acts(item) {
    const title = item.title || item.doc_id;
    const act = (name, sign, run, off = false) => html`<button class="btn btn-sm btn-icon btn-quiet" type="button"
      data-testid="${name}-document" ?disabled=${off} title=${t(`documents.${name}`)}
      aria-label="${t(`documents.${name}`)}: ${title}" @click=${run}>${icon(sign, 16)}</button>`;
    return html`${act('rerun', 'retry', () => this.#again(item), !item.sha256 || this.rerun === keyOf(item))}
      ${act('remove', 'trash', () => { this.removed = item; })}`;
  }

  async #again(item) {
    this.rerun = keyOf(item);
    await runAgain(item);
    this.rerun = null;
  }

  #drop = () => {
    const key = keyOf(this.removed);
    this.items = this.items.filter((each) => keyOf(each) !== key);
  };

  #type(text) {
    this.typed = text;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => {
      this.#typing = 0;
      this.#narrow({ q: text });
    }, TYPING_MS);
  }

  #key = (event) => {
    if (event.key !== 'Escape' && event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    if (event.key === 'Escape') this.#type('');
    else this.querySelector('.document-title')?.focus();
  };

  #narrow(patch) {
    const given = Object.entries({ ...this.filter, ...patch }).filter(([, value]) => value.trim());
    const query = new URLSearchParams(given);
    router.navigate(query.size ? `/documents?${query}` : '/documents', { replace: true });
  }

  /** Without a cursor, as many as are shown: what was read in the meantime comes on top. */
  async #read(cursor = null) {
    const turn = ++this.#turn;
    const { filter, items: before } = this;
    const timer = setTimeout(() => { this.slow = before === null; }, LONG_MS);
    this.busy = true;
    try {
      const limit = cursor ? PAGE : Math.min(MOST, Math.max(PAGE, before?.length ?? 0));
      const { items, next } = await api.get('/api/documents', { query: { ...filter, cursor, limit } });
      if (turn !== this.#turn) return;
      const known = new Set((before ?? items).map(keyOf));
      if (!cursor) for (const each of items) if (!known.has(keyOf(each))) this.#fresh.add(keyOf(each));
      Object.assign(this, { items: cursor ? joined(before, items) : items, next, problem: null });
    } catch (problem) {
      if (turn === this.#turn) this.problem = problem;
    } finally {
      clearTimeout(timer);
      if (turn === this.#turn) Object.assign(this, { busy: false, slow: false });
    }
  }
}

function joined(before, more) {
  const known = new Set(more.map(keyOf));
  return [...before.filter((each) => !known.has(keyOf(each))), ...more];
}

customElements.define('cb-documents', CbDocuments);
