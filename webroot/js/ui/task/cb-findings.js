/*
 * Findings in a table, the worst first. With `choice` { selected: Set } each can be ticked: what is to be
 * fixed. Emits `choose` { selected }.
 */
import { live } from 'lit/directives/live.js';
import { CbElement, html, nothing } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { offers } from '../../core/decision.js';
import { icon } from '../common/icons.js';
import './cb-md.js';

const RANK = { critical: 0, warning: 1, info: 2 };
const LOOK = { critical: ['bad', 'warn'], warning: ['wait', 'warn'], info: ['run', 'info'] };

class CbFindings extends CbElement {
  static properties = { value: {}, choice: {}, taken: {}, name: {} };

  render() {
    const { summary } = this.value;
    const list = offers(this.value).sort((a, b) => (RANK[a.severity] ?? 3) - (RANK[b.severity] ?? 3));
    const marked = this.choice?.selected ?? new Set((this.taken ?? list.filter(({ selected }) => selected).map(({ id }) => id)).map(String));
    return html`<div class="reading">${summary ? html`<cb-md .value=${summary} .level=${4}></cb-md>` : nothing}</div>
      ${list.length === 0 ? html`<p class="output-none muted">${t('findings.none')}</p>` : html`<div class="table-wrap" tabindex="0" role="region" aria-label=${t('findings.title')}><table class="table findings">
        <thead><tr><th scope="col">${t('findings.fix')}</th><th scope="col">${t('findings.severity')}</th><th scope="col">${t('findings.finding')}</th></tr></thead>
        <tbody>${list.map((each) => this.#finding(each, marked))}</tbody></table></div>`}`;
  }

  #finding({ id, title, description, severity, category, file_path: path }, marked) {
    const [tone, shape] = LOOK[severity] ?? LOOK.info;
    const on = marked.has(id);
    const tickId = `finding-${this.name}-${id}`;
    return html`<tr data-testid="finding" data-severity=${severity}>
      <td class="finding-tick">${this.choice ? html`<label class="tick-cell" for=${tickId}><input class="tick" type="checkbox" id=${tickId} data-testid="finding-check" data-id=${id} aria-label=${t('findings.fix_it', { title })} .checked=${live(on)} @change=${({ target }) => this.#pick(id, target.checked)}></label>`
        : on ? html`${icon('check', 18)}<span class="visually-hidden">${t('findings.yes')}</span>` : html`<span aria-hidden="true">–</span><span class="visually-hidden">${t('findings.no')}</span>`}</td>
      <td><span class="badge badge-${tone}">${icon(shape, 12)}${t(LOOK[severity] ? `findings.${severity}` : 'findings.info')}</span></td>
      <td><p class="strong" dir="auto">${title}</p>${description ? html`<cb-md .value=${description} .level=${5}></cb-md>` : nothing}
        ${category || path ? html`<p class="finding-where">${category ? html`<span class="badge">${category}</span>` : nothing}${path ? html`<code>${path}</code>` : nothing}</p>` : nothing}</td></tr>`;
  }

  #pick(id, on) {
    const selected = new Set(this.choice.selected);
    if (on) selected.add(id);
    else selected.delete(id);
    this.emit('choose', { selected });
  }
}

customElements.define('cb-findings', CbFindings);
