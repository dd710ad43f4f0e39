/*
 * What a person is asked when a stage waits for them: which stages run next, what to choose or to fill
 * in, and the one button that goes on. It never takes the focus by itself.
 *
 *   <cb-approval .task .step .execution .value .draft .feed .manual .faults></cb-approval>
 *
 * Calls `.decided()` when the server took the decision, which may be after the news of it has taken this
 * element away. Emits `preview` { ticked, step } for the stepper, `edit` for the output's editor, `settled` when
 * another decision came first, `refused` { errors } for errors inside the output.
 */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { announce } from '../../core/announce.js';
import { fmt, t } from '../../core/i18n.js';
import { bodyOf, chosen, fieldValue, lacks, offers, ruleOf } from '../../core/decision.js';
import { palette } from '../../core/palette.js';
import { openQuestions } from '../../core/questions.js';
import { place } from '../../core/schema-form.js';
import { inOrder, suggestedStages } from '../../core/selection.js';
import { choiceOf, follow, ticksBy } from '../../core/stage-choice.js';
import { toast } from '../../core/toasts.js';
import { draftNotice } from '../common/draft-notice.js';
import { textField } from '../common/field.js';
import { icon } from '../common/icons.js';
import { problemText } from '../common/stage-actions.js';
import { tile } from './cb-question.js';
import './cb-answers.js';
import '../common/cb-stage-choice.js';
import '../common/cb-who.js';

await useStyles('cb-approval');

class CbApproval extends CbElement {
  static properties = { task: {}, step: {}, execution: {}, value: {}, draft: {}, feed: {}, manual: {}, faults: {}, turn: {}, decided: {}, busy: { state: true }, problem: { state: true }, wrong: { state: true }, tried: { state: true }, asks: { state: true } };
  #stop = null;
  #announced = null;

  constructor() {
    super();
    Object.assign(this, { manual: false, faults: [], busy: false, problem: null, wrong: new Map(), tried: false, asks: false });
    this.watch(palette);
  }

  connectedCallback() {
    super.connectedCallback();
    this.#follow();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop?.();
  }

  willUpdate(changed) {
    if (changed.has('draft') && this.hasUpdated) this.#follow();
    if (changed.get('execution') && changed.get('execution').id !== this.execution.id) Object.assign(this, { problem: null, wrong: new Map(), tried: false, asks: false });
    this.#suggest();
  }

  updated() {
    const { ticked } = this.#choice() ?? { ticked: null };
    const now = ticked && [...ticked].sort().join(' ');
    if (now === this.#announced) return;
    this.#announced = now;
    this.emit('preview', { ticked, step: this.step.id });
  }

  render() {
    const rule = ruleOf(this.step);
    const choice = this.#choice();
    return html`<section class="card decide" data-testid="approval" data-kind=${choice ? 'stages' : rule.kind} aria-labelledby="decide-title" tabindex="-1">
      <header class="decide-head">${tile(this.manual ? 'edit' : choice ? 'spark' : 'check')}<div><h3 id="decide-title">${t(choice ? 'approval.next' : this.manual ? 'approval.manual' : rule.kind === 'selection' ? 'approval.choose' : 'approval.title')}</h3>
        <p>${this.#intro(rule, choice)}</p></div></header>
      ${this.#kept()}
      ${choice ? this.#stages(choice) : nothing}
      ${this.#parts(rule)}
      ${this.problem ? html`<div class="notice notice-bad decide-problem" role="alert" data-testid="approval-problem">${icon('warn')}<div class="grow">${this.problem.map((line) => html`<p>${line}</p>`)}
        ${this.asks ? html`<button class="btn btn-sm" type="button" data-testid="waive" @click=${this.#waive}>${t('question.waive')}</button>` : nothing}</div></div>` : nothing}
      ${this.#foot(rule, choice)}
    </section>`;
  }

  #follow() {
    this.#stop?.();
    this.#stop = this.draft?.subscribe(() => this.requestUpdate());
  }

  /** Which stages are on offer; null when nothing suggests any. */
  #choice() {
    return choiceOf({ execution: this.execution, task: this.task, step: this.step, draft: this.draft.state });
  }

  #suggest() {
    const { seen, changed } = this.draft.state;
    const patch = follow({ execution: this.execution, task: this.task, step: this.step, draft: this.draft.state });
    if (!patch) return;
    this.draft.set(patch);
    if (seen && patch.changed?.length > changed.length) announce(t('approval.updated_said', { n: patch.changed.length }));
  }

  #intro(rule, choice) {
    if (choice) return t(this.manual ? 'approval.next_manual' : 'approval.next_hint', { stage: this.step.name });
    if (rule.kind === 'selection') return rule.min === rule.max ? t('approval.choose_exactly', { n: rule.min }) : t('approval.choose_between', { min: rule.min, max: rule.max });
    if (this.manual) return t(palette.state.byId.get(this.step.type)?.entry.executor === 'manual' ? 'approval.by_hand_hint' : 'approval.manual_hint', { stage: this.step.name });
    return t(rule.kind === 'fields' ? 'approval.fields_hint' : Array.isArray(this.value?.findings) && this.value.findings.length ? 'approval.findings_hint' : 'approval.hint', { stage: this.step.name });
  }

  #stages({ given, stages, fixed, ticked }) {
    const { ask, changed, reasons } = this.draft.state;
    const known = [...given.reasons.keys()].some((id) => !fixed.has(id));
    const texts = new Map(stages.map(({ id, type, description }) => [id, description ?? palette.state.byId.get(type)?.entry.description]).filter(([, text]) => text));
    return html`<div class="decide-body decide-stages">
      <p class="decide-source small" data-testid="suggested-by" data-by=${given.by ?? nothing}>${icon(given.by === 'rules' ? 'info' : 'spark', 14)}${t(known ? `approval.by_${['rules', 'model', 'result'].includes(given.by) ? given.by : 'stage'}` : 'approval.by_none')}</p>
      <cb-stage-choice .stages=${stages} .ticked=${ticked} .fixed=${fixed} .given=${given} .changed=${new Set(changed)} .ask=${ask} .texts=${texts} .reasons=${this.manual ? reasons : null} .prefix=${`run-${this.execution.id}`} .busy=${this.busy}
        @ticks=${({ detail }) => { this.problem = null; this.draft.set(ticksBy(this.draft.state, detail)); }} @reasons=${({ detail }) => this.draft.set(detail)}></cb-stage-choice>
      ${given.unknown.length ? html`<p class="decide-ignored small" data-testid="ignored">${icon('info', 14)}<span>${t('approval.ignored', { n: given.unknown.length, names: fmt.list(given.unknown.map((name) => `“${name}”`)) })}</span></p>` : nothing}
    </div>`;
  }

  #parts(rule) {
    const { comment, output, waived } = this.draft.state;
    const questions = openQuestions(this.execution, this.value);
    const n = questions.length;
    return html`${this.manual && n && !waived ? html`<cb-answers .questions=${questions} .draft=${this.draft} .turn=${this.draft.state}
        .tried=${this.tried} .busy=${this.busy} @waive=${this.#waive}></cb-answers>` : nothing}
      <div class="decide-body stack">
      ${waived && n ? html`<p class="decide-note small">${icon('info', 14)}<span>${t('approval.waived', { n })} <button class="link-btn" type="button" @click=${() => this.draft.set({ waived: false })}>${t('approval.answer_them')}</button></span></p>` : nothing}
      ${rule.kind === 'selection' ? this.#chosen() : nothing}
      ${rule.kind === 'fields' && !this.manual ? rule.fields.map((name) => this.#field(name)) : nothing}
      ${this.manual ? nothing : output === undefined
        ? html`<div><button class="btn btn-sm" type="button" data-testid="edit-output" @click=${() => this.emit('edit')}>${icon('edit', 14)}${t('approval.edit')}</button></div>`
        : html`<p class="decide-note small" data-testid="edited">${icon('edit', 14)}<span>${t('approval.edited')} <button class="link-btn" type="button" @click=${() => this.emit('edit')}>${t('approval.edit_again')}</button>
          <button class="link-btn" type="button" data-testid="discard-edit" @click=${this.#dropEdit}>${t('approval.discard')}</button></span></p>`}
      <details class="decide-comment" ?open=${comment !== ''}><summary>${icon('plus', 14)}${t('approval.comment')}</summary>
        <textarea dir="auto" class="textarea" rows="2" data-testid="comment" aria-label=${t('approval.comment')} .value=${comment} @input=${({ target }) => this.draft.set({ comment: target.value })}></textarea></details>
    </div>`;
  }

  #chosen() {
    const picked = offers(this.value).filter(({ id }) => chosen(this.draft.state, this.value).has(id));
    const fault = this.wrong.get('/decision/selected') ?? (this.tried ? this.#lack('selected') : undefined);
    return html`<div data-testid="chosen">${picked.length ? html`<ul class="picked">${picked.map(({ title, id }) => html`<li>${icon('check', 14)}<span>${title ?? id}</span></li>`)}</ul>` : html`<p class="muted small">${t('approval.none_chosen')}</p>`}
      ${fault ? html`<p class="error-text" role="alert">${icon('warn', 14)}${fault}</p>` : nothing}</div>`;
  }

  #dropEdit = () => {
    const { output } = this.draft.state;
    this.draft.set({ output: undefined });
    toast(t('approval.discarded'), { ms: 8_000, action: { label: t('undo'), testid: 'undo', run: () => this.draft.set({ output }) } });
  };

  #field(name) {
    const pointer = `/decision/fields/${name}`;
    const long = /description|plan|note|text|body|summary/.test(name);
    return textField({ id: `field-${name}`, testid: `field-${name}`, label: labelOf(name), required: true, lines: long ? 5 : 0, value: fieldValue(name, this.draft.state, this.value),
      error: this.wrong.get(pointer) ?? (this.tried ? this.#lack(`field:${name}`) : undefined),
      set: (text) => { this.wrong = new Map([...this.wrong].filter(([at]) => at !== pointer)); this.draft.set({ fields: { ...this.draft.state.fields, [name]: text } }); } });
  }

  #foot(rule, choice) {
    const n = choice?.ticked.size;
    const key = this.busy ? 'approval.busy' : this.manual && !choice ? 'approval.approve_manual' : 'approval.approve';
    const lack = this.tried ? this.#lack('output') ?? this.#lack('questions') : undefined;
    return html`<footer class="decide-foot"><span class="decide-sum grow" data-testid="selection-summary" role="status">${lack ? html`<span class="error-text">${icon('warn', 14)}${lack}</span>`
        : choice ? t('approval.sum', { n }) : this.#after()}</span>
      <cb-you-are></cb-you-are>
      <button class="btn btn-primary" type="button" data-testid="approve" ?disabled=${this.busy} @click=${this.#approve}>${icon('check', 16)}${t(key)}</button></footer>`;
  }

  #kept() {
    const { restored } = this.draft.state;
    if (!restored || !this.draft.written) return nothing;
    return draftNotice({ at: restored, discard: () => this.emit('discarded') });
  }

  #after() {
    const next = inOrder(this.task.stages).find(({ selected, sort_order: at }) => selected !== false && at > this.step.sort_order);
    return next ? t('approval.then', { name: next.name }) : t('approval.last');
  }

  #lacks() {
    return lacks({ rule: ruleOf(this.step), draft: this.draft.state, value: this.value, manual: this.manual, faults: this.faults });
  }

  #lack(at) {
    const found = this.#lacks().find((each) => each.at === at);
    return found && t(`approval.lack_${found.code}`, found.params);
  }

  #waive = () => {
    this.draft.set({ waived: true });
    this.#approve();
  };

  #approve = async () => {
    if (this.busy) return;
    this.tried = true;
    Object.assign(this, { problem: null, wrong: new Map(), asks: false });
    this.emit('tried');
    const lacking = this.#lacks();
    if (lacking.length) {
      announce(t(`approval.lack_${lacking[0].code}`, lacking[0].params));
      this.emit('lacking', { at: lacking[0].at });
      return;
    }
    const choice = this.#choice();
    const body = bodyOf({ execution: this.execution, draft: this.draft.state, rule: ruleOf(this.step), value: this.value, ticked: choice?.ticked ?? null, stages: choice?.stages });
    if (choice && isObject(body.decision?.output)) body.decision.output = this.#withSuggestions(body.decision.output, choice);
    this.busy = true;
    const { draft, decided } = this;
    draft.set({ sending: true });
    try {
      await this.feed.act('approve', body);
      decided();
    } catch (problem) {
      draft.set({ sending: false });
      this.#turnedDown(problem);
    } finally {
      this.busy = false;
    }
  };

  /** A result that a person made says which stages it suggests: its own, else what was ticked with their reasons. */
  #withSuggestions(output, choice) {
    if (!this.manual && !Array.isArray(output.suggested_stages)) return output;
    const { reasons } = this.draft.state;
    return { ...output, suggested_stages: suggestedStages(output, { ...choice, reasons, fallback: t('approval.by_hand') }) };
  }

  #turnedDown(problem) {
    if (problem.status === 409) this.feed.read(true);
    if (problem.code === 'already_decided' || problem.code === 'wrong_status') this.emit('settled', { problem });
    this.asks = problem.code === 'open_questions';
    const inside = problem.errors.filter(({ pointer = '' }) => pointer.startsWith('/decision/output'));
    if (inside.length) this.emit('refused', { errors: inside.map(({ pointer, detail }) => ({ pointer: pointer.slice('/decision/output'.length), detail })) });
    const rule = ruleOf(this.step);
    const fields = new Set(['/decision/selected', ...(rule.fields ?? []).map((name) => `/decision/fields/${name}`)]);
    const { placed, rest } = place(problem.errors.filter((each) => !inside.includes(each)), fields);
    this.wrong = placed;
    this.problem = inside.length ? [t('approval.refused'), ...rest] : rest.length ? rest.map((line) => line.replace(/^\/selected_stage_ids[^:]*: /, '')) : placed.size ? null : [problemText(problem)];
  }
}

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

export function labelOf(key) {
  const words = String(key).replaceAll(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

customElements.define('cb-approval', CbApproval);
