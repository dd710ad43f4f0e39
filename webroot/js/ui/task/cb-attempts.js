/* The attempts at one step, newest first. Emits `attempt-pick` { id } when one is to be read. */
import { CbElement, html, nothing } from '../../core/base.js';
import { fmt, t } from '../../core/i18n.js';
import { lookOf, shownStatus } from '../../core/status.js';
import { usageText } from '../../core/usage.js';
import { decidedWords, who } from '../../core/who.js';
import { statusMark } from '../common/status-mark.js';
import '../common/cb-time.js';

class CbAttempts extends CbElement {
  static properties = { attempts: {}, selected: {} };

  constructor() {
    super();
    this.watch(who);
  }

  render() {
    return html`<section class="card attempts" aria-labelledby="attempts-title" data-testid="attempts">
      <header class="card-head"><h3 id="attempts-title">${t('task.attempts')}</h3><span class="muted">${this.attempts.length}</span></header>
      <ol>${[...this.attempts].reverse().map((each) => html`<li>${this.#attempt(each)}</li>`)}</ol>
    </section>`;
  }

  #attempt(each) {
    const { id, attempt, status, started_at: from, created_at: made, error, user_input: note, decision, usage, waiting_for: waits } = each;
    const shown = shownStatus(status, waits);
    const { tone, key } = lookOf(shown);
    const at = from ?? made;
    return html`<button class="attempt" type="button" data-testid="attempt" data-status=${status} aria-pressed=${String(id === this.selected)} @click=${() => this.emit('attempt-pick', { id })}>
      <span class="attempt-n">${t('task.attempt', { n: attempt })}</span>
      <span class="attempt-status tone-${tone}">${statusMark(shown)}${t(key)}</span>
      <span class="muted">${at ? html`<time datetime=${at} title=${fmt.exact(at)}>${fmt.date(at)}</time>` : nothing}${from ? html` · <cb-spent .of=${each}></cb-spent>` : nothing}</span>
      ${decision ? html`<span class="attempt-error" data-testid="decided-by">${decidedWords(decision)}${decision.comment ? html`: ${decision.comment}` : nothing}</span>` : nothing}
      ${usage ? html`<span class="attempt-error muted" data-testid="usage">${usageText(usage)}</span>` : nothing}
      ${error || note ? html`<span class="attempt-error">${error ?? note}</span>` : nothing}
    </button>`;
  }
}

customElements.define('cb-attempts', CbAttempts);
