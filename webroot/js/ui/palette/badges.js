/* Templates for what an entry is marked with. */
import { html } from 'lit';
import { t } from '../../core/i18n.js';
import { icon } from '../common/icons.js';

const PENDING = {
  waiting: { tone: 'wait', shape: 'clock' },
  rejected: { tone: 'bad', shape: 'warn' },
  conflict: { tone: 'bad', shape: 'warn' },
};

export function originBadge({ origin }) {
  return html`<span class="badge badge-${origin}">${t(`origin.${origin}`)}</span>`;
}

/** The state of what is not written yet, else where the entry comes from. */
export function stateBadge({ entry, pending, gone }) {
  if (gone) return html`<span class="badge badge-bad">${t('palette.gone')}</span>`;
  const mark = PENDING[pending];
  if (!mark) return originBadge(entry);
  return html`<span class="badge badge-${mark.tone}" data-testid="pending">${icon(mark.shape, 12)}${t(`pending.${pending}`)}</span>`;
}
