/* What is done with a task as a thing: its title and description are edited, it is archived or restored. */
import { CbElement, html, nothing } from '../core/base.js';
import { t } from '../core/i18n.js';
import { place } from '../core/schema-form.js';
import { able } from '../core/task-bulk.js';
import { textField } from './field.js';
import { icon } from './icons.js';
import { problemText } from './stage-actions.js';
import { actOn } from './task-actions.js';

class CbTaskManage extends CbElement {
  static properties = { task: {}, feed: {}, form: { state: true }, busy: { state: true } };

  constructor() {
    super();
    Object.assign(this, { form: null, busy: false });
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
    const { title, description, errors, rest } = this.form;
    const set = (patch) => { this.form = { ...this.form, errors: new Map(), rest: [], ...patch }; };
    return html`<dialog class="dialog" aria-labelledby="manage-title" @close=${() => { this.form = null; }}>
      <form method="dialog" novalidate @submit=${this.#save}>
      <header class="dialog-head"><h2 class="grow" id="manage-title">${t('manage.title')}</h2></header>
      <div class="dialog-body stack">
        ${textField({ id: 'manage-name', testid: 'manage-name', label: t('manage.name'), required: true, value: title, error: errors.get('/title'), set: (text) => set({ title: text }) })}
        ${textField({ id: 'manage-description', testid: 'manage-description', label: t('manage.description'), lines: 6, value: description, error: errors.get('/description'), set: (text) => set({ description: text }) })}
        ${rest.map((line) => html`<p class="error-text" role="alert">${icon('warn', 14)}${line}</p>`)}</div>
      <footer class="dialog-foot"><button class="btn" type="button" @click=${() => this.querySelector('dialog').close()}>${t('dialog.cancel')}</button>
        <button class="btn btn-primary" type="submit" data-testid="manage-save" ?disabled=${this.busy}>${t('manage.save')}</button></footer></form></dialog>`;
  }

  #open = async () => {
    const { title, description } = this.task;
    this.form = { title, description, was: { title, description }, errors: new Map(), rest: [] };
    await this.updateComplete;
    this.querySelector('dialog').showModal();
  };

  /** Only what was changed here is sent. */
  #save = async (event) => {
    event.preventDefault();
    const { title, description, was } = this.form;
    const patch = {};
    if (title.trim() !== was.title) patch.title = title.trim();
    if (description.trim() !== was.description) patch.description = description.trim();
    if (patch.title === '') {
      this.form = { ...this.form, errors: new Map([['/title', t('check.required')]]) };
      return;
    }
    this.busy = true;
    try {
      if (Object.keys(patch).length) await this.feed.change(patch);
      this.querySelector('dialog')?.close();
    } catch (problem) {
      const { placed, rest } = place(problem.errors ?? [], new Set(['/title', '/description']));
      const told = placed.size || rest.length ? rest : [problemText(problem)];
      this.form = { ...this.form, errors: placed, rest: told };
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
