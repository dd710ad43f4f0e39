/*
 * What a person had written when somebody else decided: to be seen, copied, used for a redo, or discarded.
 * Emits `redo-with` { stage, note } and `discarded`.
 */
import { CbElement, html, nothing } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { draftText } from '../../core/decision.js';
import { textOf } from '../../core/text-diff.js';
import { copyText } from '../../core/save-file.js';
import { toast } from '../../core/toasts.js';
import { icon } from '../common/icons.js';
import '../common/cb-diff.js';

class CbLateDraft extends CbElement {
  static properties = { step: {}, draft: {}, by: {}, decidedOutput: {}, shown: { state: true } };

  constructor() {
    super();
    this.shown = false;
  }

  render() {
    const { state } = this.draft;
    const theirs = textOf(this.decidedOutput);
    const mine = textOf(state.output);
    return html`<section class="card late-draft" data-testid="late-draft" aria-label=${t('late.title')}>
      <div class="notice notice-wait">${icon('info')}<p class="grow">${t('late.said', { by: this.by })}</p></div>
      <div class="row-wrap">
        <button class="btn btn-sm" type="button" data-testid="show-draft" aria-expanded=${String(this.shown)}
          @click=${() => { this.shown = !this.shown; }}>${t(this.shown ? 'late.hide' : 'late.show')}</button>
        <button class="btn btn-sm" type="button" data-testid="copy-draft" @click=${this.#copy}>${icon('copy', 14)}${t('late.copy')}</button>
        <button class="btn btn-sm" type="button" data-testid="redo-draft" @click=${this.#redo}>${icon('retry', 14)}${t('late.redo')}</button>
        <button class="btn btn-sm btn-quiet" type="button" data-testid="discard-draft" @click=${() => this.emit('discarded')}>${t('draft.discard')}</button></div>
      ${this.shown ? html`<pre class="late-text" tabindex="0" data-testid="draft-text">${draftText(state)}</pre>
        ${mine && theirs && mine !== theirs ? html`<cb-diff .before=${theirs} .after=${mine} .label=${t('late.difference')}
          .names=${[t('conflict.theirs_name'), t('conflict.mine_name')]}></cb-diff>` : nothing}` : nothing}
    </section>`;
  }

  #copy = async () => {
    const done = await copyText(draftText(this.draft.state));
    toast(t(done ? 'output.copied' : 'log.not_copied'), { tone: done ? 'ok' : 'bad' });
  };

  #redo = () => this.emit('redo-with', { stage: this.step.id, note: draftText(this.draft.state) });
}

customElements.define('cb-late-draft', CbLateDraft);
