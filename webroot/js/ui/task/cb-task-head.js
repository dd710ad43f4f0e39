/* A task's head: where it comes from, its title and status, and what can be done with it. */
import { CbElement, html, nothing } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { toQuery } from '../../core/task-filter.js';
import { toast } from '../../core/toasts.js';
import { icon } from '../common/icons.js';
import { problemText } from '../common/stage-actions.js';
import { statusBadge } from '../common/status-mark.js';
import { waitingLine } from '../common/waiting-line.js';
import './cb-change-stages.js';
import './cb-redo.js';
import './cb-task-manage.js';
import '../common/cb-time.js';

/** The statuses in which something can be done. */
const ACTS = ['pending', 'running', 'awaiting_approval', 'failed'];
/** A title of more characters may be cut after three lines; it is whole on pointing at it. */
const CLAMPED = 100;
const OPEN = ['pending', 'running', 'awaiting_approval'];

class CbTaskHead extends CbElement {
  static properties = { task: {}, feed: {}, step: {}, dialog: { state: true }, wished: { state: true }, busy: { state: true }, cancelling: { state: true } };

  constructor() {
    super();
    Object.assign(this, { busy: null, cancelling: false, dialog: null, wished: null });
  }

  willUpdate(changed) {
    const before = changed.get('task');
    if (before?.id && before.id !== this.task.id) Object.assign(this, { busy: null, cancelling: false });
    if (this.task.status !== 'running' && this.cancelling && this.busy === null) this.cancelling = false;
  }

  render() {
    const { title, description, pipeline, pipeline_version: version, status, created_at: made, waiting_for: waits } = this.task;
    return html`<header class="task-head">
      <div class="grow">
        <p class="task-origin"><span>${pipeline}${version ? html` <span class="nowrap">${version}</span>` : nothing}</span>
          <span aria-hidden="true">·</span><span>${t('task.made')} <cb-age .at=${made} .ago=${true}></cb-age></span>
          ${this.#spent()}</p>
        <h1 class="task-title" dir="auto" data-testid="task-name"
          title=${title.length > CLAMPED ? title : nothing}>${title}</h1>
        <p class="task-line">${statusBadge(status, { testid: 'task-status', word: this.cancelling ? t('task.cancelling') : undefined, waitingFor: this.cancelling ? null : waits })}
          ${waits ? html`<span class="small task-waits">${waitingLine(waits)}</span>` : nothing}
          ${description ? html`<span class="muted small task-about" dir="auto">${description}</span>` : nothing}</p>
        ${this.#labels()}
        <cb-task-manage .task=${this.task} .feed=${this.feed}></cb-task-manage>
      </div>
      ${!this.task.archived_at && (ACTS.includes(status) || this.#redoable()) ? html`<div class="task-actions">${this.#actions(status)}</div>` : nothing}
      ${this.#confirm()}${this.#dialog()}
    </header>`;
  }

  #labels() {
    const { labels = [] } = this.task;
    if (labels.length === 0) return nothing;
    const path = (label) => `/tasks${toQuery({ label })}`;
    return html`<p class="task-labels" data-testid="task-labels">${labels.map((label) => html`<a class="badge" dir="auto" href=${path(label)}
      title=${t('manage.by_label', { label })}>${label}</a>`)}</p>`;
  }

  /** From its start to its end, or until now. */
  #spent() {
    const { started_at: from, completed_at: to, updated_at: moved, status } = this.task;
    if (!from) return nothing;
    const over = status !== 'running' && status !== 'awaiting_approval';
    const of = { started_at: from, completed_at: over ? to ?? moved : null };
    return html`<span aria-hidden="true">·</span><span>${t(over ? 'task.took' : 'task.runs')} <cb-spent .of=${of} .whole=${true}></cb-spent></span>`;
  }

  #actions(status) {
    const button = (verb, name, tone, run) => html`<button class="btn ${tone}" type="button" data-testid=${verb} ?disabled=${this.busy !== null || this.cancelling}
      aria-describedby=${verb === 'retry' ? 'retry-does' : nothing} @click=${run}>${icon(name, 16)}${t(this.busy === verb ? `task.${verb}_busy` : `task.${verb}`)}</button>`;
    return html`
      ${status === 'pending' ? button('run', 'play', 'btn-primary', () => this.#act('run')) : nothing}
      ${status === 'failed' ? this.#failedActions(button) : this.#otherActions()}
      ${OPEN.includes(status)
        ? this.cancelling ? html`<button class="btn btn-danger" type="button" data-testid="cancel" disabled>${icon('stop', 16)}${t('task.cancelling')}</button>`
          : button('cancel', 'stop', 'btn-danger', () => this.#askCancel(status)) : nothing}`;
  }

  /** @param said  whether it is said what each does, as where several are to choose from */
  #otherActions(said = false) {
    const act = (testid, name, key, dialog) => html`<button class="btn" type="button" data-testid=${testid} ?disabled=${this.busy !== null}
        aria-describedby=${said ? `${testid}-does` : nothing} @click=${() => { this.dialog = dialog; }}>${icon(name, 16)}${t(`${key}.open`)}</button>
      ${said ? html`<p class="small muted" id="${testid}-does">${t(`${key}.does`)}</p>` : nothing}`;
    return html`${this.#changeable() ? act('change-stages', 'edit', 'change', 'stages') : nothing}
      ${this.#redoable() ? act('redo', 'retry', 'redo', 'redo') : nothing}`;
  }

  /** After a failure one thing is near, to try again from there; the others are behind "More". */
  #failedActions(button) {
    const more = this.#changeable() || this.#redoable();
    return html`${button('retry', 'retry', 'btn-primary', () => this.#act('retry'))}
      ${more ? html`<details class="more-actions" data-testid="more-actions" @keydown=${this.#leaveMore} @focusout=${this.#leftMore}>
        <summary class="btn">${icon('more', 16)}${t('task.more')}</summary>
        <div class="more-list card">${this.#otherActions(true)}</div></details>` : nothing}
      <p class="task-does small muted" id="retry-does">${t('task.retry_does')}</p>`;
  }

  #leaveMore = (event) => {
    if (event.key !== 'Escape') return;
    event.currentTarget.open = false;
    event.currentTarget.querySelector('summary').focus();
  };

  #leftMore = ({ currentTarget, relatedTarget }) => {
    if (!currentTarget.contains(relatedTarget)) currentTarget.open = false;
  };

  #redoable() {
    return this.task.status !== 'running' && this.task.status !== 'pending' && (this.task.stages ?? []).some(({ selected, status }) => selected !== false && status !== 'pending');
  }

  /** While stages are left that have not begun; the approval of a research asks for them itself. */
  #changeable() {
    const { status, stages = [], current_stage_id: current } = this.task;
    if (!OPEN.includes(status) && status !== 'failed') return false;
    if (stages.length < 2 || !stages.some((stage) => 'output_format' in stage)) return false;
    const now = stages.find(({ id }) => id === current);
    if (now?.output_format === 'research' && status === 'awaiting_approval') return false;
    const last = Math.max(...stages.filter((stage) => stage.selected !== false && stage.status !== 'pending').map(({ sort_order: at }) => at));
    return stages.some((stage) => stage.status === 'pending' && !stage.locked && stage.sort_order > last);
  }

  /** Asks for a redo of a stage with a note that is there already. */
  redo(wished) {
    Object.assign(this, { wished, dialog: 'redo' });
  }

  #dialog() {
    const closed = () => { this.dialog = this.wished = null; };
    if (this.dialog === 'redo') return html`<cb-redo .task=${this.task} .feed=${this.feed} .start=${this.wished?.stage ?? this.step} .wish=${this.wished?.note ?? null} @closed=${closed}></cb-redo>`;
    return this.dialog === 'stages' ? html`<cb-change-stages .task=${this.task} .feed=${this.feed} @closed=${closed}></cb-change-stages>` : nothing;
  }

  #confirm() {
    return html`<dialog class="dialog confirm" aria-labelledby="cancel-title" aria-describedby="cancel-text">
      <div class="dialog-body stack"><h2 id="cancel-title">${t('task.cancel_title')}</h2><p id="cancel-text">${t('task.cancel_text')}</p></div>
      <footer class="dialog-foot">
        <button class="btn" type="button" autofocus @click=${this.#close}>${t('task.cancel_no')}</button>
        <button class="btn btn-danger" type="button" data-testid="confirm-cancel" @click=${() => { this.#close(); this.#act('cancel'); }}>${icon('stop', 16)}${t('task.cancel_yes')}</button>
      </footer></dialog>`;
  }

  #askCancel(status) {
    if (status === 'running') this.querySelector('.confirm').showModal();
    else this.#act('cancel');
  }

  #close = () => this.querySelector('.confirm').close();

  async #act(verb) {
    if (this.busy) return;
    const { feed } = this;
    this.busy = verb;
    if (verb === 'cancel') this.cancelling = true;
    try {
      await feed.act(verb);
    } catch (problem) {
      if (feed !== this.feed) return;
      this.cancelling = false;
      toast(problemText(problem), { tone: 'bad', ms: 8_000 });
      if (problem.status === 409) feed.read();
    } finally {
      if (feed === this.feed) this.busy = null;
    }
  }
}

customElements.define('cb-task-head', CbTaskHead);
