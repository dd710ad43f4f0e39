/* A value as plain text, in pieces so that a long one does not hold the page. `wrap`: text rather than JSON. */
import { CbElement, html, nothing } from '../../core/base.js';
import { fmt, t } from '../../core/i18n.js';

const PIECE = 128 * 1_024;

class CbRaw extends CbElement {
  static properties = { value: {}, wrap: { type: Boolean }, shown: { state: true } };
  #text = '';

  constructor() {
    super();
    Object.assign(this, { wrap: false, shown: PIECE });
  }

  willUpdate(changed) {
    if (!changed.has('value')) return;
    this.#text = typeof this.value === 'string' && this.wrap ? this.value : JSON.stringify(this.value, null, 2);
    this.shown = PIECE;
  }

  render() {
    const left = this.#text.length - this.shown;
    const pieces = [];
    for (let at = 0; at < Math.min(this.shown, this.#text.length); at += PIECE) pieces.push(this.#text.slice(at, Math.min(at + PIECE, this.shown)));
    return html`<div class="viewer" tabindex="0" role="region" aria-label=${t('output.raw')}>
      <div class="raw" data-wrap=${this.wrap ? '' : nothing}>${pieces.map((piece) => html`<span>${piece}</span>`)}</div>
      ${left > 0 ? html`<div class="viewer-foot"><button class="btn btn-sm" type="button" @click=${() => { this.shown += PIECE * 4; }}>${t('output.more', { size: fmt.bytes(left) })}</button></div>` : nothing}
    </div>`;
  }
}

customElements.define('cb-raw', CbRaw);
