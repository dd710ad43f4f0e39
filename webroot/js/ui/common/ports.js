/* Templates for ports: shape + colour + word. `port({type, name})`, `portFlow(entry)`. */
import { html, svg, nothing } from 'lit';
import { t } from '../../core/i18n.js';
import { lookOf } from '../../core/port-type.js';

const DRAWN = {
  ring: svg`<circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="2"/>`,
  circle: svg`<circle cx="6" cy="6" r="5"/>`,
  square: svg`<rect x="1.5" y="1.5" width="9" height="9" rx="1.5"/>`,
  diamond: svg`<path d="M6 .5 11.5 6 6 11.5.5 6z"/>`,
  half: svg`<path d="M1.5 1.5H6a4.5 4.5 0 0 1 0 9H1.5z"/>`,
  arch: svg`<path d="M1.5 11V6a4.5 4.5 0 0 1 9 0v5z"/>`,
  triangle: svg`<path d="M6 1 11.5 11H.5z"/>`,
  hexagon: svg`<path d="M6 .5 11 3.3v5.4L6 11.5 1 8.7V3.3z"/>`,
  cross: svg`<path d="M4.2 1h3.6v3.2H11v3.6H7.8V11H4.2V7.8H1V4.2h3.2z"/>`,
};

export function portShape(type, size = 10) {
  const { shape, hue } = lookOf(type);
  return html`<svg class="port-shape hue-${hue}" data-shape=${shape} aria-hidden="true" width=${size} height=${size}
    viewBox="0 0 12 12" fill="currentColor">${DRAWN[shape]}</svg>`;
}

/** One port; its name is said too where it is not the type's. */
export function port({ name, type }) {
  return html`<span class="port">${portShape(type)}<span>${type}</span>${name && name !== type
    ? html`<span class="port-name">${name}</span>` : nothing}</span>`;
}

function few(ports) {
  const more = ports.length - 2;
  return html`${ports.slice(0, 2).map(({ type }) => html`<span class="port">${portShape(type)}<span>${type}</span></span>`)}${more > 0
    ? html`<span class="port-more">+${more}</span>` : nothing}`;
}

/** In → out on one line, as the palette's rows have it. */
export function portFlow({ ports }) {
  const inputs = ports?.inputs ?? [];
  const outputs = ports?.outputs ?? [];
  if (!inputs.length && !outputs.length) return html`<span>${t('ports.none')}</span>`;
  const arrow = inputs.length && outputs.length ? html`<span class="port-arrow" aria-hidden="true">→</span><span class="visually-hidden">${t('ports.to')}</span>` : nothing;
  return html`${few(inputs)}${arrow}${few(outputs)}`;
}
