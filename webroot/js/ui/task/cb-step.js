/*
 * One step of a task: how far it is or why it failed, what it put out, its log, and its attempts.
 */
import { keyed } from 'lit/directives/keyed.js';
import { CbElement, html, nothing } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { chosen, draftOf, ruleOf } from '../../core/decision.js';
import { openQuestions } from '../../core/questions.js';
import { isDone } from '../../core/status.js';
import { AUTO, outputOf, readOutput } from '../../core/outputs.js';
import { suggestions } from '../../core/selection.js';
import { usageText } from '../../core/usage.js';
import { palette } from '../../core/palette.js';
import { reveal } from '../common/first-fault.js';
import { icon } from '../common/icons.js';
import { statusBadge } from '../common/status-mark.js';
import { nameOf } from '../../core/who.js';
import { chunkSource, failure, notBegun, progressCard } from './step-parts.js';
import { StickyAside } from './sticky-aside.js';
import { showLacking } from './show-lacking.js';
import { toast } from '../../core/toasts.js';
import { problemText } from '../common/stage-actions.js';
import './cb-approval.js';
import './cb-attempts.js';
import './cb-decided.js';
import './cb-edit-output.js';
import './cb-late-draft.js';
import './cb-log.js';
import './cb-manual.js';
import './cb-question.js';
import './cb-output.js';
import '../common/cb-time.js';
import './cb-waiting.js';

class CbStep extends CbElement {
  static properties = {
    step: {}, task: {}, feed: {}, turn: {}, decided: {}, place: {}, picked: { state: true }, busy: { state: true },
    problem: { state: true }, editing: { state: true }, refused: { state: true }, faults: { state: true },
    loaded: { state: true }, discards: { state: true },
  };
  #late = null;
  #deciding = null;
  #draft = null;
  #stop = null;

  constructor() {
    super();
    Object.assign(this, { picked: null, busy: null, problem: null, editing: false, refused: new Map(), faults: [], loaded: null, discards: 0 });
    this.place = null;
    new StickyAside(this);
    this.watch(palette);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop?.();
    this.#stop = null;
    this.#draft = null;
  }

  render() {
    const { model } = this.feed;
    const attempts = model.attempts(this.step.id);
    const execution = attempts.find(({ id }) => id === this.picked) ?? attempts.at(-1) ?? null;
    return html`<section class="step-panel stack-lg" aria-labelledby="step-title">
      <header class="step-head"><h2 id="step-title">${this.step.name}</h2>
        ${this.step.type !== this.step.name.toLowerCase().replaceAll(' ', '-') ? html`<code class="muted">${this.step.type}</code>` : nothing}
        ${execution ? this.#line(execution, attempts) : nothing}</header>
      ${execution ? this.#execution(execution) : notBegun(this.task, this.step)}
      ${attempts.length > 1 ? html`<cb-attempts .attempts=${attempts} .selected=${execution.id}
        @attempt-pick=${({ detail }) => { this.picked = detail.id === attempts.at(-1).id ? null : detail.id; }}></cb-attempts>` : nothing}
    </section>`;
  }

  #line(execution, attempts) {
    const latest = execution === attempts.at(-1);
    return html`<span class="step-facts muted small">
      ${statusBadge(execution.status, { waitingFor: execution.waiting_for })}
      <span>${t('task.attempt', { n: execution.attempt })}</span>
      ${execution.started_at ? html`<span aria-hidden="true">·</span><cb-spent .of=${execution}></cb-spent>` : nothing}
      ${execution.usage ? html`<span aria-hidden="true">·</span><span data-testid="step-usage">${usageText(execution.usage)}</span>` : nothing}
      ${latest ? nothing : html`<span aria-hidden="true">·</span><button class="link-btn" type="button" @click=${() => { this.picked = null; }}>${t('task.latest_attempt')}</button>`}
    </span>`;
  }

  #execution(execution) {
    const asked = this.#asked(execution);
    const aside = asked ? this.#asking(execution) : execution.decision ? this.#decided(execution) : null;
    const manual = asked && this.#manual(execution);
    return html`<div class="step-cols" data-aside=${aside ? (asked ? 'asked' : 'told') : nothing}>
      ${manual ? html`<div class="step-main stack-lg">${this.#form(execution)}${this.#result(execution, asked, manual)}</div>` : nothing}
      ${aside ? html`<div class="step-aside">${aside}</div>` : nothing}
      ${manual ? nothing : html`<div class="step-main stack-lg">${this.#result(execution, asked, manual)}</div>`}</div>
      ${this.editing && asked ? html`<cb-edit-output .step=${this.step} .execution=${execution.id} .value=${this.#value(execution)} .errors=${this.refused} @closed=${() => { this.editing = false; }}
        @saved=${({ detail }) => { this.refused = new Map(); this.#draftOf(execution).set({ output: detail.value, selected: null }); }}></cb-edit-output>` : nothing}`;
  }

  /** Whether a person is asked about this attempt now. */
  #asked({ id, status }) {
    return status === 'awaiting_approval' && this.task.status === 'awaiting_approval' && this.feed.model.attempts(this.step.id).at(-1)?.id === id;
  }

  #manual(execution) {
    return outputOf(execution).state === 'none';
  }

  #draftOf({ id }) {
    const draft = draftOf(id);
    if (draft !== this.#draft) {
      this.#stop?.();
      this.#draft = draft;
      this.#stop = draft.subscribe(() => this.requestUpdate());
    }
    return draft;
  }

  /** The output as it is to be approved: edited or filled in, else as it came. */
  #value(execution) {
    const { output } = this.#draftOf(execution).state;
    return output !== undefined ? output : this.#original(execution);
  }

  #original(execution) {
    const { state, value, size } = outputOf(execution);
    if (state !== 'away') return value;
    if (size <= AUTO && this.loaded?.id !== execution.id) {
      this.loaded = { id: execution.id, value: null };
      readOutput(execution).then((whole) => { this.loaded = { id: execution.id, value: whole }; }).catch(() => {});
    }
    return this.loaded?.id === execution.id ? this.loaded.value : null;
  }

  #asking(execution) {
    const draft = this.#draftOf(execution);
    this.#deciding = execution.id;
    const manual = this.#manual(execution);
    const questions = manual ? [] : openQuestions(execution, this.#original(execution));
    if (questions.length && !draft.state.waived) {
      return html`<cb-question .questions=${questions} .draft=${draft} .stage=${this.step.name} .busy=${this.busy} .problem=${this.problem}
        @send=${({ detail }) => this.#answer(draft, detail.text)} @waive=${() => this.#waived(draft)}></cb-question>`;
    }
    return html`<cb-approval .task=${this.task} .step=${this.step} .execution=${execution} .value=${this.#value(execution)} .draft=${draft} .feed=${this.feed} .manual=${manual} .faults=${manual ? this.faults : []} .turn=${this.turn}
      @edit=${() => { this.editing = true; }} .decided=${() => this.#taken(draft)} @settled=${() => { this.#late = execution.id; }} @tried=${() => manual && this.querySelector('cb-manual')?.check()}
      @refused=${({ detail }) => this.#refuse(detail.errors, manual)} @lacking=${({ detail }) => showLacking(this, detail.at)} @discarded=${() => this.#discard(draft)}></cb-approval>`;
  }

  #decided(execution) {
    const draft = this.#draftOf(execution);
    const { decision } = execution;
    const late = !draft.state.sending && (this.#late === execution.id || this.#deciding === execution.id);
    const mine = !draft.state.sending && draft.written;
    return html`<cb-decided .execution=${execution} .value=${decision.output ?? this.#original(execution)} .late=${late && !mine}></cb-decided>
      ${mine ? html`<cb-late-draft .step=${this.step} .draft=${draft} .by=${nameOf(decision.by)}
        .decidedOutput=${decision.output ?? this.#original(execution)} @discarded=${() => draft.clear()}></cb-late-draft>` : nothing}`;
  }

  #form(execution) {
    const suggests = suggestions(execution, this.task.stages).given;
    return keyed(this.discards, html`<cb-manual .step=${this.step} .execution=${execution} .draft=${this.#draftOf(execution)} .errors=${this.refused} .skip=${suggests ? ['suggested_stages'] : []}
      @faults=${({ detail }) => { this.faults = detail.faults; if (this.refused.size && detail.pointer !== null) this.refused = new Map([...this.refused].filter(([at]) => at && detail.pointer && !detail.pointer.startsWith(at))); }}></cb-manual>`);
  }

  #result(execution, asked, manual) {
    const { status } = execution;
    const log = this.feed.model.log(execution.id);
    const shows = !manual && (isDone(status) || status === 'stale' || status === 'awaiting_approval' || outputOf(execution).state !== 'none');
    const draft = asked ? this.#draftOf(execution).state : null;
    return html`
      ${execution.waiting_for ? html`<cb-waiting .waiting=${execution.waiting_for} .step=${this.step} .task=${this.task} .feed=${this.feed}></cb-waiting>`
        : status === 'running' ? progressCard(execution) : nothing}
      ${status === 'failed' || execution.error ? failure(execution) : nothing}
      ${status === 'awaiting_approval' && !asked ? html`<div class="notice notice-wait">${icon('clock')}<p>${t('task.step_waits')}</p></div>` : nothing}
      ${status === 'stale' ? html`<div class="notice" data-testid="stale">${icon('info')}<p>${t('task.step_stale')}</p></div>` : nothing}
      ${execution.user_input ? html`<details class="card said" data-testid="user-input" ?open=${asked}><summary>${t('task.said_before')}</summary><p class="said-text">${execution.user_input}</p></details>` : nothing}
      ${shows ? html`<cb-output .execution=${execution} .place=${this.place} .source=${chunkSource(this.task, this.step, this.feed.model)} .format=${this.step.output_format ?? null} .edited=${draft?.output ?? execution.decision?.output} .pending=${Boolean(draft)} .choice=${draft ? this.#choice(execution, draft) : null}
        @choose=${({ detail }) => this.#draftOf(execution).set({ selected: detail.selected })}></cb-output>` : nothing}
      ${(manual || execution.waiting_for) && log.last === 0 ? nothing : html`<cb-log .log=${log} .version=${log.version} .running=${status === 'running'} .name=${`${this.step.name}-${execution.attempt}`}
        .earlier=${() => this.feed.earlier(execution.id)} .all=${() => this.feed.wholeLog(execution.id)}
        .find=${(text) => this.feed.findInLog(execution.id, text)}></cb-log>`}`;
  }

  #choice(execution, draft) {
    const rule = ruleOf(this.step);
    const value = this.#value(execution);
    if (rule.kind !== 'selection' && !Array.isArray(value?.findings)) return null;
    return { min: rule.min ?? 0, max: rule.max ?? Infinity, selected: chosen(draft, value) };
  }

  async #answer(draft, text) {
    Object.assign(this, { busy: 'send', problem: null });
    try {
      await this.feed.act('redo', { stage: this.step.id, user_input: text });
      draft.forget();
      this.#deciding = null;
      toast(t('question.sent', { stage: this.step.name }));
    } catch (problem) {
      this.problem = problemText(problem);
      if (problem.status === 409) this.feed.read();
    } finally {
      this.busy = null;
    }
  }

  /** The server took this person's decision: the page follows the work again. */
  #taken(draft) {
    this.#deciding = null;
    draft.forget();
    this.decided?.();
  }

  #discard(draft) {
    draft.clear();
    this.discards++;
  }

  async #waived(draft) {
    draft.set({ waived: true });
    await this.updateComplete;
    await this.querySelector('cb-approval')?.updateComplete;
    this.querySelector('[data-testid="approval"]')?.focus();
  }

  async #refuse(errors, manual) {
    const found = new Map();
    for (const { pointer, detail } of errors) if (!found.has(pointer)) found.set(pointer, detail);
    this.refused = found;
    this.editing = !manual;
    await this.updateComplete;
    await new Promise(requestAnimationFrame);
    reveal(this.querySelector(':is(cb-manual, cb-edit-output) [aria-invalid="true"]'));
  }
}

customElements.define('cb-step', CbStep);
