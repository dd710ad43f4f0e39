/* Templates of a step: how far an attempt is, why it failed, and what is said before the first one. */
import { css, html, nothing } from '../../core/base.js';
import { documentsBefore } from '../../core/chunks.js';
import { fmt, t } from '../../core/i18n.js';
import { palette } from '../../core/palette.js';
import { percent, steps } from '../../core/task-model.js';
import { tasks } from '../../core/tasks.js';
import { icon } from '../common/icons.js';

export function progressCard({ progress }) {
  const share = percent(progress);
  const words = progress?.message || t('task.working');
  const count = progress?.total > 1 ? t('task.done_of', { done: progress.done, total: progress.total }) : nothing;
  return html`<div class="progress-card">
    <div class="row"><span class="grow truncate" id="progress-words">${words}</span><span class="muted small numbers">${count}${share === null ? nothing : html` · ${fmt.number(share / 100, { style: 'percent' })}`}</span></div>
    <div class="progress" role="progressbar" aria-labelledby="progress-words" aria-valuemin=${share === null ? nothing : 0} aria-valuemax=${share === null ? nothing : 100} aria-valuenow=${share ?? nothing}
      data-known=${share === null ? 'no' : 'yes'}><i ${css({ 'inline-size': share === null ? null : `${share}%` })}></i></div></div>`;
}

export function failure({ error, error_code: code, attempt }) {
  return html`<div class="notice notice-bad" data-testid="step-error">${icon('warn')}<div class="grow"><p class="strong">${t('task.failed_attempt', { n: attempt })}</p>
    <p>${error ?? t('task.no_reason')}</p>${code ? html`<p class="tiny"><code>${code}</code></p>` : nothing}</div></div>`;
}

export function notBegun(task, step) {
  const { status } = task;
  const over = status === 'completed' || status === 'failed' || status === 'cancelled';
  const entry = palette.state.byId.get(step.type)?.entry;
  const needs = step.depends_on ?? [];
  return html`<div class="card empty step-waiting">${icon('clock', 28)}<h3>${t(over ? 'task.step_never' : status === 'pending' ? 'task.step_task_pending' : 'task.step_later')}</h3>
    ${!over && needs.length ? html`<p>${t('task.step_after', { names: fmt.list(needs) })}</p>` : nothing}
    ${entry?.description ? html`<p class="muted" dir="auto">${entry.description}</p>` : nothing}
    ${entry?.available === false ? html`<p class="notice notice-wait">${icon('warn')}<span>${entry.reason ?? t('palette.unavailable')}</span></p>` : nothing}</div>`;
}

/** Where the documents are that a step's chunks were cut from: { execution, href(place) }; null when no step has them. */
export function chunkSource(task, step, model) {
  const gives = ({ type }) => palette.state.byId.get(type)?.entry.ports?.outputs?.[0]?.type === 'document';
  const found = documentsBefore(steps(task), step, (id) => model.attempts(id).at(-1), gives);
  if (!found) return null;
  return { execution: found.execution, href: (place) => tasks.pathOf(task.id, { step: found.step.id, place }) };
}
