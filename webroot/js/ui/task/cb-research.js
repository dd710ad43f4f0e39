/* What a research found: its text, its questions with the answers it proposes, and the stages it suggests. */
import { CbElement, html, nothing } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { icon } from '../common/icons.js';
import './cb-md.js';

class CbResearch extends CbElement {
  static properties = { value: {} };

  #question(each) {
    const { answer, proposed_answer: proposed } = each ?? {};
    return html`<li><p class="strong">${each?.question ?? String(each ?? '')}</p>
      ${answer ? html`<p>${t('research.answer')} ${answer}</p>` : proposed ? html`<p>${t('research.proposed')} ${proposed}</p>` : nothing}</li>`;
  }

  render() {
    const { research, questions = [], suggested_stages: suggested } = this.value;
    return html`<div class="reading"><cb-md .value=${typeof research === 'string' ? research : JSON.stringify(research ?? '', null, 2)} .level=${4}></cb-md>
      ${Array.isArray(questions) && questions.length ? html`<section class="reading-part"><h4>${t('research.questions')}</h4><ol class="reading-list">${questions.map((each) => this.#question(each))}</ol></section>` : nothing}
      ${Array.isArray(suggested) && suggested.length ? html`<section class="reading-part"><h4>${t('research.suggested')}</h4><ul class="reading-list">${suggested.map((each) => html`<li>${icon('spark', 14)}<span><span class="strong">${each?.name}</span>${each?.reason ? html`: ${each.reason}` : nothing}</span></li>`)}</ul></section>` : nothing}</div>`;
  }
}

customElements.define('cb-research', CbResearch);
