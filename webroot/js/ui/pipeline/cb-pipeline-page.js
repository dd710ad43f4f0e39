/* The /pipelines/NAME screen: where each value of a pipeline comes from, its definition to edit, and its versions. */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { api } from '../../core/api.js';
import { fmt, t } from '../../core/i18n.js';
import { blocking, ordered, pipelines } from '../../core/pipelines.js';
import { router, setTitle } from '../../core/router.js';
import { sentence } from '../../core/text.js';
import { toast } from '../../core/toasts.js';
import { who } from '../../core/who.js';
import { icon } from '../common/icons.js';
import { resolvedStage, versionsTable } from './pipeline-parts.js';
import { sinksSection } from './pipeline-sinks.js';
import './cb-flow.js';
import './cb-pipeline-editor.js';
import '../common/cb-pipeline-make.js';
import './cb-remove-pipeline.js';
import './cb-triggers.js';
import { UNDO_MS, problemText } from '../common/stage-actions.js';

await Promise.all([useStyles('cb-outline'), useStyles('cb-pipeline-page')]);

class CbPipelinePage extends CbElement {
  static properties = { params: {}, query: {}, found: { state: true }, versions: { state: true }, problem: { state: true }, editing: { state: true }, copied: { state: true }, removing: { state: true } };
  #known = undefined;

  constructor() {
    super();
    Object.assign(this, { found: null, versions: [], problem: null, editing: false, copied: null, removing: false });
    this.watch(pipelines, () => this.#update());
    this.watch(who);
  }

  connectedCallback() {
    super.connectedCallback();
    pipelines.follow();
    if (this.hasUpdated) this.#load();
  }

  willUpdate(changed) {
    const before = changed.get('params');
    if (!changed.has('params') || before?.name === this.params.name) return;
    this.#known = this.#listed;
    this.#load();
  }

  get #path() {
    return `/api/pipelines/${encodeURIComponent(this.params.name)}`;
  }

  render() {
    const { name } = this.params;
    setTitle(name);
    if (this.problem) return this.#problem();
    if (!this.found) return html`<div class="page" aria-busy="true"><h1>${name}</h1></div>`;
    const stages = ordered(this.found);
    const { version, description, errors = [], unavailable = [], warnings = [], applicable_sources: sources = [], last_good_used: lastGood, revision } = this.found;
    return html`<div class="page pipeline-page">
      <a class="btn btn-quiet back-link" href="/?view=pipelines">${icon('left', 16)}${t('outline.title')}</a>
      <div class="page-head"><div class="grow"><h1>${name} ${version ? html`<span class="badge">${version}</span>` : nothing}</h1></div>
        <div class="row-wrap"><button class="btn" type="button" data-testid="edit-pipeline" @click=${() => { this.editing = true; }}>${icon('edit', 16)}${t('pipeline.edit')}</button>
          <button class="btn" type="button" data-testid="copy-pipeline" @click=${this.#copy}>${icon('copy', 16)}${t('pipeline.copy')}</button>
          <button class="btn btn-danger" type="button" data-testid="delete-pipeline" @click=${() => { this.removing = true; }}>${icon('trash', 16)}${t('pipeline.delete')}</button>
          ${blocking(this.found).length ? nothing : html`<a class="btn btn-primary" href="/tasks/new?pipeline=${encodeURIComponent(name)}">${icon('play', 16)}${t('outline.start')}</a>`}</div></div>
      ${description || sources.length ? html`<div class="stack pipeline-about">${description ? html`<p dir="auto">${description}</p>` : nothing}
        ${sources.length ? html`<p class="small muted">${t('pipeline.sources', { list: fmt.list(sources) })}</p>` : nothing}</div>` : nothing}
      ${this.#notices('bad', errors, t(lastGood ? 'pipeline.last_good' : 'pipeline.broken', { n: revision }))}${this.#notices('wait', unavailable, t('pipeline.cannot_run'))}${this.#notices('wait', warnings, t('pipeline.warned'))}
      ${stages.length ? html`<section class="pipeline-flow" aria-labelledby="flow-title"><h2 id="flow-title">${t('flow.title')}</h2>
        <cb-flow .pipeline=${this.found} @show=${this.#show}></cb-flow></section>` : nothing}
      ${errors.length && stages.length === 0 ? nothing : html`<section><h2>${t('pipeline.stages')}</h2>
        <ol class="resolved">${stages.map((stage, i) => resolvedStage(stage, i + 1))}</ol>${stages.length ? nothing : html`<p class="muted">${t('pipeline.none')}</p>`}</section>`}
      <cb-triggers .pipeline=${this.found}></cb-triggers>
      ${sinksSection(this.found.sinks)}
      ${this.versions.length ? versionsTable(this.versions) : nothing}
      ${this.editing ? html`<cb-pipeline-editor .name=${name} @closed=${() => { this.editing = false; this.#load(); }}></cb-pipeline-editor>` : nothing}
      ${this.copied ? html`<cb-pipeline-make .from=${this.copied} @closed=${this.#made}></cb-pipeline-make>` : nothing}
      ${this.removing ? html`<cb-remove-pipeline .pipeline=${this.found} @confirmed=${this.#delete} @closed=${() => { this.removing = false; }}></cb-remove-pipeline>` : nothing}
    </div>`;
  }

  /** Where a node of the graph is told of; sources have their cards among the triggers, or none. */
  #show = ({ detail: { name } }) => {
    const card = [...this.querySelectorAll('[data-name]')].find(({ dataset }) => dataset.name === name);
    card?.scrollIntoView({ block: 'center' });
    card?.focus({ preventScroll: true });
  };

  #text() {
    return api.get(this.#path, { headers: { Accept: 'application/yaml' } });
  }

  #copy = () => this.#try(async () => {
    this.copied = { name: this.params.name, text: await this.#text() };
  });

  #made = ({ detail: { made } }) => {
    this.copied = null;
    if (made) router.navigate(`/pipelines/${encodeURIComponent(made)}`);
  };

  /** Asked before, and with a way back; tasks keep the definition that they started with. */
  #delete = () => this.#try(async () => {
    const { name } = this.params;
    const path = this.#path;
    const text = await this.#text();
    await api.delete(path, { ifMatch: this.found.revision });
    const back = async () => {
      await api.put(path, text, { type: 'application/yaml' });
      router.navigate(`/pipelines/${encodeURIComponent(name)}`);
    };
    router.navigate('/?view=pipelines');
    const action = { label: t('undo'), testid: 'undo', run: () => this.#try(back) };
    toast(t('pipeline.deleted', { name }), { ms: UNDO_MS, action });
  });

  async #try(work) {
    try {
      await work();
    } catch (problem) {
      toast(problemText(problem), { tone: 'bad' });
      if (problem.status === 412) this.#load();
    }
  }

  #notices(tone, list, title) {
    if (list.length === 0) return nothing;
    return html`<div class="notice notice-${tone}">${icon('warn')}<div class="grow"><p class="strong">${title}</p>
      <ul>${list.map(({ pointer, detail }) => html`<li>${sentence(detail)} ${pointer ? html`<code>${pointer}</code>` : nothing}</li>`)}</ul></div></div>`;
  }

  #problem() {
    const gone = this.problem.status === 404;
    return html`<div class="empty">${icon(gone ? 'search' : 'warn', 32)}<h1>${gone ? t('pipeline.missing', { name: this.params.name }) : t('problem.unreachable')}</h1>
      <p>${gone ? t('pipeline.missing_hint') : this.problem.message}</p>
      <div class="row-wrap"><a class="btn" href="/?view=pipelines">${t('outline.title')}</a><button class="btn" type="button" @click=${() => this.#load()}>${icon('retry', 16)}${t('outline.retry')}</button></div></div>`;
  }

  /** Null for none of that name, undefined as long as nobody knows. */
  get #listed() {
    const { items } = pipelines.state;
    return items ? items.find(({ name }) => name === this.params?.name) ?? null : undefined;
  }

  /** The feed publishes a pipeline when its file changes, and when the palette or a plugin makes it another. */
  #update() {
    const before = this.#known;
    this.#known = this.#listed;
    if (before === undefined || before === this.#known) return;
    if (this.editing) this.querySelector('cb-pipeline-editor')?.check();
    else this.#load();
  }

  async #load() {
    const path = this.#path;
    try {
      const [found, versions] = await Promise.all([api.get(path, { query: { resolved: true } }), api.get(`${path}/versions`)]);
      if (path === this.#path) Object.assign(this, { found, versions: versions.items ?? [], problem: null });
    } catch (problem) {
      if (path === this.#path) this.problem = problem;
    }
  }
}

customElements.define('cb-pipeline-page', CbPipelinePage);
