/*
 * Templates for a status: a shape with its tone, and a badge of shape and word.
 *
 *   statusMark('running')             // the shape alone, decorative
 *   statusBadge('failed')             // shape and word; with `waitingFor` the word is "Waiting"
 */
import { html, nothing, svg } from 'lit';
import { t } from '../../core/i18n.js';
import { lookOf, shownStatus } from '../../core/status.js';

const SHAPES = {
  tick: svg`<circle cx="8" cy="8" r="7" fill="currentColor"/><path class="mark-cut" d="m4.8 8.3 2.2 2.2 4.2-4.8" fill="none" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>`,
  ring: svg`<circle cx="8" cy="8" r="5.8" fill="none" stroke="currentColor" stroke-width="2.2" opacity=".28"/><path class="mark-turn" d="M8 2.2A5.8 5.8 0 0 1 13.8 8" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round"/>`,
  square: svg`<rect x="2.5" y="2.5" width="11" height="11" rx="2.5" fill="currentColor"/>`,
  diamond: svg`<path d="M8 .8 15.2 8 8 15.2.8 8z" fill="currentColor"/>`,
  dashed: svg`<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.8" stroke-dasharray="2.6 2.1"/>`,
  clock: svg`<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.8"/><path d="M8 4.8V8l2.2 1.6" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>`,
  slash: svg`<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.8"/><path d="m4 12 8-8" stroke="currentColor" stroke-width="1.8"/>`,
};

export function statusMark(status, size = 12) {
  const { tone, shape } = lookOf(status);
  return html`<svg class="status-mark tone-${tone}" aria-hidden="true" focusable="false" width=${size} height=${size} viewBox="0 0 16 16">${SHAPES[shape]}</svg>`;
}

export function statusBadge(status, { testid, word, waitingFor } = {}) {
  const shown = shownStatus(status, waitingFor);
  const { tone, key } = lookOf(shown);
  return html`<span class="badge badge-${tone} status-badge" data-testid=${testid ?? nothing} data-status=${status}>${statusMark(shown)}${word ?? t(key)}</span>`;
}
