/* The /documents/ID screen: a document's text, its chunks, its entities, and what is known of how it was read. */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { api } from '../../core/api.js';
import { chunksIn, claimsIn, entitiesIn, lackOf, typeOf } from '../../core/document-facts.js';
import { fmt, t } from '../../core/i18n.js';
import { documentAddress, documentNode, graphAddress, passageIn } from '../../core/library-address.js';
import { projects } from '../../core/projects.js';
import { router, setTitle } from '../../core/router.js';
import { taskAddress } from '../../core/task-address.js';
import { whenTasksMove } from '../../core/task-moves.js';
import { tasks } from '../../core/tasks.js';
import { icon } from '../common/icons.js';
import { runAgain } from './document-actions.js';
import { documentDetails } from './document-details.js';
import { LONG_MS, notThere, problemNotice, projectName, qualityMark, readPart, working } from './library-parts.js';
import '../common/cb-time.js';
import '../common/cb-chunks.js';
import './cb-entities.js';
import './cb-reader.js';

await useStyles('cb-document-page');
await useStyles('cb-library');
await useStyles('cb-output');

const VIEWS = ['text', 'chunks', 'entities', 'details'];
/** What each view shows: the part of the document that has it. */
const PART = { text: 'document', chunks: 'chunks', entities: 'entities', details: 'document' };

class CbDocumentPage extends CbElement {
  static properties = {
    params: {}, query: {}, document: { state: true }, problem: { state: true }, parts: { state: true },
    slow: { state: true }, asked: { state: true }, passage: { state: true }, busy: { state: true },
  };
  #reading = new Map();

  constructor() {
    super();
    Object.assign(this, {
      params: {}, query: new URLSearchParams(), document: null, problem: null, parts: {}, slow: false, asked: false,
      passage: null, busy: false,
    });
    this.watch(projects);
  }

  connectedCallback() {
    super.connectedCallback();
    projects.follow();
    this.listen(window, 'hashchange', () => this.#place());
    this.until(whenTasksMove(tasks, () => this.#read()));
  }

  willUpdate(changed) {
    if (!changed.has('query') && !changed.has('params')) return;
    this.#place();
    const key = `${this.params.id} ${this.query.get('project') ?? ''}`;
    if (key !== this.key) {
      this.key = key;
      Object.assign(this, { document: null, parts: {}, problem: null });
      this.#reading.clear();
      setTitle(t('documents.one'));
      this.#read();
    } else this.#readParts();
  }

  /** A new object each time, so that the same passage is shown once more. */
  #place() {
    this.passage = passageIn(location.hash);
  }

  get #view() {
    const view = this.query.get('view');
    return VIEWS.includes(view) ? view : 'text';
  }

  render() {
    const { document, problem } = this;
    return html`<div class="page document-page">
      <a class="btn btn-quiet back-link" href="/documents">${icon('left', 16)}${t('documents.title')}</a>
      ${problem?.status === 404 ? notThere({
        name: 'source', title: t('documents.missing'), hint: t('documents.missing_hint'),
        action: html`<a class="btn" href="/documents">${t('documents.title')}</a>`,
      }) : problem ? problemNotice(problem, () => this.#read()) : nothing}
      ${document ? this.#page(document) : nothing}
      ${!document && this.slow ? working(t('documents.working')) : nothing}
      ${this.asked ? html`<cb-remove-document .document=${document} @closed=${() => { this.asked = false; }}
        @removed=${() => router.navigate('/documents', { replace: true })}></cb-remove-document>` : nothing}</div>`;
  }

  #page(document) {
    return html`<header class="document-head"><h1 dir="auto">${document.title || document.doc_id}</h1>
        ${this.#facts(document)}${this.#acts(document)}</header>
      ${this.#lack(document)}
      <nav class="document-views"
        aria-label=${t('documents.views')}><ul>${VIEWS.map((name) => this.#tab(name, document))}</ul></nav>
      ${this.#shown(document)}`;
  }

  #facts({ doc_id: id, media_type: type, quality, updated_at: at, task_id: task, project_id: project }) {
    return html`<p class="document-facts small muted"><code>${id}</code>
      ${type ? html`<span>${typeOf(type)}</span>` : nothing}${quality ? qualityMark(quality) : nothing}
      ${project ? html`<a href="/projects/${encodeURIComponent(project)}" dir="auto">${projectName(project)}</a>` : nothing}
      <span>${t('documents.read_at')} <cb-age .at=${at} .ago=${true}></cb-age></span>
      ${task ? html`<a href=${taskAddress(task)}>${t('documents.task')}</a>` : nothing}</p>`;
  }

  #lack(document) {
    const lack = lackOf(document);
    if (!lack) return nothing;
    return html`<div class="notice ${lack === 'open' ? '' : 'notice-wait'}" data-testid="not-whole">
      ${icon(lack === 'open' ? 'info' : 'warn')}<p class="grow">${t(`documents.lacks_${lack}`)}
        <a href=${taskAddress(document.task_id)}>${t('documents.show_task')}</a></p></div>`;
  }

  #acts(document) {
    const { sha256, doc_id: id, project_id: project, source, title } = document;
    const node = graphAddress({ node: documentNode(id), project: project ?? 'none' });
    const name = source?.name ?? (typeof source === 'string' ? source : title || id);
    return html`<div class="row-wrap document-acts">
      ${document.parts.graph !== undefined ? html`<a class="btn" data-testid="show-graph" href=${node}>
        ${icon('pipeline', 16)}${t('documents.in_graph')}</a>` : nothing}
      ${sha256 ? html`<a class="btn" data-testid="download-source" download=${name} href="/api/blobs/${sha256}">
        ${icon('download', 16)}${t('documents.source')}</a>` : nothing}
      <button class="btn" type="button" data-testid="rerun-document" ?disabled=${!sha256 || this.busy}
        @click=${this.#again}>
        ${icon('retry', 16)}${t('documents.rerun')}</button>
      <button class="btn btn-danger" type="button" data-testid="remove-document" @click=${() => { this.asked = true; }}>
        ${icon('trash', 16)}${t('documents.remove')}</button></div>`;
  }

  #tab(name, { chunks, entities }) {
    const n = { chunks, entities }[name];
    const project = this.query.get('project') ?? '';
    const href = documentAddress(this.params.id, { project, view: name === 'text' ? '' : name });
    return html`<li><a href=${href} data-testid="view-${name}" aria-current=${this.#view === name ? 'page' : nothing}>
      ${t(`documents.view_${name}`)}${Number.isInteger(n) ? html` <span class="count">${fmt.number(n)}</span>` : nothing}</a></li>`;
  }

  #shown(document) {
    const view = this.#view;
    const { state, value, problem } = this.parts[PART[view]] ?? { state: 'reading' };
    if (view === 'details') return documentDetails(document, state === 'here' ? value : null);
    if (state === 'none') return notThere({
      name: 'source', title: t(`documents.no_${view}`), hint: t(`documents.no_${view}_hint`),
    });
    if (state === 'failed') return problemNotice(problem, () => this.#readParts());
    if (state === 'reading') return this.slow ? working(t('documents.reading_part')) : nothing;
    if (view === 'chunks') return this.#chunks(value);
    const entities = this.parts.entities?.state === 'here' ? this.parts.entities.value : null;
    const href = (passage) => documentAddress(this.params.id, { project: this.query.get('project') ?? '', passage });
    if (view === 'entities') return html`<cb-entities .entities=${entitiesIn(value)} .claims=${claimsIn(value)}
      .hrefOf=${href} .project=${document.project_id ?? 'none'}></cb-entities>`;
    return html`<cb-reader .doc=${value} .entities=${this.#entities(entities)} .passage=${this.passage}></cb-reader>`;
  }

  /** The same list for as long as the part is the same. */
  #entities(value) {
    if (value !== this.kept?.value) this.kept = { value, entities: value === null ? null : entitiesIn(value) };
    return this.kept?.entities ?? null;
  }

  #chunks(value) {
    const doc = this.parts.document?.state === 'here' ? this.parts.document.value : null;
    if (this.from?.doc !== doc || this.from?.of !== this.key) {
      const project = this.query.get('project') ?? '';
      const href = ({ start, end }) => documentAddress(this.params.id, { project, passage: { start, end } });
      this.from = { doc, of: this.key, source: { documents: doc ? [doc] : [], href } };
    }
    return html`<div class="card"><cb-chunks .value=${chunksIn(value)} .source=${this.from.source}></cb-chunks></div>`;
  }

  #again = async () => {
    this.busy = true;
    await runAgain(this.document);
    this.busy = false;
  };

  async #read() {
    const { key } = this;
    const timer = setTimeout(() => { this.slow = true; }, LONG_MS);
    try {
      const query = { project: this.query.get('project') };
      const document = await api.get(`/api/documents/${encodeURIComponent(this.params.id)}`, { query });
      if (key !== this.key) return;
      Object.assign(this, { document, problem: null });
      setTitle(document.title || document.doc_id);
      await this.#readParts();
    } catch (problem) {
      if (key !== this.key) return;
      this.problem = problem;
      if (problem.status === 404) this.document = null;
    } finally {
      clearTimeout(timer);
      this.slow = false;
    }
  }

  /** The parts that the view needs, each once; one with another blob is another part. */
  async #readParts() {
    if (!this.document) return;
    const names = { text: ['document', 'entities'], chunks: ['chunks', 'document'] }[this.#view] ?? [PART[this.#view]];
    const timer = setTimeout(() => { this.slow = true; }, LONG_MS);
    await Promise.all(names.map((name) => this.#readPart(name)));
    clearTimeout(timer);
    this.slow = false;
  }

  async #readPart(name) {
    const { key } = this;
    const blob = this.document.parts[name] ?? null;
    const { state } = this.parts[name] ?? {};
    if (this.#reading.get(name) === blob && state !== 'failed') return;
    this.#reading.set(name, blob);
    const put = (part) => {
      if (key === this.key && this.#reading.get(name) === blob) this.parts = { ...this.parts, [name]: part };
    };
    if (!blob) {
      put({ state: 'none' });
      return;
    }
    try {
      put({ state: 'here', value: await readPart(blob) });
    } catch (problem) {
      put({ state: 'failed', problem });
    }
  }
}

customElements.define('cb-document-page', CbDocumentPage);
