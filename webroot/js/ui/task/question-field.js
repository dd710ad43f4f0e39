/* One question with its answer: suggested answers to press, a field to type in, and what the stage proposed. */
import { live } from 'lit/directives/live.js';
import { html, nothing } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { answerOf } from '../../core/questions.js';
import { icon } from '../common/icons.js';

/**
 * @param each     a question of openQuestions()
 * @param id       of the field, unique on the page
 * @param answers  by key
 * @param set      (answer) → takes it
 * @param wrong    whether an answer is missed here
 */
export function questionField(each, { id, answers, set, wrong = false }) {
  const { question, proposed, options } = each;
  const value = answerOf(each, answers);
  const chips = options.map((option) => html`<button class="chip" type="button" aria-pressed=${String(value === option)}
    @click=${() => set(option)}>${option}</button>`);
  return html`<li class="question" data-testid="question" data-id=${each.id ?? each.at}>
    <label class="strong" for=${id}>${question}</label>
    ${chips.length ? html`<div class="chips" role="group" aria-label=${t('question.options')}>${chips}</div>` : nothing}
    <textarea dir="auto" class="textarea" id=${id} rows="2" data-testid="answer" aria-describedby=${proposed ? `${id}-proposed` : nothing}
      aria-invalid=${wrong ? 'true' : nothing} .value=${live(value)} @input=${({ target }) => set(target.value)}></textarea>
    ${wrong ? html`<p class="error-text">${icon('warn', 14)}${t('question.missed')}</p>` : nothing}
    ${proposed ? html`<p class="tiny muted" id="${id}-proposed">${value === proposed
      ? html`${icon('spark', 14)}${t('question.proposed')}`
      : html`<button class="link-btn" type="button" @click=${() => set(proposed)}>${t('question.use_proposed')}</button> ${proposed}`}</p>` : nothing}
  </li>`;
}
