/*
 * Asks before a pipeline is deleted, and says what depends on it. Emits `confirmed` and `closed`; it deletes nothing itself.
 *
 *   <cb-remove-pipeline .pipeline @confirmed @closed></cb-remove-pipeline>   // asks as soon as it is there
 */
import { CbElement, html, nothing } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { readUse, useLines } from '../../core/pipeline-use.js';
import { icon } from '../common/icons.js';
import { problemText } from '../common/stage-actions.js';

class CbRemovePipeline extends CbElement {
  static properties = { pipeline: {}, lines: { state: true }, problem: { state: true } };

  constructor() {
    super();
    Object.assign(this, { pipeline: null, lines: null, problem: '' });
  }

  render() {
    const { lines, problem } = this;
    return html`<dialog class="dialog" aria-labelledby="remove-pipeline-title" data-testid="confirm-pipeline"
      @close=${() => this.emit('closed')}>
      <header class="dialog-head"><h2 class="grow" id="remove-pipeline-title" dir="auto">
        ${t('pipeline.delete_title', { name: this.pipeline.name })}</h2></header>
      <div class="dialog-body stack" aria-busy=${String(!lines && !problem)}>
        ${lines ? html`<ul data-testid="pipeline-use">${lines.map((line) => html`<li>${line}</li>`)}</ul>` : nothing}
        ${problem ? html`<p class="error-text" role="alert">
          ${icon('warn', 14)}${t('pipeline.delete_unknown', { problem })}</p>` : nothing}</div>
      <footer class="dialog-foot">
        <button class="btn" type="button" @click=${() => this.#dialog.close()}>${t('dialog.cancel')}</button>
        <button class="btn btn-danger" type="button" data-testid="confirm-remove" ?disabled=${!lines && !problem}
          @click=${this.#confirm}>${icon('trash', 16)}${t('pipeline.delete')}</button></footer></dialog>`;
  }

  firstUpdated() {
    this.#dialog.showModal();
    this.#load();
  }

  get #dialog() {
    return this.querySelector('dialog');
  }

  async #load() {
    try {
      this.lines = useLines(await readUse(this.pipeline));
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  #confirm = () => {
    this.#dialog.close();
    this.emit('confirmed');
  };
}

customElements.define('cb-remove-pipeline', CbRemovePipeline);
