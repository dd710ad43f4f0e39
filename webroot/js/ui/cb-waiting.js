/* What an attempt waits for, since when and until when; a wait for the ledger offers to write it. */
import { CbElement, html, nothing } from '../core/base.js';
import { t } from '../core/i18n.js';
import { icon } from './icons.js';
import './cb-ledger-edit.js';
import './cb-time.js';

class CbWaiting extends CbElement {
  static properties = { waiting: {}, task: {}, feed: {}, writing: { state: true } };

  render() {
    const { kind, reason, since, until, next_check: next } = this.waiting;
    return html`<div class="card waiting" data-testid="waiting" data-kind=${kind}>
      <span class="waiting-mark" aria-hidden="true">${icon(kind === 'ledger' ? 'clock' : 'retry', 20)}</span>
      <div class="grow stack">
        <div><h3 class="waiting-title">${t(`waiting.${kind}`)}</h3><p class="waiting-reason">${reason}</p></div>
        <dl class="waiting-facts">
          ${since ? html`<div><dt>${t('waiting.since')}</dt><dd><cb-age .at=${since} .ago=${true}></cb-age></dd></div>` : nothing}
          ${until ? html`<div><dt>${t(kind === 'ledger' ? 'waiting.until' : 'waiting.goes_on')}</dt><dd><cb-until .at=${until}></cb-until></dd></div>` : nothing}
          ${next && next !== until ? html`<div><dt>${t('waiting.next')}</dt><dd><cb-until .at=${next}></cb-until></dd></div>` : nothing}
        </dl>
        ${kind === 'ledger' ? html`<div><button class="btn" type="button" data-testid="write-ledger" @click=${() => { this.writing = true; }}>${icon('edit', 16)}${t('ledger.write')}</button></div>` : nothing}
      </div>
      ${this.writing ? html`<cb-ledger-edit .task=${this.task} .feed=${this.feed} .reason=${reason} @closed=${() => { this.writing = false; }}></cb-ledger-edit>` : nothing}
    </div>`;
  }
}

customElements.define('cb-waiting', CbWaiting);
