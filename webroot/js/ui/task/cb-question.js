/*
 * The questions of a stage, each with the answer it proposes. Answers are kept as a draft. Sending them
 * does the stage again with them; going on without answers is asked for once more, in place.
 * Emits `send` { text } and `waive`.
 */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { answerOf, answersText } from '../../core/questions.js';
import { icon } from '../common/icons.js';
import { questionField } from './question-field.js';

await useStyles('cb-approval');

class CbQuestion extends CbElement {
  static properties = { questions: {}, draft: {}, stage: {}, busy: {}, problem: {}, asking: { state: true } };

  constructor() {
    super();
    Object.assign(this, { questions: [], busy: null, problem: null, asking: false });
  }

  render() {
    const { answers } = this.draft.state;
    const n = this.questions.length;
    const answered = this.questions.filter((each) => answerOf(each, answers).trim()).length;
    return html`<section class="card decide" data-testid="questions" aria-labelledby="questions-title" tabindex="-1">
      <header class="decide-head">${tile('question')}<div><h3 id="questions-title">${t('question.title', { n })}</h3><p>${t('question.hint', { stage: this.stage })}</p></div></header>
      <div class="decide-body"><ol class="questions">${this.questions.map((each, i) => this.#question(each, i, answers))}</ol>
        <p class="muted tiny question-kept">${icon('check', 14)}${t('question.kept')}</p></div>
      ${this.problem ? html`<div class="notice notice-bad decide-problem" role="alert">${icon('warn')}<p>${this.problem}</p></div>` : nothing}
      ${this.asking ? this.#sure(n) : html`<footer class="decide-foot questions-foot"><span class="decide-sum grow">${t('question.answered', { n: answered, of: n })}</span>
        <button class="btn" type="button" data-testid="waive" ?disabled=${this.busy !== null} @click=${this.#ask}>${t('question.waive')}</button>
        <button class="btn btn-primary" type="button" data-testid="send-answers" ?disabled=${this.busy !== null || answered === 0} @click=${this.#send}>${icon('retry', 16)}${t(this.busy === 'send' ? 'question.sending' : 'question.send')}</button></footer>`}
    </section>`;
  }

  #question(each, i, answers) {
    return questionField(each, { id: `question-${i}`, answers, set: (answer) => this.#set(each, answer) });
  }

  #sure(n) {
    return html`<footer class="decide-foot decide-sure" role="group" aria-label=${t('question.waive')}><p class="grow">${t('question.sure', { n })}</p>
      <button class="btn" type="button" @click=${this.#back}>${t('question.back')}</button>
      <button class="btn btn-primary" type="button" data-testid="waive-confirm" @click=${() => { this.asking = false; this.emit('waive'); }}>${t('question.waive_yes')}</button></footer>`;
  }

  #set({ key }, answer) {
    this.draft.set({ answers: { ...this.draft.state.answers, [key]: answer } });
    this.requestUpdate();
  }

  #send = () => this.emit('send', { text: answersText(this.questions, this.draft.state.answers) });

  #ask = async () => {
    this.asking = true;
    await this.updateComplete;
    this.querySelector('[data-testid="waive-confirm"]').focus();
  };

  #back = async () => {
    this.asking = false;
    await this.updateComplete;
    this.querySelector('[data-testid="waive"]').focus();
  };
}

export function tile(name) {
  return html`<span class="decide-tile">${icon(name, 20)}</span>`;
}

customElements.define('cb-question', CbQuestion);
