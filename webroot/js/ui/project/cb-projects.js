/* The /projects screen: projects to open, create, rename and archive. */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { projects } from '../../core/projects.js';
import { router, setTitle } from '../../core/router.js';
import { toast } from '../../core/toasts.js';
import { icon } from '../common/icons.js';
import { problemText } from '../common/stage-actions.js';
import './cb-project-dialog.js';
import '../common/cb-time.js';

await useStyles('cb-projects');

class CbProjects extends CbElement {
  static properties = { params: {}, query: {}, all: { state: true }, form: { state: true } };

  constructor() {
    super();
    Object.assign(this, { all: false, form: null });
    this.watch(projects);
  }

  connectedCallback() {
    super.connectedCallback();
    setTitle(t('projects.title'));
    projects.follow();
  }

  render() {
    const { items, problem } = projects.state;
    const archived = (items ?? []).filter((each) => each.archived_at);
    const shown = (items ?? []).filter((each) => !each.archived_at || this.all);
    return html`<div class="page projects"><div class="page-head"><div><h1>${t('projects.title')}</h1><p class="muted">${t('projects.hint')}</p></div>
        <button class="btn btn-primary" type="button" data-testid="new-project" @click=${() => { this.form = { project: null }; }}>${icon('plus', 16)}${t('projects.new')}</button></div>
      ${problem ? html`<div class="notice notice-wait">${icon('warn')}<p class="grow">${problemText(problem)}</p><button class="btn btn-sm" type="button" @click=${() => projects.load()}>${t('outline.retry')}</button></div>` : nothing}
      ${items === null ? nothing : shown.length ? html`<ul class="card project-list">${shown.map((each) => this.#row(each))}</ul>`
        : html`<div class="card empty">${icon('folder', 32)}<h2>${t('projects.none')}</h2><p>${t('projects.none_hint')}</p></div>`}
      ${archived.length ? html`<button class="btn btn-quiet projects-more" type="button" aria-expanded=${String(this.all)} @click=${() => { this.all = !this.all; }}>${icon('archive', 16)}${this.all ? t('projects.hide_archived') : t('projects.show_archived', { n: archived.length })}</button>` : nothing}
      ${this.form ? html`<cb-project-dialog .project=${this.form.project} @closed=${({ detail }) => this.#closed(detail)}></cb-project-dialog>` : nothing}</div>`;
  }

  #row(project) {
    const { id, name, description, pipeline, created_at: made, archived_at: archived } = project;
    return html`<li class="project-row" data-testid="project-row" data-id=${id}>
      <a class="project-link grow" href="/projects/${encodeURIComponent(id)}"><span class="project-name"><bdi>${name}</bdi>${archived ? html` <span class="badge">${t('projects.archived')}</span>` : nothing}</span>
        <span class="muted small">${description ? html`<bdi>${description}</bdi> · ` : nothing}${pipeline} · ${t('projects.made')} <cb-age .at=${made} .ago=${true}></cb-age></span></a>
      <button class="btn btn-sm btn-quiet" type="button" data-testid="rename-project" aria-label="${t('projects.rename')}: ${name}" @click=${() => { this.form = { project }; }}>${icon('edit', 14)}${t('projects.rename')}</button>
      <button class="btn btn-sm btn-quiet" type="button" data-testid="archive-project" aria-label="${t(archived ? 'projects.restore' : 'projects.archive')}: ${name}" @click=${() => this.#archive(project, !archived)}>${icon(archived ? 'retry' : 'archive', 14)}${t(archived ? 'projects.restore' : 'projects.archive')}</button></li>`;
  }

  #closed({ made }) {
    this.form = null;
    if (made) router.navigate(`/projects/${encodeURIComponent(made.id)}`);
  }

  async #archive(project, archived) {
    try {
      await projects.change(project, { archived });
      toast(t(archived ? 'projects.archived_said' : 'projects.restored_said', { name: project.name }), archived ? { ms: 8_000, action: { label: t('undo'), testid: 'undo', run: () => this.#archive(project, false) } } : {});
    } catch (problem) {
      toast(problemText(problem), { tone: 'bad', ms: 8_000 });
    }
  }
}

customElements.define('cb-projects', CbProjects);
