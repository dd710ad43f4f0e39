/*
 * One task: head, steps, the chosen step, and what the task holds. `wanted` is its id, `step` the id
 * of the stage template that the address names; without one, the page follows the work. `place` is where in a document
 * of that step.
 */
import { keyed } from 'lit/directives/keyed.js';
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { announce } from '../../core/announce.js';
import { t } from '../../core/i18n.js';
import { router, setTitle } from '../../core/router.js';
import { withTicks } from '../../core/selection.js';
import { lookOf } from '../../core/status.js';
import { TaskFeed } from '../../core/task-feed.js';
import { currentStep, steps } from '../../core/task-model.js';
import { tasks } from '../../core/tasks.js';
import { icon } from '../common/icons.js';
import './cb-deliveries.js';
import './cb-step.js';
import './cb-policies.js';
import './cb-stepper.js';
import './cb-task-facts.js';
import './cb-task-head.js';
import './cb-timeline.js';

await Promise.all([useStyles('cb-task'), useStyles('cb-waiting')]);

class CbTaskView extends CbElement {
  static properties = { wanted: {}, step: {}, place: {}, feed: { state: true }, ticked: { state: true } };
  #tickedFor = null;
  #hold = null;
  #asked = null;
  #said = null;
  #stop = null;
  #shown = null;

  constructor() {
    super();
    Object.assign(this, { feed: null, ticked: null });
  }

  willUpdate(changed) {
    // Another address is another wish: what was being read holds nothing back then.
    if (changed.has('step') && this.hasUpdated) this.#hold = this.#asked = this.#shown = null;
    if (changed.has('wanted') && this.isConnected) this.#follow();
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.hasUpdated) this.#follow();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#leave();
  }

  render() {
    const { missing, problem, ready } = this.feed?.state ?? {};
    if (missing) return this.#missing();
    const task = this.feed?.model.task;
    if (!task) return problem ? this.#problem(problem) : this.#loading(ready);
    const current = currentStep(task);
    const waitsOf = (id) => this.feed.model.attempts(id).at(-1)?.waiting_for ?? null;
    // Ticks are a preview only while the attempt that they are for waits; then the server's word counts.
    const previewed = this.ticked && current?.status === 'awaiting_approval' && current.id === this.#tickedFor;
    const all = steps(previewed ? { ...task, stages: withTicks(task.stages, this.ticked) } : task);
    const chosen = all.find(({ id }) => id === this.step) ?? this.#held(all) ?? current;
    this.#shown = chosen?.id ?? null;
    this.#asked = chosen?.status === 'awaiting_approval' ? chosen.id : null;
    return html`
      <cb-task-head .task=${task} .feed=${this.feed} .step=${chosen?.id ?? null} @redone=${() => this.#moveOn()}></cb-task-head>
      ${all.length === 0 ? html`<p class="muted">${t('task.no_steps')}</p>` : html`
        <cb-stepper .steps=${all.map((step) => ({ ...step, waits: waitsOf(step.id) }))} .selected=${chosen.id} .current=${current.id} @step-pick=${({ detail }) => this.#pick(detail.id)}></cb-stepper>
        ${this.step && chosen.id !== this.step ? html`<div class="notice notice-wait" role="status" data-testid="unknown-step">${icon('info')}<p>${t('task.unknown_step', { name: chosen.name })}</p></div>` : nothing}
        ${chosen.id !== current.id && (task.status === 'running' || task.status === 'awaiting_approval') ? this.#followLink(current) : nothing}
        ${keyed(chosen.id, html`<cb-step @redo-with=${({ detail }) => this.querySelector('cb-task-head').redo(detail)} @preview=${({ detail }) => { this.#tickedFor = detail.step; this.ticked = detail.ticked; }} .decided=${() => this.#moveOn()} .step=${chosen} .place=${chosen.id === this.step ? this.place : null} .task=${task} .feed=${this.feed} .turn=${this.feed.state.turn}></cb-step>`)}`}
      <cb-timeline .task=${task}></cb-timeline>
      <cb-deliveries .list=${this.feed.model.deliveries}></cb-deliveries>
      <cb-policies .task=${task}></cb-policies>
      <cb-task-facts .task=${task} .feed=${this.feed}></cb-task-facts>`;
  }

  updated() {
    const task = this.feed?.model.task;
    if (this.feed?.state.missing) setTitle(t('task.missing'));
    else if (task) setTitle(task.title);
    if (task) this.#say(task);
  }

  #follow() {
    this.#leave();
    this.feed = new TaskFeed(this.wanted);
    Object.assign(this, { ticked: null });
    this.#hold = this.#asked = this.#shown = null;
    this.#stop = this.feed.subscribe(() => this.requestUpdate());
    this.#said = null;
    this.feed.start();
  }

  #leave() {
    this.#stop?.();
    this.feed?.stop();
  }

  #pick(id) {
    this.#hold = this.#asked = null;
    const current = currentStep(this.feed.model.task);
    router.navigate(tasks.pathOf(this.wanted, { step: id === current?.id ? null : id }));
  }

  /**
   * The step being read or searched stays when the work moves on, until the focus leaves it; one that
   * somebody else has decided meanwhile stays, so that it can say who did.
   */
  #held(all) {
    if (this.#asked) this.#hold = this.#asked;
    if (this.#hold) return all.find(({ id }) => id === this.#hold);
    const inside = this.querySelector('cb-step')?.contains(document.activeElement);
    return inside ? all.find(({ id }) => id === this.#shown) : undefined;
  }

  /** Each change of status is said once; what was so when the page opened is not. */
  #say({ id, status }) {
    const now = `${id} ${status}`;
    if (this.#said !== null && this.#said !== now) announce(t('task.said', { status: t(lookOf(status).key) }));
    this.#said = now;
  }

  /** After one's own decision the page follows the work again. */
  #moveOn() {
    this.#hold = this.#asked = this.ticked = null;
    if (this.querySelector('cb-step')?.contains(document.activeElement)) document.activeElement.blur();
    if (this.step) this.#pick(currentStep(this.feed.model.task)?.id);
    this.requestUpdate();
  }

  #followLink({ name, number }) {
    return html`<p class="follow-work">${t('task.elsewhere')} <a href=${tasks.pathOf(this.wanted)} @click=${() => { this.#hold = this.#asked = null; this.requestUpdate(); }}>${t('task.follow', { name, number })}</a></p>`;
  }

  /** What is known already: the board may have the title. */
  #loading(ready) {
    const known = tasks.state.items.find(({ id }) => id === this.wanted);
    return html`<div class="task-loading" aria-busy="true" data-testid="task-loading">
      <h1 class="task-title">${known?.title ?? t('tasks.task')}</h1>
      <p class="muted">${ready === false ? t('task.loading') : nothing}</p>
      <div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div></div>`;
  }

  #missing() {
    return html`<div class="empty task-missing" data-testid="task-missing">${icon('search', 32)}<h1>${t('task.missing')}</h1>
      <p>${t('task.missing_hint')}</p><div class="row-wrap"><a class="btn" href="/tasks">${t('task.all')}</a>
      <a class="btn btn-primary" href="/tasks/new">${icon('plus', 16)}${t('tasks.new')}</a></div></div>`;
  }

  #problem(problem) {
    return html`<div class="notice notice-wait">${icon('warn')}<p class="grow">${problem.offline ? t('problem.unreachable') : problem.message}</p>
      <button class="btn" type="button" @click=${() => this.feed.read()}>${icon('retry', 16)}${t('outline.retry')}</button></div>`;
  }
}

customElements.define('cb-task-view', CbTaskView);
