/*
 * The dialog that creates a project (`project` is null) or renames one. What is typed is kept as a draft; what somebody
 * else saves meanwhile is shown with the difference. Emits `closed` { made }: the new project, if there is one.
 */
import { CbElement, html, nothing } from '../../core/base.js';
import { FormDraft } from '../../core/form-draft.js';
import { t } from '../../core/i18n.js';
import { blocking, pipelines } from '../../core/pipelines.js';
import { USUAL, projects } from '../../core/projects.js';
import { place } from '../../core/schema-form.js';
import { draftKept } from '../common/draft-notice.js';
import { selectField, textField } from '../common/field.js';
import { formNotices } from '../common/form-notices.js';
import { icon } from '../common/icons.js';
import { problemText } from '../common/stage-actions.js';

const savedOf = (project) => ({
  name: project?.name ?? '', description: project?.description ?? '', ...(project ? {} : { pipeline: USUAL }),
});

class CbProjectDialog extends CbElement {
  static properties = { project: {}, errors: { state: true }, rest: { state: true }, busy: { state: true } };
  #form = null;
  #made = null;

  constructor() {
    super();
    Object.assign(this, { project: null, errors: new Map(), rest: [], busy: false });
    this.watch(pipelines);
    pipelines.follow();
    this.watch(projects, ({ items }) => {
      const now = this.project && items?.find(({ id }) => id === this.project.id);
      if (now && !this.busy) this.#form?.heard(savedOf(now));
    });
  }

  willUpdate() {
    if (this.#form) return;
    this.#form = new FormDraft(`project:${this.project?.id ?? 'new'}`, savedOf(this.project));
    this.watch(this.#form);
  }

  firstUpdated() {
    this.querySelector('dialog').showModal();
    this.querySelector('#project-name').focus();
  }

  render() {
    const { values: { name, description, pipeline = USUAL }, kept, conflicts } = this.#form.state;
    const { project, errors } = this;
    const label = (key) => t(`projects.${key}`);
    const notices = { text: t('projects.overtaken'), label, save: this.#save, busy: this.busy };
    const title = t(project ? 'projects.edit_title' : 'projects.new_title');
    return html`<dialog class="dialog project-dialog" aria-labelledby="project-dialog-title"
        data-testid="project-dialog" @close=${() => this.emit('closed', { made: this.#made })}>
      <form method="dialog" novalidate @submit=${this.#submit}>
      <header class="dialog-head"><h2 class="grow" id="project-dialog-title">${title}</h2></header>
      <div class="dialog-body stack">${formNotices(this.#form, notices)}
        ${textField({ id: 'project-name', testid: 'project-name', label: t('projects.name'), required: true,
          value: name, error: errors.get('/name'), set: (text) => this.#type({ name: text }) })}
        ${textField({ id: 'project-description', testid: 'project-description', label: t('projects.description'),
          lines: 3, value: description, error: errors.get('/description'), set: (text) => this.#type({ description: text }) })}
        ${project ? nothing : selectField({ id: 'project-pipeline', testid: 'project-pipeline', label: t('projects.pipeline'),
          hint: t('projects.pipeline_hint'), value: pipeline, error: errors.get('/pipeline'), options: this.#pipelines(),
          set: (chosen) => this.#type({ pipeline: chosen }) })}
        ${this.rest.map((line) => html`<p class="error-text" role="alert">${icon('warn', 14)}${line}</p>`)}</div>
      <footer class="dialog-foot"><span class="grow">${kept === null ? nothing : draftKept(kept)}</span>
        <button class="btn" type="button" @click=${this.#close}>${t('dialog.cancel')}</button>
        <button class="btn btn-primary" type="submit" data-testid="save-project"
          ?disabled=${this.busy || conflicts.length > 0}>${t(project ? 'projects.save' : 'projects.create')}</button></footer>
      </form></dialog>`;
  }

  #pipelines() {
    const names = (pipelines.state.items ?? []).filter((each) => !blocking(each).length).map(({ name }) => name);
    return [...new Set([USUAL, ...names])].map((value) => ({ value, label: value }));
  }

  #type(patch) {
    Object.assign(this, { errors: new Map(), rest: [] });
    this.#form.type(patch);
  }

  #close = () => this.querySelector('dialog').close();

  #submit = (event) => {
    event.preventDefault();
    this.#save();
  };

  #save = async () => {
    const { project } = this;
    const { values, conflicts } = this.#form.state;
    if (conflicts.length) return;
    if (!values.name.trim()) {
      this.errors = new Map([['/name', t('check.required')]]);
      this.querySelector('#project-name').focus();
      return;
    }
    this.busy = true;
    try {
      if (project) await projects.change(project, trimmed(this.#form.patch));
      else this.#made = await projects.create(trimmed(values));
      this.#form.done();
      this.#close();
    } catch (problem) {
      const { placed, rest } = place(problem.errors ?? [], new Set(['/name', '/description', '/pipeline']));
      this.errors = placed;
      this.rest = placed.size || rest.length ? rest : [problemText(problem)];
    } finally {
      this.busy = false;
    }
  };
}

function trimmed(values) {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value.trim()]));
}

customElements.define('cb-project-dialog', CbProjectDialog);
