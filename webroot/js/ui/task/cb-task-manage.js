/*
 * What is done with a task as a thing: its title and description are edited, it is archived or restored. What is typed
 * is kept as a draft, and what somebody else saves meanwhile is shown with the difference.
 */
import { CbElement, html, nothing } from '../../core/base.js';
import { FormDraft } from '../../core/form-draft.js';
import { t } from '../../core/i18n.js';
import { place } from '../../core/schema-form.js';
import { able } from '../../core/task-bulk.js';
import { labelsOf, labelsText } from '../../core/task-labels.js';
import { draftKept } from '../common/draft-notice.js';
import { textField } from '../common/field.js';
import { formNotices } from '../common/form-notices.js';
import { icon } from '../common/icons.js';
import { problemText } from '../common/stage-actions.js';
import { actOn } from './task-actions.js';

const savedOf = ({ title, description, labels }) => (
  { title, description: description ?? '', labels: labelsText(labels) }
);

/** What is wrong with one label is shown at the field of all. */
const atField = (error) => (error.pointer?.startsWith('/labels/') ? { ...error, pointer: '/labels' } : error);

class CbTaskManage extends CbElement {
  static properties = {
    task: {}, feed: {}, form: { state: true }, errors: { state: true }, rest: { state: true }, busy: { state: true },
  };
  #stop = null;

  constructor() {
    super();
    Object.assign(this, { form: null, errors: new Map(), rest: [], busy: false });
  }

  /** What somebody else saves while the dialog is open is shown in it at once. */
  willUpdate(changed) {
    if (changed.has('task') && this.form && !this.busy) this.form.heard(savedOf(this.task));
  }

  render() {
    const archived = Boolean(this.task.archived_at);
    const archivable = able('archive', [this.task]).length > 0;
    return html`<div class="task-manage">
      ${archived ? html`<span class="badge" data-testid="task-archived">${icon('archive', 14)}${t('manage.archived')}</span>` : nothing}
      <button class="btn btn-sm btn-quiet" type="button" data-testid="edit-task" @click=${this.#open}>${icon('edit', 14)}${t('manage.edit')}</button>
      ${archived ? this.#button('restore', 'retry') : archivable ? this.#button('archive', 'archive') : nothing}</div>
      ${this.form ? this.#dialog() : nothing}`;
  }

  #button(action, name) {
    return html`<button class="btn btn-sm btn-quiet" type="button" data-testid="${action}-task" ?disabled=${this.busy}
      @click=${() => this.#act(action)}>${icon(name, 14)}${t(`manage.${action}`)}</button>`;
  }

  #dialog() {
    const { form, errors, rest } = this;
    const { values: { title, description, labels }, kept, conflicts } = form.state;
    const label = (key) => t(`manage.${key === 'title' ? 'name' : key}`);
    const notices = { text: t('manage.overtaken'), label, save: this.#save, busy: this.busy };
    return html`<dialog class="dialog" aria-labelledby="manage-title" data-testid="manage-dialog"
        @close=${this.#closed}>
      <form method="dialog" novalidate @submit=${this.#submit}>
      <header class="dialog-head"><h2 class="grow" id="manage-title">${t('manage.title')}</h2></header>
      <div class="dialog-body stack">${formNotices(form, notices)}
        ${textField({ id: 'manage-name', testid: 'manage-name', label: t('manage.name'), required: true, value: title,
          error: errors.get('/title'), set: (text) => this.#type({ title: text }) })}
        ${textField({ id: 'manage-description', testid: 'manage-description', label: t('manage.description'), lines: 6,
          value: description, error: errors.get('/description'), set: (text) => this.#type({ description: text }) })}
        ${textField({ id: 'manage-labels', testid: 'manage-labels', label: t('manage.labels'),
          hint: t('manage.labels_hint'), value: labels, error: errors.get('/labels'), set: (text) => this.#type({ labels: text }) })}
        ${rest.map((line) => html`<p class="error-text" role="alert">${icon('warn', 14)}${line}</p>`)}</div>
      <footer class="dialog-foot"><span class="grow">${kept === null ? nothing : draftKept(kept)}</span>
        <button class="btn" type="button" @click=${this.#close}>${t('dialog.cancel')}</button>
        <button class="btn btn-primary" type="submit" data-testid="manage-save"
          ?disabled=${this.busy || conflicts.length > 0}>${t('manage.save')}</button></footer></form></dialog>`;
  }

  #open = async () => {
    const form = new FormDraft(`task:${this.task.id}`, savedOf(this.task));
    this.#stop = form.subscribe(() => this.requestUpdate());
    Object.assign(this, { form, errors: new Map(), rest: [] });
    await this.updateComplete;
    this.querySelector('dialog').showModal();
  };

  #close = () => this.querySelector('dialog')?.close();

  #closed = () => {
    this.#stop?.();
    this.form = null;
  };

  #type(patch) {
    Object.assign(this, { errors: new Map(), rest: [] });
    this.form.type(patch);
  }

  #submit = (event) => {
    event.preventDefault();
    this.#save();
  };

  /** Only what was changed here is sent. */
  #save = async () => {
    const { form } = this;
    if (form.state.conflicts.length) return;
    const patch = Object.fromEntries(Object.entries(form.patch).map(([key, value]) => [key, value.trim()]));
    if ('labels' in patch) patch.labels = labelsOf(patch.labels);
    if (patch.title === '') {
      this.errors = new Map([['/title', t('check.required')]]);
      this.querySelector('#manage-name').focus();
      return;
    }
    this.busy = true;
    try {
      if (Object.keys(patch).length) await this.feed.change(patch);
      form.done();
      this.#close();
    } catch (problem) {
      const fields = new Set(['/title', '/description', '/labels']);
      const { placed, rest } = place((problem.errors ?? []).map(atField), fields);
      this.errors = placed;
      this.rest = placed.size || rest.length ? rest : [problemText(problem)];
    }
    this.busy = false;
  };

  async #act(action) {
    this.busy = true;
    await actOn(action, [this.task.id]);
    this.busy = false;
  }
}

customElements.define('cb-task-manage', CbTaskManage);
