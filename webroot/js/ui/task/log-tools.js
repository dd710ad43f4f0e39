/* Over a log: its search with what was found, wrapping, copy and download. */
import { html, nothing } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { icon } from '../common/icons.js';

/**
 * @param search    a LogSearch
 * @param shown     how many lines are here
 * @param searched  (text) → searches for another text
 * @param turn      (by) → goes to the next match (1) or the one before (-1)
 */
export function logTools({ search, shown, wrap, loading, searched, turn, wrapped, copy, download }) {
  const { query } = search.state;
  const hits = search.hits();
  const step = (by, name, label) => html`<button class="btn btn-sm btn-icon" type="button" aria-label=${t(label)}
    ?disabled=${hits.length === 0} @click=${() => turn(by)}>${icon(name, 16)}</button>`;
  const key = (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    turn(event.shiftKey ? -1 : 1);
  };
  return html`<div class="log-tools">
    <span class="log-search"><input dir="auto" class="input" type="search" autocomplete="off" spellcheck="false"
        maxlength="200" data-testid="log-search" aria-label=${t('log.search')} placeholder=${t('log.search')}
        .value=${query} @input=${({ target }) => searched(target.value)} @keydown=${key}>
      ${query ? html`<span class="tiny numbers log-hits" role="status"
          data-testid="log-hits">${stateOf(search.state, hits, shown)}</span>
        ${step(-1, 'up', 'log.previous')}${step(1, 'down', 'log.next')}` : nothing}</span>
    <button class="btn btn-sm" type="button" aria-pressed=${String(wrap)} @click=${wrapped}>${t('log.wrap')}</button>
    <button class="btn btn-sm btn-icon" type="button" aria-label=${t('log.copy')} title=${t('log.copy')}
      @click=${copy}>${icon('copy', 16)}</button>
    <button class="btn btn-sm btn-icon" type="button" aria-label=${t('log.download')} title=${t('log.download')}
      ?disabled=${loading} @click=${download}>${icon('download', 16)}</button>
  </div>`;
}

/** Where in the whole log; what has not been searched is said. */
function stateOf({ hit, searching, failed }, hits, shown) {
  const n = hits.indexOf(hit) + 1;
  const found = hits.length ? t('log.hit', { n, of: hits.length }) : searching || failed ? '' : t('log.no_hit');
  const rest = failed ? t('log.searched_part', { n: shown }) : searching ? t('log.searching') : '';
  return [found, rest].filter(Boolean).join(' · ');
}
