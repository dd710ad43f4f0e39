/*
 * The questions of a result that a person fills in, to be answered before it is approved. The answers are kept in the
 * draft and go out with the result. `tried` marks those without an answer.
 */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { answerOf } from '../../core/questions.js';
import { icon } from '../common/icons.js';
import { questionField } from './question-field.js';

await useStyles('cb-approval');

class CbAnswers extends CbElement {
  static properties = { questions: {}, draft: {}, tried: { type: Boolean }, busy: { type: Boolean }, turn: {} };

  constructor() {
    super();
    Object.assign(this, { questions: [], tried: false, busy: false });
  }

  render() {
    const { answers } = this.draft.state;
    const n = this.questions.length;
    const open = this.questions.filter((each) => !answerOf(each, answers).trim()).length;
    return html`<section class="decide-body answers" data-testid="result-questions" aria-labelledby="answers-title">
      <h4 id="answers-title">${icon('question', 16)}${t('question.title', { n })}</h4>
      <p class="small muted">${t('question.result_hint')}</p>
      <ol class="questions">${this.questions.map((each, i) => questionField(each, {
        id: `answer-${i}`, answers, wrong: this.tried && !answerOf(each, answers).trim(), set: (text) => this.#set(each, text) }))}</ol>
      ${open ? html`<button class="btn btn-sm" type="button" data-testid="leave-open" ?disabled=${this.busy}
        @click=${() => this.emit('waive')}>${t('question.waive')}</button>` : nothing}
    </section>`;
  }

  #set({ key }, answer) {
    this.draft.set({ answers: { ...this.draft.state.answers, [key]: answer } });
  }
}

customElements.define('cb-answers', CbAnswers);
