/* The form of a new task around its stages: what it is called, what stands against it, and its start. */
import { html, nothing } from 'lit';
import { t } from '../../core/i18n.js';
import { textField } from '../common/field.js';
import { icon } from '../common/icons.js';

/** `set(name, text)` takes what is typed as `title` or `description`; `error(name)` is what stands against it. */
export function taskDetails({ title, description, error, set }) {
  return html`<section class="card card-body stack">
    ${textField({
      id: 'task-title', testid: 'task-title', label: t('new_task.name'), required: true, value: title,
      hint: t('new_task.name_hint'), error: error('title'), set: (text) => set('title', text),
    })}
    ${textField({
      id: 'task-description', testid: 'task-description', label: t('new_task.description'),
      hint: t('new_task.description_hint'), lines: 3, value: description, error: error('description'),
      set: (text) => set('description', text),
    })}</section>`;
}

/** Sentences that belong to none of the fields. */
export function taskNotes(notes) {
  if (!notes.length) return nothing;
  return html`<div class="notice notice-bad" role="alert" data-testid="form-error">${icon('warn')}
    <div class="grow">${notes.map((text) => html`<p>${text}</p>`)}</div></div>`;
}

/** What a task that was started too early waits for: its files, or the pipelines. */
export function waitingFor(sending) {
  return sending ? 'new_task.waiting' : 'new_task.waiting_pipelines';
}

/** `sending`: files are on their way; `waiting`: it starts once all has arrived; `busy`: it is being started. */
export function taskFoot({ items, sending, busy, waiting }) {
  const left = items.filter(({ status }) => status === 'waiting' || status === 'sending').length;
  const says = sending
    ? t('new_task.uploading', { n: left })
    : html`<span class="new-task-keys">${t('new_task.keys')}</span>`;
  const label = busy ? 'new_task.starting' : waiting ? waitingFor(sending) : 'new_task.start';
  return html`<footer class="new-task-foot">
    <p class="muted small grow" role="status">${says}</p>
    <a class="btn" href="/tasks">${t('dialog.cancel')}</a>
    <button class="btn btn-primary" type="submit" data-testid="start-task" ?disabled=${busy || waiting}>
      ${icon(waiting ? 'clock' : 'play', 16)}${t(label)}</button>
  </footer>`;
}
