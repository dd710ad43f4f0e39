/* The dialog that does a stage again: which one, with which note, and what is repeated after it. Emits `closed`, `redone`. */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { fmt, t } from '../../core/i18n.js';
import { drafts } from '../../core/drafts.js';
import { lookOf } from '../../core/status.js';
import { repeatedBy } from '../../core/selection.js';
import { steps } from '../../core/task-model.js';
import { draftNotice } from '../common/draft-notice.js';
import { textField } from '../common/field.js';
import { icon } from '../common/icons.js';
import { problemText } from '../common/stage-actions.js';
import { statusMark } from '../common/status-mark.js';

await Promise.all([useStyles('cb-approval'), useStyles('cb-redo')]);

class CbRedo extends CbElement {
  static properties = { task: {}, feed: {}, start: {}, wish: {}, chosen: { state: true }, note: { state: true }, busy: { state: true }, restored: { state: true }, problem: { state: true } };

  constructor() {
    super();
    Object.assign(this, { chosen: null, note: '', restored: null, busy: false, problem: null });
  }

  get #place() {
    return `redo:${this.task.id}`;
  }

  willUpdate() {
    if (this.hasUpdated) return;
    const kept = this.wish ? null : drafts.read(this.#place);
    Object.assign(this, { note: this.wish ?? kept?.value ?? '', restored: kept?.at ?? null });
  }

  firstUpdated() {
    this.querySelector('dialog').showModal();
  }

  /** The stages that have been tried. */
  get #able() {
    return steps(this.task).filter(({ status }) => status !== 'pending');
  }

  render() {
    const able = this.#able;
    const stage = able.find(({ id }) => id === (this.chosen ?? this.start)) ?? able.at(-1);
    if (!stage) return nothing;
    const repeated = repeatedBy(this.task.stages, stage.id);
    return html`<dialog class="dialog redo" aria-labelledby="redo-title" @close=${() => this.emit('closed')}>
      <header class="dialog-head"><h2 class="grow" id="redo-title">${t('redo.title')}</h2><button class="btn btn-quiet btn-icon" type="button" aria-label=${t('redo.close')} @click=${this.#close}>${icon('close')}</button></header>
      <div class="dialog-body stack">
        ${this.restored ? draftNotice({ at: this.restored, discard: () => this.#say('') }) : nothing}
        <fieldset class="field"><legend class="label">${t('redo.stage')}</legend><div class="redo-stages">${able.map((each) => html`<label class="redo-stage"><input class="tick tick-one" type="radio" name="redo-stage" value=${each.id} data-stage=${each.name} .checked=${each.id === stage.id} @change=${() => { this.chosen = each.id; }}>
          <span class="grow">${each.number}. ${each.name}</span><span class="attempt-status tone-${lookOf(each.status).tone} small">${statusMark(each.status)}${t(lookOf(each.status).key)}</span></label>`)}</div></fieldset>
        ${textField({ id: 'redo-note', testid: 'redo-note', label: t('redo.note'), hint: t('redo.note_hint'), lines: 4, value: this.note, set: (text) => this.#say(text) })}
        <div class="notice" data-testid="redo-repeats" role="status">${icon('info')}<div class="grow"><p>${t('redo.attempt', { name: stage.name })}</p>
          <p>${repeated.length ? t('redo.repeats', { n: repeated.length, names: fmt.list(repeated.map(({ name }) => name)) }) : t('redo.repeats_none')}</p>
          ${stage.output_format === 'research' ? html`<p>${t('redo.selection')}</p>` : nothing}</div></div>
        ${this.problem ? html`<div class="notice notice-bad" role="alert">${icon('warn')}<p>${problemText(this.problem)}</p></div>` : nothing}
      </div>
      <footer class="dialog-foot"><button class="btn" type="button" @click=${this.#close}>${t('dialog.cancel')}</button>
        <button class="btn btn-primary" type="button" data-testid="redo-confirm" ?disabled=${this.busy} @click=${() => this.#redo(stage)}>${icon('retry', 16)}${t(this.busy ? 'redo.busy' : 'redo.do', { name: stage.name })}</button></footer></dialog>`;
  }

  #close = () => this.querySelector('dialog').close();

  #say(note) {
    this.note = note;
    if (note.trim()) drafts.keep(this.#place, note);
    else {
      drafts.drop(this.#place);
      this.restored = null;
    }
  }

  async #redo({ id }) {
    Object.assign(this, { busy: true, problem: null });
    try {
      await this.feed.act('redo', { stage: id, ...(this.note.trim() ? { user_input: this.note.trim() } : {}) });
      drafts.drop(this.#place);
      this.emit('redone');
      this.#close();
    } catch (problem) {
      this.problem = problem;
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('cb-redo', CbRedo);
