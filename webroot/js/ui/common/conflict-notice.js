/* What somebody else saved while this was being edited, the difference to mine, and the choice between the two. */
import { html } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { icon } from './icons.js';

/** The difference is drawn as soon as its module is here. */
const loadDiff = () => import('./cb-diff.js');
let drawing = null;

/**
 * @param text     a sentence that says what happened
 * @param parts    [{ key, label, mine, theirs }] texts that differ
 * @param mine     () → keeps mine: the next save writes over theirs
 * @param theirs   () → takes theirs: mine is gone
 */
export function conflictNotice({ text, parts, mine, theirs, busy = false }) {
  drawing ??= loadDiff();
  return html`<section class="conflict" role="alert" tabindex="-1" data-testid="conflict">
    <div class="notice notice-wait">${icon('warn')}<p class="grow">${text}</p>
      <div class="row-wrap">
        <button class="btn btn-sm" type="button" data-testid="take-theirs" ?disabled=${busy} @click=${theirs}>${t('conflict.theirs')}</button>
        <button class="btn btn-sm btn-primary" type="button" data-testid="keep-mine" ?disabled=${busy} @click=${mine}>${t('conflict.mine')}</button>
      </div></div>
    ${parts.map(({ label, ...part }) => html`<div class="conflict-member"><span class="label">${label}</span>
      <cb-diff .before=${part.theirs} .after=${part.mine} .label=${t('conflict.difference', { name: label })}
        .names=${[t('conflict.theirs_name'), t('conflict.mine_name')]}></cb-diff></div>`)}
  </section>`;
}
