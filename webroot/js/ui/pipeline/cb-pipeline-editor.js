/*
 * The dialog that edits a pipeline's definition as YAML, comments kept. Text that was not saved is there again when the
 * dialog is opened again, also after a reload. When somebody else saved meanwhile, it shows the difference and asks whose
 * is to stay. Emits `closed`.
 */
import { CbElement, html, nothing } from '../../core/base.js';
import { api } from '../../core/api.js';
import { drafts } from '../../core/drafts.js';
import { t } from '../../core/i18n.js';
import { SINKS, SOURCES, STAGE } from '../../core/pipeline-examples.js';
import { sentence } from '../../core/text.js';
import { toast } from '../../core/toasts.js';
import { conflictNotice } from '../common/conflict-notice.js';
import { draftKept, draftNotice } from '../common/draft-notice.js';
import { textField } from '../common/field.js';
import { icon } from '../common/icons.js';
import { problemText } from '../common/stage-actions.js';

class CbPipelineEditor extends CbElement {
  static properties = { name: {}, text: { state: true }, errors: { state: true }, busy: { state: true }, restored: { state: true }, kept: { state: true }, theirs: { state: true } };
  /** The revision that the draft began from, and the one that the next save is to replace. */
  #began = null;
  #from = null;
  #saved = null;

  constructor() {
    super();
    Object.assign(this, { text: null, errors: [], busy: false, restored: null, kept: null, theirs: null });
  }

  firstUpdated() {
    this.querySelector('dialog').showModal();
    const found = drafts.read(this.#place);
    if (!found) this.#read();
    else this.#resume(found);
  }

  render() {
    return html`<dialog class="dialog pipeline-editor" aria-labelledby="pipeline-editor-title" data-testid="pipeline-editor" @close=${this.#closed}>
      <header class="dialog-head"><h2 class="grow" id="pipeline-editor-title">${t('pipeline.edit_title', { name: this.name })}</h2>
        <button class="btn btn-quiet btn-icon" type="button" aria-label=${t('pipeline.close')} @click=${this.#close}>${icon('close')}</button></header>
      <div class="dialog-body stack">
        ${this.errors.length ? html`<div class="notice notice-bad" role="alert" tabindex="-1" data-testid="pipeline-errors">${icon('warn')}<div><p class="strong">${t('pipeline.problems')}</p>
          <ul>${this.errors.map(({ pointer, detail }) => html`<li>${sentence(detail)}${pointer ? html` <code>${pointer}</code>` : nothing}</li>`)}</ul></div></div>` : nothing}
        ${this.theirs ? conflictNotice({ text: t('pipeline.overtaken'), mine: this.#save, theirs: this.#again, busy: this.busy,
            parts: [{ key: 'text', label: t('pipeline.definition'), mine: this.text, theirs: this.theirs }] })
          : this.restored ? draftNotice({ at: this.restored, discard: this.#again }) : nothing}
        ${this.text === null ? html`<p class="muted" aria-busy="true">${t('pipeline.loading')}</p>`
          : textField({ id: 'pipeline-yaml', testid: 'pipeline-yaml', label: t('pipeline.definition'), hint: t('pipeline.definition_hint'), mono: true, lines: 22, value: this.text, set: (next) => this.#typed(next) })}
        <details class="pipeline-examples"><summary>${t('pipeline.examples')}</summary>
          <pre class="code" tabindex="0" role="region" aria-label=${t('pipeline.examples')}
            data-testid="pipeline-examples"><code>${[STAGE, SOURCES, SINKS].join('\n')}</code></pre></details>
      </div>
      <footer class="dialog-foot"><span class="grow">${this.kept === null ? nothing : draftKept(this.kept)}</span>
        <button class="btn" type="button" @click=${this.#close}>${t('dialog.cancel')}</button>
        <button class="btn btn-primary" type="button" data-testid="save-pipeline" ?disabled=${this.busy || this.text === null || this.theirs !== null} @click=${this.#save}>${t('pipeline.save')}</button></footer></dialog>`;
  }

  get #path() {
    return `/api/pipelines/${encodeURIComponent(this.name)}`;
  }

  #close = () => this.querySelector('dialog').close();

  #closed = () => this.emit('closed');

  get #place() {
    return `pipeline:${this.name}`;
  }

  #typed(text) {
    this.text = text;
    if (text === this.#saved) {
      drafts.drop(this.#place);
      Object.assign(this, { restored: null, kept: null });
    } else this.kept = drafts.keep(this.#place, { text, revision: this.#began });
  }

  /** What was typed before goes on from the definition that it began from. */
  async #resume({ value: { text, revision }, at }) {
    Object.assign(this, { text, restored: at, kept: true });
    this.#began = this.#from = revision;
    await this.check();
  }

  /** Looks whether somebody else saved meanwhile. */
  async check() {
    if (this.busy || this.text === null) return;
    try {
      const now = await this.#latest();
      if (now.revision !== this.#from) this.#overtaken(now);
      else this.#saved ??= now.text;
    } catch (problem) {
      this.errors = [{ detail: problemText(problem) }];
    }
  }

  #overtaken({ text, revision }) {
    const untouched = this.text === this.#saved;
    this.#from = revision;
    this.#saved = text;
    if (untouched) {
      this.#began = revision;
      this.text = text;
    } else this.theirs = text === this.text ? null : text;
  }

  #again = () => {
    drafts.drop(this.#place);
    Object.assign(this, { text: null, restored: null, kept: null, theirs: null, errors: [] });
    this.#read();
  };

  /**
   * The revision is asked for before the text: a change in between makes the save be refused, never lost. It is asked
   * for at another address, because both forms of one address have the same ETag and a browser takes one for the other.
   */
  async #latest() {
    const { revision } = await api.get(this.#path, { query: { resolved: true } });
    return { revision: revision ?? null, text: await api.get(this.#path, { headers: { Accept: 'application/yaml' } }) };
  }

  async #read() {
    try {
      const { revision, text } = await this.#latest();
      this.#began = this.#from = revision;
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
      drafts.drop(this.#place);
      this.#close();
    } catch (problem) {
      await this.#refused(problem);
    } finally {
      this.busy = false;
    }
  };

  async #refused(problem) {
    if (problem.status === 412) {
      this.errors = [];
      this.#overtaken(await this.#latest());
    } else this.errors = problem.errors?.length ? problem.errors : [{ detail: problemText(problem) }];
    await this.updateComplete;
    this.querySelector('[data-testid="pipeline-errors"], [data-testid="conflict"]')?.focus();
  }
}

customElements.define('cb-pipeline-editor', CbPipelineEditor);
