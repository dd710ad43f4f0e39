/* Draws one row of the palette: a group's heading or an entry. */
import { html, nothing } from 'lit';
import { fmt, t } from '../../core/i18n.js';
import { stateBadge } from './badges.js';
import { icon } from '../common/icons.js';
import { kindTile } from '../common/kind-tile.js';
import { portFlow } from '../common/ports.js';

function groupRow({ kind, count, open }) {
  return html`<div class="prow prow-group">
    <span class="twist">${icon(open ? 'down' : 'right', 16)}</span>
    <span class="grow">${t(`kinds.${kind}`)}</span>
    <span class="count">${fmt.number(count)}</span>
  </div>`;
}

/** How many workers serve a stage that is for them; nothing for others, and before the first answer. */
function workersMark(count) {
  return count === null ? nothing : html`<span class="prow-workers" data-testid="workers" data-count=${count}>
    ${t('workers.count', { n: count })}</span>`;
}

function entryRow({ item }, mark, workers) {
  const { entry, kind, title, pending, gone } = item;
  return html`<div class="prow" data-kind=${kind} data-mark=${mark ?? nothing} data-pending=${pending ?? nothing} data-gone=${gone ? '' : nothing}>
    ${kindTile(kind)}
    <div class="prow-text">
      <div class="prow-head"><span class="prow-title truncate">${title}</span>${stateBadge(item)}</div>
      <div class="prow-sub truncate">
        ${entry.available === false ? html`<span class="prow-off">${icon('warn', 12)}${t('palette.unavailable')}</span>` : nothing}
        ${workersMark(workers)}${portFlow(entry)}
        ${entry.description ? html`<span class="prow-about">· ${entry.description}</span>` : nothing}
      </div>
    </div>
  </div>`;
}

export function paletteRow(row, mark, workers = null) {
  return row.type === 'group' ? groupRow(row) : entryRow(row, mark, workers);
}
