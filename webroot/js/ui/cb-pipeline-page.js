/* The /pipelines/NAME screen: where each value of a pipeline comes from, its definition to edit, and its versions. */
import { CbElement, html, nothing, useStyles } from '../core/base.js';
import { api } from '../core/api.js';
import { fmt, t } from '../core/i18n.js';
import { preview } from '../core/json-view-model.js';
import { palette } from '../core/palette.js';
import { pipelines } from '../core/pipelines.js';
import { setTitle } from '../core/router.js';
import { icon } from './icons.js';
import './cb-pipeline-editor.js';
import './cb-time.js';

await useStyles('cb-pipeline-page');

class CbPipelinePage extends CbElement {
  static properties = { params: {}, query: {}, found: { state: true }, versions: { state: true }, problem: { state: true }, editing: { state: true } };
  #revision = null;

  constructor() {
    super();
    Object.assign(this, { found: null, versions: [], problem: null, editing: false });
    this.watch(palette, ({ revision }) => this.#loadAt(revision));
  }

  willUpdate(changed) {
    const before = changed.get('params');
    if (changed.has('params') && before?.name !== this.params.name) this.#load();
  }

  get #path() {
    return `/api/pipelines/${encodeURIComponent(this.params.name)}`;
  }

  render() {
    const { name } = this.params;
    setTitle(name);
    if (this.problem) return this.#problem();
    if (!this.found) return html`<div class="page" aria-busy="true"><h1>${name}</h1></div>`;
    const { version, description, errors = [], unavailable = [], warnings = [], applicable_sources: sources = [] } = this.found;
    return html`<div class="page pipeline-page">
      <div class="page-head"><div class="grow"><p class="task-origin"><a href="/?view=pipelines">${t('outline.title')}</a></p>
          <h1>${name} ${version ? html`<span class="badge">${version}</span>` : nothing}</h1></div>
        <div class="row-wrap"><button class="btn" type="button" data-testid="edit-pipeline" @click=${() => { this.editing = true; }}>${icon('edit', 16)}${t('pipeline.edit')}</button>
          ${errors.length ? nothing : html`<a class="btn btn-primary" href="/tasks/new?pipeline=${encodeURIComponent(name)}">${icon('play', 16)}${t('outline.start')}</a>`}</div></div>
      ${description ? html`<p class="muted">${description}</p>` : nothing}
      ${sources.length ? html`<p class="small muted">${t('pipeline.sources', { list: fmt.list(sources) })}</p>` : nothing}
      ${this.#notices('bad', errors)}${this.#notices('wait', unavailable)}${this.#notices('wait', warnings, 'pipeline.deprecated')}
      <section aria-labelledby="resolved-title"><h2 id="resolved-title">${t('pipeline.stages')}</h2>
        <ol class="resolved">${(this.found.stages ?? []).map((stage) => this.#stage(stage))}</ol></section>
      ${this.versions.length ? this.#history() : nothing}
      ${this.editing ? html`<cb-pipeline-editor .name=${name} .revision=${this.found.revision ?? null} @closed=${() => { this.editing = false; }} @saved=${() => this.#load()}></cb-pipeline-editor>` : nothing}
    </div>`;
  }

  #notices(tone, list, title) {
    if (list.length === 0) return nothing;
    return html`<div class="notice notice-${tone}">${icon('warn')}<div>${title ? html`<p class="strong">${t(title)}</p>` : nothing}
      <ul>${list.map(({ pointer, detail }) => html`<li>${detail} ${pointer ? html`<code>${pointer}</code>` : nothing}</li>`)}</ul></div></div>`;
  }

  #stage({ name, type, policy, depends_on: needs = [], resolved = {} }) {
    const { state_key: keys, dependencies, config = {}, origin, plugin, available, reason } = resolved;
    return html`<li class="card resolved-stage" data-testid="resolved-stage" data-name=${name}>
      <header class="card-head"><h3 class="grow">${name}</h3><a href="/?stage=${encodeURIComponent(type)}"><code>${type}</code></a>
        ${plugin ? html`<span class="badge badge-plugin">${plugin}</span>` : origin ? html`<span class="badge">${t(`origin.${origin}`)}</span>` : nothing}
        ${available === false ? html`<span class="badge badge-wait">${t('palette.unavailable')}</span>` : nothing}</header>
      ${available === false && reason ? html`<p class="small resolved-reason">${reason}</p>` : nothing}
      <dl class="pairs">
        ${needs.length ? this.#pair(t('pipeline.after'), needs.join(', '), 'pipeline') : nothing}
        ${policy ? this.#pair(t('pipeline.policy'), policy, 'pipeline') : nothing}
        ${keys ? this.#pair(t('pipeline.state_key'), [keys.value ?? []].flat().join(', ') || '–', keys.from) : nothing}
        ${[dependencies?.value ?? []].flat().length ? this.#pair(t('pipeline.needs'), [dependencies.value].flat().join(', '), dependencies.from) : nothing}
        ${Object.entries(config).map(([key, { value, from }]) => this.#pair(key, preview(value), from, true))}
      </dl></li>`;
  }

  #pair(label, value, from, code = false) {
    return html`<div class="pair"><dt>${code ? html`<code>${label}</code>` : label}</dt><dd><code class="pair-value">${value}</code>
      ${from ? html`<span class="badge" title=${t(`pipeline.from_${from}_hint`)}>${t(`pipeline.from_${from}`)}</span>` : nothing}</dd></div>`;
  }

  #history() {
    return html`<section aria-labelledby="versions-title"><h2 id="versions-title">${t('pipeline.versions')}</h2>
      <div class="card table-wrap" tabindex="0" role="region" aria-label=${t('pipeline.versions')}><table class="table"><thead><tr>${['revision', 'version', 'changed', 'by'].map((each) => html`<th scope="col">${t(`pipeline.${each}`)}</th>`)}</tr></thead>
      <tbody>${this.versions.map(({ revision, version, changed_at: at, changed_by: by }) => html`<tr><th scope="row">${revision}</th><td>${version}</td><td><cb-age .at=${at} .ago=${true}></cb-age></td><td>${by}</td></tr>`)}</tbody></table></div></section>`;
  }

  #problem() {
    const gone = this.problem.status === 404;
    return html`<div class="empty">${icon(gone ? 'search' : 'warn', 32)}<h1>${gone ? t('pipeline.missing', { name: this.params.name }) : t('problem.unreachable')}</h1>
      <p>${gone ? t('pipeline.missing_hint') : this.problem.message}</p>
      <div class="row-wrap"><a class="btn" href="/?view=pipelines">${t('outline.title')}</a><button class="btn" type="button" @click=${() => this.#load()}>${icon('retry', 16)}${t('outline.retry')}</button></div></div>`;
  }

  /** What the palette has decides what is available and which defaults there are. */
  #loadAt(revision) {
    if (revision === this.#revision) return;
    this.#revision = revision;
    if (this.params) this.#load();
  }

  async #load() {
    const path = this.#path;
    try {
      const [found, versions] = await Promise.all([api.get(path, { query: { resolved: true } }), api.get(`${path}/versions`)]);
      if (path === this.#path) Object.assign(this, { found, versions: versions.items ?? [], problem: null });
      pipelines.load();
    } catch (problem) {
      if (path === this.#path) this.problem = problem;
    }
  }
}

customElements.define('cb-pipeline-page', CbPipelinePage);
