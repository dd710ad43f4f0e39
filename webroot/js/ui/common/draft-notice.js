/* The one banner over what was typed before and is not sent yet. */
import { html, nothing } from '../../core/base.js';
import { fmt, t } from '../../core/i18n.js';
import { icon } from './icons.js';

/**
 * @param at       when it was kept, ms since 1970
 * @param discard  () → begins again with nothing
 * @param hint     a sentence that says more, if any
 */
export function draftNotice({ at, discard, hint = null, testid = 'draft' }) {
  return html`<div class="notice draft-notice" data-testid=${testid}>${icon('edit', 16)}
    <p class="grow small"><span class="strong">${t('draft.title')}</span> <span class="muted">${t('draft.from', { at: fmt.date(at) })}</span>
      ${hint ? html`<br>${hint}` : nothing}</p>
    <button class="btn btn-sm" type="button" data-testid="discard-draft" @click=${discard}>${t('draft.discard')}</button></div>`;
}

/** Under a field of which a draft is being kept: where it is, or that it could not be kept. */
export function draftKept(kept) {
  return html`<span class="small ${kept ? 'muted' : 'error-text'}" role="status" data-testid="draft-kept">${t(kept ? 'draft.kept' : 'draft.not_kept')}</span>`;
}
