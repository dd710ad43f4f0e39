/*
 * One step of a task: how far it is or why it failed, what it put out, its log, and its attempts.
 * What a person is asked stands beside the output, in `.step-aside`.
 */
import { CbElement, css, html, nothing } from '../core/base.js';
import { fmt, t } from '../core/i18n.js';
import { isDone } from '../core/status.js';
import { outputOf } from '../core/outputs.js';
import { percent } from '../core/task-model.js';
import { palette } from '../core/palette.js';
import { icon } from './icons.js';
import { statusBadge } from './status-mark.js';
import './cb-attempts.js';
import './cb-log.js';
import './cb-output.js';
import './cb-time.js';

class CbStep extends CbElement {
  static properties = { step: {}, task: {}, feed: {}, turn: {}, picked: { state: true } };

  constructor() {
    super();
    this.picked = null;
    this.watch(palette);
  }

  render() {
    const { model } = this.feed;
    const attempts = model.attempts(this.step.id);
    const execution = attempts.find(({ id }) => id === this.picked) ?? attempts.at(-1) ?? null;
    return html`<section class="step-panel stack-lg" aria-labelledby="step-title">
      <header class="step-head"><h2 id="step-title">${this.step.name}</h2>
        ${this.step.type !== this.step.name ? html`<code class="muted">${this.step.type}</code>` : nothing}
        ${execution ? this.#line(execution, attempts) : nothing}</header>
      ${execution ? this.#execution(execution) : this.#waiting()}
      ${attempts.length > 1 ? html`<cb-attempts .attempts=${attempts} .selected=${execution.id}
        @attempt-pick=${({ detail }) => { this.picked = detail.id === attempts.at(-1).id ? null : detail.id; }}></cb-attempts>` : nothing}
    </section>`;
  }

  #line(execution, attempts) {
    const latest = execution === attempts.at(-1);
    return html`<span class="step-facts muted small">
      ${statusBadge(execution.status)}
      <span>${t('task.attempt', { n: execution.attempt })}</span>
      ${execution.started_at ? html`<span aria-hidden="true">·</span><cb-spent .of=${execution}></cb-spent>` : nothing}
      ${latest ? nothing : html`<span aria-hidden="true">·</span><button class="link-btn" type="button" @click=${() => { this.picked = null; }}>${t('task.latest_attempt')}</button>`}
    </span>`;
  }

  #execution(execution) {
    const { status } = execution;
    const log = this.feed.model.log(execution.id);
    const shows = isDone(status) || status === 'stale' || status === 'awaiting_approval' || outputOf(execution).state !== 'none';
    return html`
      ${status === 'running' ? this.#progress(execution) : nothing}
      ${status === 'failed' || execution.error ? this.#error(execution) : nothing}
      ${status === 'awaiting_approval' ? html`<div class="notice notice-wait">${icon('clock')}<p>${t('task.step_waits')}</p></div>` : nothing}
      ${status === 'stale' ? html`<div class="notice">${icon('info')}<p>${t('task.step_stale')}</p></div>` : nothing}
      ${shows ? html`<cb-output .execution=${execution}></cb-output>` : nothing}
      <cb-log .log=${log} .version=${log.version} .running=${status === 'running'} .name=${`${this.step.name}-${execution.attempt}`}
        .earlier=${() => this.feed.earlier(execution.id)} .all=${() => this.feed.wholeLog(execution.id)}></cb-log>`;
  }

  #progress({ progress }) {
    const share = percent(progress);
    const words = progress?.message || t('task.working');
    const count = progress?.total > 1 ? t('task.done_of', { done: progress.done, total: progress.total }) : nothing;
    return html`<div class="progress-card">
      <div class="row"><span class="grow truncate" id="progress-words">${words}</span><span class="muted small numbers">${count}${share === null ? nothing : html` · ${fmt.number(share / 100, { style: 'percent' })}`}</span></div>
      <div class="progress" role="progressbar" aria-labelledby="progress-words" aria-valuemin=${share === null ? nothing : 0} aria-valuemax=${share === null ? nothing : 100} aria-valuenow=${share ?? nothing}
        data-known=${share === null ? 'no' : 'yes'}><i ${css({ 'inline-size': share === null ? null : `${share}%` })}></i></div></div>`;
  }

  #error({ error, error_code: code, attempt }) {
    return html`<div class="notice notice-bad" data-testid="step-error">${icon('warn')}<div class="grow"><p class="strong">${t('task.failed_attempt', { n: attempt })}</p>
      <p>${error ?? t('task.no_reason')}</p>${code ? html`<p class="tiny"><code>${code}</code></p>` : nothing}</div></div>`;
  }

  #waiting() {
    const { status } = this.task;
    const over = status === 'completed' || status === 'failed' || status === 'cancelled';
    const entry = palette.state.byId.get(this.step.type)?.entry;
    const needs = this.step.depends_on ?? [];
    return html`<div class="card empty step-waiting">${icon('clock', 28)}<h3>${t(over ? 'task.step_never' : status === 'pending' ? 'task.step_task_pending' : 'task.step_later')}</h3>
      ${!over && needs.length ? html`<p>${t('task.step_after', { names: fmt.list(needs) })}</p>` : nothing}
      ${entry?.description ? html`<p class="muted">${entry.description}</p>` : nothing}
      ${entry?.available === false ? html`<p class="notice notice-wait">${icon('warn')}<span>${entry.reason ?? t('palette.unavailable')}</span></p>` : nothing}</div>`;
  }
}

customElements.define('cb-step', CbStep);
