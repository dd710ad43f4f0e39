/*
 * What is done with a document: it is removed, after a question, or its file is read once more by a new task.
 *
 *   <cb-remove-document .document @removed @closed></cb-remove-document>   // asks as soon as it is there
 *   await runAgain(document);                                             // says what came of it
 */
import { api } from '../../core/api.js';
import { CbElement, html } from '../../core/base.js';
import { rerunOf } from '../../core/document-facts.js';
import { t } from '../../core/i18n.js';
import { router } from '../../core/router.js';
import { taskAddress } from '../../core/task-address.js';
import { toast } from '../../core/toasts.js';
import { icon } from '../common/icons.js';
import { problemText } from '../common/stage-actions.js';

const SAID_MS = 8_000;

/** A task that was deleted leaves the choice of the pipeline to the server. */
export async function runAgain(document) {
  try {
    const path = `/api/tasks/${encodeURIComponent(document.task_id)}`;
    const task = document.task_id ? await api.get(path).catch(goneIsFine) : null;
    const body = rerunOf(document, task);
    const { id } = await api.post('/api/tasks', body);
    const run = () => router.navigate(taskAddress(id));
    const action = { label: t('documents.show_task'), testid: 'show-task', run };
    toast(t('documents.rerun_started', { title: body.title }), { ms: SAID_MS, action });
  } catch (problem) {
    toast(problemText(problem), { tone: 'bad', ms: SAID_MS });
  }
}

function goneIsFine(problem) {
  if (problem.status === 404) return null;
  throw problem;
}

class CbRemoveDocument extends CbElement {
  static properties = { document: {}, busy: { state: true }, problem: { state: true } };

  constructor() {
    super();
    Object.assign(this, { document: null, busy: false, problem: '' });
  }

  render() {
    const { title, doc_id: id } = this.document;
    return html`<dialog class="dialog" aria-labelledby="remove-document-title" data-testid="confirm-document"
      @close=${() => this.emit('closed')}>
      <header class="dialog-head"><h2 class="grow" id="remove-document-title" dir="auto">
        ${t('documents.remove_title', { title: title || id })}</h2></header>
      <div class="dialog-body stack"><p>${t('documents.remove_hint')}</p><p>${t('documents.remove_final')}</p>
        ${this.problem ? html`<p class="error-text" role="alert">${icon('warn', 14)}${this.problem}</p>` : ''}</div>
      <footer class="dialog-foot">
        <button class="btn" type="button" @click=${() => this.#dialog.close()}>${t('dialog.cancel')}</button>
        <button class="btn btn-danger" type="button" data-testid="confirm-remove" ?disabled=${this.busy}
          @click=${this.#remove}>${icon('trash', 16)}${t('documents.remove')}</button></footer></dialog>`;
  }

  firstUpdated() {
    this.#dialog.showModal();
  }

  get #dialog() {
    return this.querySelector('dialog');
  }

  #remove = async () => {
    const { doc_id: id, project_id: project, title } = this.document;
    this.busy = true;
    try {
      await api.delete(`/api/documents/${encodeURIComponent(id)}`, { query: { project: project ?? 'none' } });
      toast(t('documents.removed', { title: title || id }));
      this.emit('removed', { id });
      this.#dialog.close();
    } catch (problem) {
      this.problem = problemText(problem);
    } finally {
      this.busy = false;
    }
  };
}

customElements.define('cb-remove-document', CbRemoveDocument);
