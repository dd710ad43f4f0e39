/*
 * The dialog that edits a pipeline's definition as YAML, comments kept. Text that was not saved is there again when
 * the dialog is opened again. Tells `closed`.
 */
import { CbElement, html, nothing } from '../core/base.js';
import { api } from '../core/api.js';
import { t } from '../core/i18n.js';
import { sentence } from '../core/text.js';
import { toast } from '../core/toasts.js';
import { textField } from './field.js';
import { icon } from './icons.js';
import { problemText } from './stage-actions.js';

/** Unsaved texts by pipeline: { text, revision } with the revision that they began from. */
const drafts = new Map();

class CbPipelineEditor extends CbElement {
  static properties = { name: {}, text: { state: true }, errors: { state: true }, busy: { state: true }, kept: { state: true } };
  #from = null;
  #saved = null;

  constructor() {
    super();
    Object.assign(this, { text: null, errors: [], busy: false, kept: false });
  }

  firstUpdated() {
    this.querySelector('dialog').showModal();
    const draft = drafts.get(this.name);
    if (!draft) this.#read();
    else {
      Object.assign(this, { text: draft.text, kept: true });
      this.#from = draft.revision;
    }
  }

  render() {
    return html`<dialog class="dialog pipeline-editor" aria-labelledby="pipeline-editor-title" data-testid="pipeline-editor" @close=${this.#closed}>
      <header class="dialog-head"><h2 class="grow" id="pipeline-editor-title">${t('pipeline.edit_title', { name: this.name })}</h2>
        <button class="btn btn-quiet btn-icon" type="button" aria-label=${t('pipeline.close')} @click=${this.#close}>${icon('close')}</button></header>
      <div class="dialog-body stack">
        ${this.errors.length ? html`<div class="notice notice-bad" role="alert" tabindex="-1" data-testid="pipeline-errors">${icon('warn')}<div><p class="strong">${t('pipeline.problems')}</p>
          <ul>${this.errors.map(({ pointer, detail }) => html`<li>${sentence(detail)}${pointer ? html` <code>${pointer}</code>` : nothing}</li>`)}</ul></div></div>` : nothing}
        ${this.kept ? html`<div class="notice">${icon('info')}<p class="grow">${t('pipeline.draft')}</p><button class="btn btn-sm" type="button" data-testid="pipeline-again" @click=${this.#again}>${t('pipeline.again')}</button></div>` : nothing}
        ${this.text === null ? html`<p class="muted" aria-busy="true">${t('pipeline.loading')}</p>`
          : textField({ id: 'pipeline-yaml', testid: 'pipeline-yaml', label: t('pipeline.definition'), hint: t('pipeline.definition_hint'), mono: true, lines: 22, value: this.text, set: (next) => { this.text = next; } })}
      </div>
      <footer class="dialog-foot"><button class="btn" type="button" @click=${this.#close}>${t('dialog.cancel')}</button>
        <button class="btn btn-primary" type="button" data-testid="save-pipeline" ?disabled=${this.busy || this.text === null} @click=${this.#save}>${t('pipeline.save')}</button></footer></dialog>`;
  }

  get #path() {
    return `/api/pipelines/${encodeURIComponent(this.name)}`;
  }

  #close = () => this.querySelector('dialog').close();

  #closed = () => {
    if (this.text === null || this.text === this.#saved) drafts.delete(this.name);
    else drafts.set(this.name, { text: this.text, revision: this.#from });
    this.emit('closed');
  };

  #again = () => {
    drafts.delete(this.name);
    Object.assign(this, { text: null, kept: false, errors: [] });
    this.#read();
  };

  /**
   * The revision is asked for before the text: a change in between makes the save be refused, never lost. It is asked
   * for at another address, because both forms of one address have the same ETag and a browser takes one for the other.
   */
  async #read() {
    try {
      const { revision } = await api.get(this.#path, { query: { resolved: true } });
      const text = await api.get(this.#path, { headers: { Accept: 'application/yaml' } });
      this.#from = revision ?? null;
      this.text = this.#saved = text;
      await this.updateComplete;
      this.querySelector('#pipeline-yaml')?.focus();
    } catch (problem) {
      this.errors = [{ detail: problemText(problem) }];
    }
  }

  #save = async () => {
    const { text } = this;
    this.busy = true;
    try {
      await api.put(this.#path, text, { type: 'application/yaml', ifMatch: this.#from });
      toast(t('pipeline.saved', { name: this.name }));
      this.#saved = text;
      this.#close();
    } catch (problem) {
      const told = problem.errors?.length ? problem.errors : [{ detail: problemText(problem) }];
      if (problem.status === 412) this.kept = true;
      this.errors = problem.status === 412 ? [{ detail: t('pipeline.overtaken') }] : told;
      await this.updateComplete;
      this.querySelector('[data-testid="pipeline-errors"]')?.focus();
    } finally {
      this.busy = false;
    }
  };
}

customElements.define('cb-pipeline-editor', CbPipelineEditor);
