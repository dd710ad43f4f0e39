/* A new task of a project: a title and a description, and it starts. */
import { CbElement, html, nothing } from '../../core/base.js';
import { api } from '../../core/api.js';
import { drafts } from '../../core/drafts.js';
import { t } from '../../core/i18n.js';
import { router } from '../../core/router.js';
import { place } from '../../core/schema-form.js';
import { uuid } from '../../core/uuid.js';
import { draftNotice } from '../common/draft-notice.js';
import { textField } from '../common/field.js';
import { icon } from '../common/icons.js';
import { problemText } from '../common/stage-actions.js';

class CbProjectTask extends CbElement {
  static properties = { project: {}, name: { state: true }, description: { state: true }, errors: { state: true }, rest: { state: true }, busy: { state: true }, restored: { state: true } };
  #attempt = { body: '', key: '' };

  constructor() {
    super();
    Object.assign(this, { name: '', description: '', errors: new Map(), rest: [], busy: false, restored: null });
  }

  willUpdate(changed) {
    if (!changed.has('project')) return;
    const found = drafts.read(this.#place);
    Object.assign(this, { name: '', description: '', ...found?.value, restored: found?.at ?? null });
  }

  get #place() {
    return `project-task:${this.project}`;
  }

  #type(patch) {
    Object.assign(this, patch);
    const { name, description } = this;
    if (name || description) drafts.keep(this.#place, { name, description });
    else drafts.drop(this.#place);
  }

  #discard = () => {
    this.#type({ name: '', description: '' });
    this.restored = null;
  };

  render() {
    return html`<form class="card" novalidate data-testid="project-task" aria-labelledby="project-task-title" @submit=${this.#start}><header class="card-head"><h2 id="project-task-title">${t('project.new_task')}</h2></header>
      <div class="card-body stack">
        ${this.restored ? draftNotice({ at: this.restored, discard: this.#discard }) : nothing}
        ${textField({ id: 'task-title', testid: 'task-title', label: t('project.task_title'), hint: t('project.task_hint'), required: true, value: this.name, error: this.errors.get('/title'), set: (text) => { this.#type({ name: text }); this.errors = new Map(); } })}
        ${textField({ id: 'task-description', testid: 'task-description', label: t('project.task_description'), hint: t('project.task_description_hint'), lines: 6, value: this.description, error: this.errors.get('/description'), set: (text) => this.#type({ description: text }) })}
        ${this.rest.length ? html`<div class="notice notice-bad" role="alert">${icon('warn')}<div>${this.rest.map((line) => html`<p>${line}</p>`)}</div></div>` : nothing}
        <div><button class="btn btn-primary" type="submit" data-testid="start-task" ?disabled=${this.busy}>${icon('play', 16)}${t(this.busy ? 'project.starting' : 'project.start')}</button></div></div></form>`;
  }

  #start = async (event) => {
    event.preventDefault();
    if (this.busy) return;
    const body = { title: this.name.trim(), description: this.description.trim(), project: this.project, auto_start: true };
    if (!body.title) {
      this.errors = new Map([['/title', t('project.title_missing')]]);
      this.querySelector('#task-title').focus();
      return;
    }
    const text = JSON.stringify(body);
    if (text !== this.#attempt.body) this.#attempt = { body: text, key: uuid() };
    Object.assign(this, { busy: true, rest: [], errors: new Map() });
    try {
      const { id } = await api.post('/api/tasks', body, { key: this.#attempt.key });
      drafts.drop(this.#place);
      router.navigate(`/tasks/${encodeURIComponent(id)}`);
    } catch (problem) {
      const { placed, rest } = place(problem.errors ?? [], new Set(['/title', '/description']));
      Object.assign(this, { errors: placed, rest: placed.size || rest.length ? rest : [problemText(problem)] });
      if (!problem.offline) this.#attempt = { body: '', key: '' };
    } finally {
      this.busy = false;
    }
  };
}

customElements.define('cb-project-task', CbProjectTask);
