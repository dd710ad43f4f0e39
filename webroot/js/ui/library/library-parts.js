/*
 * What the pages of documents have in common.
 *
 *   projectField({ value, set })          // a choice of projects; nothing where there are none
 *   working(t('search.working'))          // something takes longer than a moment
 *   problemNotice(problem, retry)
 *   notThere({ name, title, hint, action })       // an empty place that says what to do
 *   qualityMark(document.quality)         // a short figure
 *   lackMark(document)                    // a word beside one that may not be whole; nothing beside others
 *   await readPart(sha256)                // a stored part of a document, as a value
 */
import { api } from '../../core/api.js';
import { html, nothing } from '../../core/base.js';
import { lackOf, qualityOf } from '../../core/document-facts.js';
import { fmt, t } from '../../core/i18n.js';
import { projects } from '../../core/projects.js';
import { selectField } from '../common/field.js';
import { icon } from '../common/icons.js';
import { problemText } from '../common/stage-actions.js';

/** After this long somebody wants to know that it still works. */
export const LONG_MS = 600;
const PART_MS = 300_000;

/** `projects` has to be followed and watched by the page. */
export function projectField({ id, value, set }) {
  const open = (projects.state.items ?? []).filter(({ archived_at: archived, id: of }) => !archived || of === value);
  if (open.length === 0 && !value) return nothing;
  const strange = value && value !== 'none' && !open.some(({ id: of }) => of === value);
  const known = strange ? [{ id: value, name: value }] : [];
  const options = [
    { value: '', label: t('library.all_projects') },
    { value: 'none', label: t('library.no_project') },
    ...[...open, ...known].map(({ id: of, name }) => ({ value: of, label: name })),
  ];
  return selectField({ id, testid: id, label: t('library.project'), value, options, set });
}

export function projectName(id) {
  return (projects.state.items ?? []).find((each) => each.id === id)?.name ?? id;
}

export function working(text) {
  return html`<div class="working" role="status" data-testid="working"><span class="small">${text}</span>
    <div class="progress" data-known="no" aria-hidden="true"><i></i></div></div>`;
}

export function problemNotice(problem, retry) {
  return html`<div class="notice notice-bad" role="alert" data-testid="problem">${icon('warn')}
    <p class="grow">${problemText(problem)}</p>
    ${problem.code === 'search_unavailable' ? html`<a class="btn" href="/plugins">${t('nav.plugins')}</a>` : nothing}
    <button class="btn" type="button" @click=${retry}>${icon('retry', 16)}${t('outline.retry')}</button></div>`;
}

export function notThere({ name, title, hint, action = nothing }) {
  return html`<div class="card empty" data-testid="nothing">${icon(name, 32)}<h2>${title}</h2>
    ${[hint].flat().map((line) => html`<p>${line}</p>`)}${action}</div>`;
}

/** The way to documents for somebody who has none yet. */
export function startHere() {
  return html`<div class="row-wrap"><a class="btn btn-primary"
    href="/tasks/new">${icon('plus', 16)}${t('tasks.new')}</a>
    <a class="btn" href="/?view=pipelines">${t('nav.pipeline')}</a></div>`;
}

/** Stored bytes have no type of their own. */
export async function readPart(sha256) {
  const value = await api.get(`/api/blobs/${encodeURIComponent(sha256)}`, { timeout: PART_MS });
  return typeof value === 'string' ? JSON.parse(value) : value;
}

const SIGNS = { ok: 'check', wait: 'warn', bad: 'warn' };

export function qualityMark(given) {
  const found = qualityOf(given);
  if (!found) return html`<span class="muted" aria-label=${t('documents.not_made')}>–</span>`;
  const figure = found.share === null ? t(`documents.quality_${found.tone}`)
    : fmt.number(found.share, { style: 'percent', maximumFractionDigits: 0 });
  return html`<span class="document-quality tone-${found.tone}" title=${t(`documents.quality_${found.tone}`)}>
    ${icon(SIGNS[found.tone], 14)}${figure}</span>`;
}

export function lackMark(document) {
  const lack = lackOf(document);
  if (!lack) return nothing;
  return html`<span class="badge badge-${lack === 'open' ? 'run' : 'wait'}" data-testid="not-whole"
    title=${t(`documents.lacks_${lack}`)}>${t(`documents.lack_${lack}`)}</span>`;
}
