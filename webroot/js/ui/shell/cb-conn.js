/* How this page is connected: Live, Reconnecting…, or Offline, and how much waits to be written. */
import { CbElement, html, nothing } from '../../core/base.js';
import { announce } from '../../core/announce.js';
import { fmt, t } from '../../core/i18n.js';
import { live } from '../../core/live.js';
import { outbox } from '../../core/palette.js';

class CbConn extends CbElement {
  constructor() {
    super();
    this.watch(live.status, ({ phase, first }) => this.#say(phase, first));
    this.watch(outbox);
  }

  render() {
    const { phase, first } = live.status.state;
    const count = outbox.count;
    const name = t(first && phase === 'reconnecting' ? 'conn.connecting' : `conn.${phase}`);
    return html`<button type="button" class="conn" data-testid="conn" data-state=${phase} title=${t(`conn.${phase}_hint`)}
      @click=${() => live.retry()}>
      <span class="conn-mark" aria-hidden="true"></span>
      <span class="visually-hidden">${t('conn.label')}</span>
      <span class="conn-name">${name}</span>
      ${count > 0 ? html`<span class="conn-queue">${fmt.number(count)}<span class="conn-words"> ${t('conn.to_sync')}</span></span>` : nothing}
    </button>`;
  }

  #say(phase, first) {
    if (this.said === phase || (first && !this.said)) return;
    if (this.said) announce(t(`conn.${phase}_said`));
    this.said = phase;
  }
}

customElements.define('cb-conn', CbConn);
