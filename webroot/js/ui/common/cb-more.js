/* The end of a list that grows: emits `more` when it comes into sight, and when its button is pressed. */
import { CbElement, html } from '../../core/base.js';
import { t } from '../../core/i18n.js';

class CbMore extends CbElement {
  static properties = { left: {} };

  render() {
    return html`<div class="viewer-foot"><button class="btn btn-sm" type="button" @click=${() => this.emit('more')}>${t('output.more_items', { n: this.left })}</button></div>`;
  }

  firstUpdated() {
    const seen = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) this.emit('more');
    }, { root: this.closest('.viewer'), rootMargin: '600px 0px' });
    seen.observe(this.firstElementChild);
    this.until(() => seen.disconnect());
  }

  /** Still in sight after the list has grown: the observer would stay silent. */
  updated(changed) {
    if (!changed.has('left') || changed.get('left') === undefined) return;
    requestAnimationFrame(() => {
      const box = this.closest('.viewer');
      if (box && this.isConnected && this.getBoundingClientRect().top < box.getBoundingClientRect().bottom + 300) this.emit('more');
    });
  }
}

customElements.define('cb-more', CbMore);
