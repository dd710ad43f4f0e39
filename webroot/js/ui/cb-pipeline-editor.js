/* The dialog that edits a pipeline's definition as YAML, comments kept. Tells `saved` and `closed`. */
import { CbElement, html, nothing } from '../core/base.js';
import { api } from '../core/api.js';
import { t } from '../core/i18n.js';
import { toast } from '../core/toasts.js';
import { textField } from './field.js';
import { icon } from './icons.js';
import { problemText } from './stage-actions.js';

class CbPipelineEditor extends CbElement {
  static properties = { name: {}, revision: {}, text: { state: true }, errors: { state: true }, busy: { state: true } };

  constructor() {
    super();
    Object.assign(this, { text: null, errors: [], busy: false });
  }

  firstUpdated() {
    this.querySelector('dialog').showModal();
    this.#read();
  }

  render() {
    return html`<dialog class="dialog pipeline-editor" aria-labelledby="pipeline-editor-title" data-testid="pipeline-editor" @close=${() => this.emit('closed')}>
      <header class="dialog-head"><h2 class="grow" id="pipeline-editor-title">${t('pipeline.edit_title', { name: this.name })}</h2>
        <button class="btn btn-quiet btn-icon" type="button" aria-label=${t('pipeline.close')} @click=${this.#close}>${icon('close')}</button></header>
      <div class="dialog-body stack">
        ${this.text === null ? html`<p class="muted" aria-busy="true">${t('pipeline.loading')}</p>`
          : textField({ id: 'pipeline-yaml', testid: 'pipeline-yaml', label: t('pipeline.definition'), hint: t('pipeline.definition_hint'), mono: true, lines: 22, value: this.text, set: (next) => { this.text = next; } })}
        ${this.errors.length ? html`<div class="notice notice-bad" role="alert" data-testid="pipeline-errors">${icon('warn')}<ul>${this.errors.map((line) => html`<li>${line}</li>`)}</ul></div>` : nothing}
      </div>
      <footer class="dialog-foot"><button class="btn" type="button" @click=${this.#close}>${t('dialog.cancel')}</button>
        <button class="btn btn-primary" type="button" data-testid="save-pipeline" ?disabled=${this.busy || this.text === null} @click=${this.#save}>${t('pipeline.save')}</button></footer></dialog>`;
  }

  get #path() {
    return `/api/pipelines/${encodeURIComponent(this.name)}`;
  }

  #close = () => this.querySelector('dialog').close();

  async #read() {
    try {
      this.text = await api.get(this.#path, { headers: { Accept: 'application/yaml' } });
    } catch (problem) {
      this.errors = [problemText(problem)];
    }
  }

  #save = async () => {
    this.busy = true;
    try {
      await api.put(this.#path, this.text, { type: 'application/yaml', ifMatch: this.revision });
      toast(t('pipeline.saved', { name: this.name }));
      this.emit('saved');
      this.#close();
    } catch (problem) {
      const lines = problem.errors?.map(({ pointer, detail }) => (pointer ? `${pointer}: ${detail}` : detail)) ?? [];
      this.errors = problem.status === 412 ? [t('pipeline.overtaken')] : lines.length ? lines : [problemText(problem)];
    } finally {
      this.busy = false;
    }
  };
}

customElements.define('cb-pipeline-editor', CbPipelineEditor);
