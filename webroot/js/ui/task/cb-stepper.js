/*
 * The selected stages of a task, numbered from 1: tick when done, ring when running, amber when it
 * needs a person, diamond when it failed. On a narrow window one button that opens them as a list.
 * `selected` is the step shown, `current` the one where the work is. Emits `step-pick` { id }.
 */
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { isDone, lookOf, shownStatus } from '../../core/status.js';
import { icon } from '../common/icons.js';
import { statusMark } from '../common/status-mark.js';
import '../common/cb-time.js';

await useStyles('cb-stepper');

const narrow = matchMedia('(max-width: 819px)');

class CbStepper extends CbElement {
  static properties = { steps: {}, selected: {}, current: {} };
  /** The numbers before the last renumbering, which fade out while the new ones come. */
  #were = new Map();
  #are = new Map();

  connectedCallback() {
    super.connectedCallback();
    this.listen(narrow, 'change', () => this.requestUpdate());
  }

  render() {
    return narrow.matches ? this.#compact() : html`<nav class="stepper" aria-label=${t('task.steps')}>${this.#list()}</nav>`;
  }

  willUpdate(changed) {
    if (!changed.has('steps')) return;
    const now = new Map(this.steps.map(({ id, number }) => [id, number]));
    if ([...now].every(([id, number]) => this.#are.get(id) === number) && now.size === this.#are.size) return;
    this.#were = this.#are;
    this.#are = now;
  }

  updated(changed) {
    if (changed.has('selected') || changed.has('steps')) this.#reveal();
  }

  #list() {
    return html`<ol>${repeat(this.steps, ({ id }) => id, (step) => html`<li data-status=${step.status}>${this.#step(step)}</li>`)}</ol>`;
  }

  #step(step) {
    const { id, name, number, status, waits } = step;
    const { tone } = lookOf(shownStatus(status, waits));
    return html`<button class="step tone-${tone}" type="button" data-testid="step" data-stage=${name} data-status=${status}
        aria-current=${id === this.current ? 'step' : nothing} aria-pressed=${String(id === this.selected)} @click=${() => this.#pick(id)}>
      <span class="step-disc">${disc(number, shownStatus(status, waits), this.#were.get(id))}</span>
      <span class="step-text"><span class="step-name">${name}</span><span class="step-state">${state(step)}</span></span>
    </button>`;
  }

  #compact() {
    const step = this.steps.find(({ id }) => id === this.selected) ?? this.steps[0];
    const done = this.steps.filter(({ status }) => isDone(status)).length;
    return html`<button class="step-compact tone-${lookOf(shownStatus(step.status, step.waits)).tone}" type="button" aria-haspopup="dialog" data-testid="step-compact" @click=${this.#open}>
        <span class="step-disc">${disc(step.number, shownStatus(step.status, step.waits))}</span>
        <span class="grow step-text"><span class="step-name">${t('task.step_of', { number: step.number, of: this.steps.length, name: step.name })}</span>
          <span class="step-state">${state(step)}</span></span>
        ${icon('down')}
        <span class="step-bar" aria-hidden="true">${this.steps.map(({ status, waits }) => html`<i data-status=${shownStatus(status, waits)}></i>`)}</span>
        <span class="visually-hidden">${t('task.steps_done', { n: done })}</span></button>
      <dialog class="step-sheet" aria-labelledby="step-sheet-title" @click=${this.#outside}>
        <header class="dialog-head"><h2 class="grow" id="step-sheet-title">${t('task.steps')}</h2>
          <button class="btn btn-quiet btn-icon" type="button" aria-label=${t('task.close_steps')} @click=${this.#close}>${icon('close')}</button></header>
        <div class="stepper stepper-list">${this.#list()}</div></dialog>`;
  }

  #pick(id) {
    this.#close();
    this.emit('step-pick', { id });
  }

  #open() {
    this.querySelector('.step-sheet').showModal();
    this.querySelector('[aria-pressed="true"]')?.focus();
  }

  #close = () => this.querySelector('.step-sheet')?.close();

  #outside(event) {
    if (event.target === event.currentTarget) event.currentTarget.close();
  }

  #reveal() {
    const box = this.querySelector('.stepper:not(.stepper-list)');
    const step = box?.querySelector('[aria-pressed="true"]')?.closest('li');
    if (!step) return;
    const from = step.offsetLeft - box.offsetLeft;
    if (from < box.scrollLeft || from + step.offsetWidth > box.scrollLeft + box.clientWidth) box.scrollLeft = from - (box.clientWidth - step.offsetWidth) / 2;
  }
}

function disc(number, status, was) {
  if (isDone(status)) return html`${icon('check', 18)}<span class="visually-hidden">${number}</span>`;
  if (status === 'failed' || status === 'cancelled') return html`${statusMark(status, 16)}<span class="visually-hidden">${number}</span>`;
  const ring = status === 'running' ? html`<svg class="step-ring" aria-hidden="true" viewBox="0 0 36 36"><circle cx="18" cy="18" r="16.5" fill="none" stroke-width="3"></circle>
    <path class="mark-turn" d="M18 1.5A16.5 16.5 0 0 1 34.5 18" fill="none" stroke-width="3" stroke-linecap="round"></path></svg>` : nothing;
  return html`${ring}${keyed(number, html`<span class="step-number" data-was=${was && was !== number ? was : nothing}>${number}</span>`)}`;
}

function state(step) {
  const { status, waits } = step;
  if (shownStatus(status, waits) === 'waiting') return t('status.waiting');
  const word = t(status === 'pending' ? 'status.step_pending' : status === 'awaiting_approval' ? 'status.step_waiting' : lookOf(status).key);
  if (status === 'pending' || !step.started_at) return word;
  const of = status === 'running' || step.duration_ms !== null ? step : { ...step, started_at: null };
  return html`${word}${spentOf(of)}`;
}

function spentOf(of) {
  return of.started_at ? html` · <cb-spent .of=${of}></cb-spent>` : nothing;
}

customElements.define('cb-stepper', CbStepper);
