/* The dialog that changes which stages run, for those that have not begun. Emits `closed`. */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { api } from '../../core/api.js';
import { t } from '../../core/i18n.js';
import { palette } from '../../core/palette.js';
import { fixedOf, inOrder } from '../../core/selection.js';
import { toast } from '../../core/toasts.js';
import { conflictNotice } from '../common/conflict-notice.js';
import { icon } from '../common/icons.js';
import { problemText } from '../common/stage-actions.js';
import '../common/cb-stage-choice.js';

await useStyles('cb-approval');

const selected = ({ stages }) => new Set(stages.filter((stage) => stage.selected !== false).map(({ id }) => id));
const same = (one, other) => one.size === other.size && [...one].every((id) => other.has(id));

class CbChangeStages extends CbElement {
  static properties = {
    task: {}, feed: {}, ticked: { state: true }, ask: { state: true }, revision: { state: true }, busy: { state: true },
    problem: { state: true }, theirs: { state: true },
  };
  #saved = null;

  constructor() {
    super();
    Object.assign(this, { ticked: null, ask: null, revision: undefined, busy: false, problem: null, theirs: null });
  }

  connectedCallback() {
    super.connectedCallback();
    this.#readRevision();
  }

  async #readRevision() {
    try {
      const { revision } = await api.get(`${this.feed.path}/stages`);
      this.revision = revision;
    } catch {
      // The change is sent without a revision then.
    }
  }

  /** Somebody else's selection is taken over as long as nothing was ticked here; else it is shown beside mine. */
  willUpdate(changed) {
    if (!changed.has('task') || this.busy) return;
    const now = selected(this.task);
    const before = this.#saved;
    this.#saved = now;
    if (before === null || (same(now, before) && this.theirs === null)) {
      this.ticked ??= now;
      return;
    }
    const untouched = same(this.ticked, before);
    if (untouched) this.ticked = now;
    this.theirs = same(this.ticked, now) ? null : now;
    this.#readRevision();
  }

  firstUpdated() {
    this.querySelector('dialog').showModal();
  }

  render() {
    const stages = inOrder(this.task.stages);
    const fixed = fixedOf(stages, this.task.current_stage_id);
    const given = { reasons: new Map(stages.filter(({ suggested, reason }) => suggested && reason).map(({ id, reason }) => [id, reason])), unknown: [] };
    const texts = new Map(stages.map(({ id, type }) => [id, palette.state.byId.get(type)?.entry.description]).filter(([, text]) => text));
    return html`<dialog class="dialog" aria-labelledby="change-title" data-testid="change-dialog" @close=${() => this.emit('closed')}>
      <header class="dialog-head"><h2 class="grow" id="change-title">${t('change.title')}</h2><button class="btn btn-quiet btn-icon" type="button" aria-label=${t('redo.close')} @click=${this.#close}>${icon('close')}</button></header>
      <div class="dialog-body stack"><p class="muted">${t('change.hint')}</p>
        ${this.theirs ? this.#conflict(stages) : nothing}
        <cb-stage-choice .stages=${stages} .ticked=${this.ticked} .fixed=${fixed} .given=${given} .ask=${this.ask} .texts=${texts} .prefix=${'change'} .busy=${this.busy} @ticks=${({ detail }) => { this.ticked = detail.ticked; this.ask = detail.ask; }}></cb-stage-choice>
        ${this.problem ? html`<div class="notice notice-bad" role="alert">${icon('warn')}<div class="grow">${this.problem.errors.length ? this.problem.errors.map(({ detail }) => html`<p>${detail}</p>`) : html`<p>${problemText(this.problem)}</p>`}</div></div>` : nothing}</div>
      <footer class="dialog-foot"><span class="muted small grow" data-testid="change-summary" role="status">${t('approval.sum', { n: this.ticked.size })}</span>
        <button class="btn" type="button" @click=${this.#close}>${t('dialog.cancel')}</button>
        <button class="btn btn-primary" type="button" data-testid="save-stages"
          ?disabled=${this.busy || this.theirs !== null}
          @click=${() => this.#save(stages)}>${t('dialog.save')}</button></footer></dialog>`;
  }

  #conflict(stages) {
    const names = (ids) => stages.filter(({ id }) => ids.has(id)).map(({ name }) => name).join('\n');
    const parts = [{ key: 'stages', label: t('change.stages'), mine: names(this.ticked), theirs: names(this.theirs) }];
    const mine = () => {
      this.theirs = null;
      this.#save(stages);
    };
    const theirs = () => Object.assign(this, { ticked: this.theirs, theirs: null });
    return conflictNotice({ text: t('change.overtaken'), parts, mine, theirs, busy: this.busy });
  }

  #close = () => this.querySelector('dialog').close();

  async #save(stages) {
    Object.assign(this, { busy: true, problem: null });
    const body = { stages: stages.filter(({ id }) => this.ticked.has(id)).map(({ id, sort_order }) => ({ stage_template_id: id, sort_order })) };
    try {
      await api.put(`${this.feed.path}/stages`, body, { ifMatch: this.revision });
      toast(t('change.saved'));
      this.#close();
    } catch (problem) {
      if (problem.status === 412) await this.#overtaken();
      else this.problem = problem;
    } finally {
      this.busy = false;
    }
  }

  /** The server has another selection than this page had heard of. */
  async #overtaken() {
    await Promise.all([this.feed.read(), this.#readRevision()]);
    this.theirs = selected(this.feed.model.task);
  }
}

customElements.define('cb-change-stages', CbChangeStages);
