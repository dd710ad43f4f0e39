/* What the palette shows in place of rows: why there are none, and what to do about it. */
import { html, nothing } from 'lit';
import { t } from '../../core/i18n.js';
import { icon } from '../common/icons.js';
import { openNew } from '../common/stage-actions.js';

/** `total` is how many entries there are without search and filter; `showAll()` takes both away. */
export function paletteEmpty({ total, query, filter, showAll }) {
  if (total === 0) {
    return html`<div class="empty">${icon('stage', 32)}<h2>${t('palette.none')}</h2>
      <p>${t('palette.none_hint')}</p></div>`;
  }
  const key = query ? 'palette.no_match' : `palette.no_${filter}`;
  return html`<div class="empty" data-testid="palette-empty">${icon('search', 32)}<h2>${t(key, { query })}</h2>
    <p>${t(query ? 'palette.no_match_hint' : 'palette.no_filter_hint')}</p>
    <div class="row-wrap">${query || filter !== 'all'
      ? html`<button class="btn" type="button" @click=${showAll}>${t('palette.show_all')}</button>` : nothing}
      <button class="btn" type="button" @click=${openNew}>${icon('plus', 16)}${t('palette.new')}</button></div></div>`;
}
