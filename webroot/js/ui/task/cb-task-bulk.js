/*
 * What can be done with the tasks that are picked. `tasks` are these; emits `picked-all` and `picked-none`.
 * An action is only for those that it fits; its button says for how many.
 */
import { CbElement, html, nothing } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { able, ACTIONS } from '../../core/task-bulk.js';
import { icon } from '../common/icons.js';
import { actOn } from './task-actions.js';

const ICONS = { retry: 'retry', cancel: 'stop', archive: 'archive', restore: 'retry' };

class CbTaskBulk extends CbElement {
  static properties = { tasks: {}, busy: { state: true } };

  constructor() {
    super();
    Object.assign(this, { tasks: [], busy: false });
  }

  render() {
    const n = this.tasks.length;
    return html`<div class="task-bulk" role="group" aria-label=${t('bulk.label')} data-testid="task-bulk">
      <div class="row"><span class="small grow" role="status">${t('bulk.picked', { n })}</span>
        <button class="btn btn-sm btn-quiet" type="button" data-testid="pick-all" @click=${() => this.emit('picked-all')}>${t('bulk.all')}</button>
        <button class="btn btn-sm btn-quiet" type="button" data-testid="pick-done" @click=${() => this.emit('picked-none')}>${t('bulk.end')}</button></div>
      <div class="row-wrap">${n ? ACTIONS.map((action) => this.#button(action)) : nothing}</div></div>`;
  }

  #button(action) {
    const fit = able(action, this.tasks);
    if (fit.length === 0) return nothing;
    return html`<button class="btn btn-sm ${action === 'cancel' ? 'btn-danger' : ''}" type="button" data-testid="bulk-${action}"
      ?disabled=${this.busy} @click=${() => this.#act(action, fit)}>${icon(ICONS[action], 14)}${t(`bulk.${action}`, { n: fit.length })}</button>`;
  }

  async #act(action, fit) {
    this.busy = true;
    await actOn(action, fit.map(({ id }) => id));
    this.busy = false;
    this.emit('picked-none');
  }
}

customElements.define('cb-task-bulk', CbTaskBulk);
