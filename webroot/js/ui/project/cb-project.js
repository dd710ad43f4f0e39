/* The /projects/ID screen: a new task of the project, and the stages that its tasks choose from. */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { Templates, projects } from '../../core/projects.js';
import { setTitle } from '../../core/router.js';
import { icon } from '../common/icons.js';
import { problemText } from '../common/stage-actions.js';
import './cb-project-task.js';
import './cb-project-tasks.js';
import './cb-templates.js';

await useStyles('cb-projects');

class CbProject extends CbElement {
  static properties = { params: {}, query: {} };
  #known = null;

  constructor() {
    super();
    this.watch(projects, () => this.#update());
  }

  connectedCallback() {
    super.connectedCallback();
    projects.follow();
  }

  willUpdate(changed) {
    if (!changed.has('params') || changed.get('params')?.id === this.params.id) return;
    this.stop?.();
    this.#known = this.#project;
    this.templates = new Templates(this.params.id);
    this.stop = this.templates.subscribe(() => this.requestUpdate());
    this.templates.load();
  }

  get #project() {
    return projects.state.items?.find((each) => each.id === this.params?.id);
  }

  /** The feed publishes a project when its stage templates change, too. */
  #update() {
    const before = this.#known;
    this.#known = this.#project;
    if (before && before !== this.#known) this.templates?.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stop?.();
  }

  render() {
    const { id } = this.params;
    const project = this.#project;
    const { problem, items } = this.templates.state;
    setTitle(project?.name ?? t('projects.title'));
    if (problem?.status === 404 || (projects.state.items && !projects.state.loading && !project)) return html`<div class="page"><div class="empty" data-testid="project-missing">${icon('search', 32)}<h1>${t('projects.missing')}</h1><p>${t('projects.missing_hint')}</p><a class="btn" href="/projects">${t('projects.all')}</a></div></div>`;
    return html`<div class="page project"><a class="btn btn-quiet back-link" href="/projects">${icon('left', 16)}${t('projects.title')}</a>
      <div class="page-head"><div class="grow"><h1 dir="auto">${project?.name ?? t('projects.title')}${project?.archived_at ? html` <span class="badge">${t('projects.archived')}</span>` : nothing}</h1>${project?.description ? html`<p class="muted" dir="auto">${project.description}</p>` : nothing}</div></div>
      ${problem ? html`<div class="notice notice-wait">${icon('warn')}<p class="grow">${problemText(problem)}</p><button class="btn btn-sm" type="button" @click=${() => this.templates.load()}>${t('outline.retry')}</button></div>` : nothing}
      <cb-project-tasks .project=${id}></cb-project-tasks>
      <div class="project-cols">${project?.archived_at ? nothing : html`<cb-project-task .project=${id}></cb-project-task>`}
        ${items ? html`<cb-templates .templates=${this.templates}></cb-templates>` : nothing}</div></div>`;
  }
}

customElements.define('cb-project', CbProject);
