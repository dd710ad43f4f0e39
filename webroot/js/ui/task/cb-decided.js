/* How a stage was decided: by whom and when, and what they chose, filled in or said. */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { fmt, t } from '../../core/i18n.js';
import { offers } from '../../core/decision.js';
import { handMade } from '../../core/outputs.js';
import { sameDay } from '../../core/times.js';
import { byWords, decidedWords, who } from '../../core/who.js';
import { icon } from '../common/icons.js';
import { labelOf } from './cb-approval.js';

await useStyles('cb-approval');

class CbDecided extends CbElement {
  static properties = { execution: {}, value: {}, next: {}, mine: { type: Boolean }, late: { type: Boolean } };

  constructor() {
    super();
    this.watch(who);
  }

  render() {
    const { action, by, at, comment, fields, selected, output, waive_questions: waived } = this.execution.decision;
    const stopped = action === 'cancelled';
    const name = byWords(by);
    const picked = offers(this.value).filter(({ id }) => selected?.map(String).includes(id));
    return html`<section class="card decided" data-action=${action ?? nothing} data-testid="decided" tabindex="-1" aria-label=${t('decided.title')}>
      <p class="decided-head">${icon(stopped ? 'stop' : 'check', 18)}<span>${decidedWords(this.execution.decision)}
        ${at ? moment(at) : nothing}</span></p>
      ${this.late ? html`<p class="small">${t('decided.late', { by: name || t('decided.someone') })}</p>` : nothing}
      ${picked.length ? html`<ul class="picked">${picked.map(({ title, id }) => html`<li>${icon('check', 14)}<span>${title ?? id}</span></li>`)}</ul>` : nothing}
      ${fields && Object.keys(fields).length ? html`<dl class="decided-fields">${Object.entries(fields).map(([name, value]) => html`<div><dt>${labelOf(name)}</dt><dd>${typeof value === 'string' ? value : JSON.stringify(value)}</dd></div>`)}</dl>` : nothing}
      ${output !== undefined && output !== null ? html`<p class="small muted">${icon('edit', 14)} ${t(handMade(this.execution) ? 'decided.filled' : 'decided.edited')}</p>` : nothing}
      ${waived ? html`<p class="small muted">${icon('info', 14)} ${t('decided.waived')}</p>` : nothing}
      ${comment ? html`<blockquote class="decided-comment">${comment}</blockquote>` : nothing}
    </section>`;
  }
}

function moment(at) {
  return html`<time class="decided-at" datetime=${at} title=${fmt.exact(at)}>${sameDay(at) ? fmt.time(at) : fmt.date(at)}</time>`;
}

customElements.define('cb-decided', CbDecided);
