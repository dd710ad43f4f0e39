/* The messages at the foot of the page. Their clock stands while the pointer or the focus is on them. */
import { repeat } from 'lit/directives/repeat.js';
import { CbElement, html, nothing } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { dismiss, toasts } from '../../core/toasts.js';
import { icon } from '../common/icons.js';

const ICON = { ok: 'check', wait: 'clock', bad: 'warn' };

class CbToast extends CbElement {
  #clocks = new Map();
  #held = false;

  constructor() {
    super();
    this.watch(toasts);
  }

  render() {
    const { items } = toasts.state;
    return html`<section class="toasts" aria-label=${t('toast.label')}
      @pointerenter=${this.#hold} @pointerleave=${this.#release} @focusin=${this.#hold} @focusout=${this.#release}>
      ${repeat(items, ({ id }) => id, (item) => html`
        <div class="toast" data-tone=${item.tone} data-testid="toast">
          ${icon(ICON[item.tone] ?? 'info')}
          <span class="grow">${item.text}</span>
          ${item.action ? html`<button class="btn btn-sm" type="button" data-testid=${item.action.testid ?? nothing}
            @click=${() => this.#act(item)}>${item.action.label}</button>` : nothing}
          <button class="btn btn-sm btn-quiet btn-icon" type="button" aria-label=${t('toast.close')}
            @click=${() => dismiss(item.id)}>${icon('close', 16)}</button>
        </div>`)}
    </section>`;
  }

  updated() {
    const shown = new Set(toasts.state.items.map(({ id }) => id));
    for (const [id, timer] of this.#clocks) {
      if (shown.has(id)) continue;
      clearTimeout(timer);
      this.#clocks.delete(id);
    }
    if (shown.size === 0) this.#held = false;
    if (this.#held) return;
    for (const { id, ms } of toasts.state.items) {
      if (!this.#clocks.has(id)) this.#clocks.set(id, setTimeout(() => dismiss(id), ms));
    }
  }

  #act(item) {
    dismiss(item.id);
    item.action.run();
  }

  #hold() {
    this.#held = true;
    for (const timer of this.#clocks.values()) clearTimeout(timer);
    this.#clocks.clear();
  }

  #release() {
    this.#held = false;
    this.requestUpdate();
  }
}

customElements.define('cb-toast', CbToast);
