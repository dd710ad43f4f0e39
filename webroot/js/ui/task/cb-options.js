/*
 * Options side by side, with what speaks for and against each. With `choice` { min, max, selected: Set }
 * they can be chosen: one by radio, several by checkbox. Emits `choose` { selected }.
 */
import { live } from 'lit/directives/live.js';
import { CbElement, html, nothing } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { offers } from '../../core/decision.js';
import { icon } from '../common/icons.js';
import './cb-md.js';

class CbOptions extends CbElement {
  static properties = { value: {}, choice: {}, taken: {}, name: {} };

  render() {
    const { summary } = this.value;
    const list = offers(this.value);
    const one = this.choice?.max === 1;
    return html`<div class="reading">${summary ? html`<cb-md .value=${summary} .level=${4}></cb-md>` : nothing}
      <div class="options" role=${this.choice ? (one ? 'radiogroup' : 'group') : 'list'} aria-label=${t('options.title')}>${list.map((each) => this.#option(each, one))}</div></div>`;
  }

  #option({ id, title, description, pros, cons }, one) {
    const on = this.choice ? this.choice.selected.has(id) : (this.taken ?? []).map(String).includes(id);
    const head = this.choice ? html`<label class="option-head"><input class="tick ${one ? 'tick-one' : ''}" type=${one ? 'radio' : 'checkbox'} name="option-${this.name}" data-testid="option" data-id=${id} .checked=${live(on)} @change=${({ target }) => this.#pick(id, one, target.checked)}><span class="option-title">${title ?? id}</span></label>`
      : html`<p class="option-head">${on ? icon('check', 18) : nothing}<span class="option-title">${title ?? id}</span>${on ? html`<span class="badge badge-ok">${t('options.chosen')}</span>` : nothing}</p>`;
    return html`<article class="option" role=${this.choice ? nothing : 'listitem'} data-on=${on ? '' : nothing}>${head}
      ${description ? html`<cb-md .value=${description} .level=${5}></cb-md>` : nothing}
      ${points(pros, 'pros', 'plus')}${points(cons, 'cons', 'minus')}</article>`;
  }

  #pick(id, one, on) {
    const selected = one ? new Set() : new Set(this.choice.selected);
    if (on) selected.add(id);
    else selected.delete(id);
    this.emit('choose', { selected });
  }
}

function points(list, key, sign) {
  if (!Array.isArray(list) || list.length === 0) return nothing;
  return html`<div class="points points-${key}"><p class="points-title">${t(`options.${key}`)}</p><ul>${list.map((each) => html`<li>${icon(sign, 14)}<span>${each}</span></li>`)}</ul></div>`;
}

customElements.define('cb-options', CbOptions);
