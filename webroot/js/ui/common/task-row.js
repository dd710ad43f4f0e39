/* One task in a list: its status, its age, its title, and where it is. */
import { html, nothing } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { lookOf, shownStatus } from '../../core/status.js';
import { taskAddress } from '../../core/task-address.js';
import { movedAt } from '../../core/task-list.js';
import { place } from '../../core/task-model.js';
import { statusMark } from './status-mark.js';
import { waitingLine } from './waiting-line.js';
import './cb-time.js';

/** @param path  where the row leads */
export function taskRow(task, { current = false, path = taskAddress(task.id) } = {}) {
  const { id, title, status, pipeline } = task;
  const shown = shownStatus(status, task.waiting_for);
  const { tone, key } = lookOf(shown);
  const where = placeText(task);
  return html`<a class="task-row" href=${path} data-testid="task-row" data-id=${id} data-status=${status}
      aria-current=${current ? 'page' : nothing}>
    <span class="task-row-top"><span class="task-row-status tone-${tone}">${statusMark(shown)}${t(key)}</span>
      <cb-age class="muted" .at=${movedAt(task)}></cb-age></span>
    <span class="task-row-title" dir="auto">${title}</span>
    <span class="task-row-sub">${where ? html`<span>${where}</span><span aria-hidden="true">·</span>` : nothing}<span class="truncate">${pipeline}</span></span>
    ${labelChips(task.labels)}
    ${task.waiting_for ? html`<span class="task-row-sub task-row-waits"><span class="truncate">${waitingLine(task.waiting_for)}</span></span>` : nothing}
  </a>`;
}

/** Texts that people put on a task. */
export function labelChips(labels = []) {
  if (labels.length === 0) return nothing;
  return html`<span class="task-labels">${labels.map((label) => html`<span class="badge" data-testid="task-label" dir="auto">${label}</span>`)}</span>`;
}

/** As long as the stages are still being chosen their number is not known. */
function placeText(task) {
  const at = task.status === 'completed' ? null : place(task);
  if (!at) return null;
  return at.of === null ? t('tasks.at_open', at) : t('tasks.at', at);
}
