/*
 * The icons, drawn in the text's colour. `icon('plus')`, `icon('plus', 20)`; always decorative, so
 * the control that holds one carries its own name.
 */
import { html, svg } from 'lit';

const SHAPES = {
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  search: svg`<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>`,
  close: svg`<path d="M6 6l12 12M18 6 6 18"/>`,
  down: svg`<path d="m6 9 6 6 6-6"/>`,
  right: svg`<path d="m9 6 6 6-6 6"/>`,
  left: svg`<path d="m15 6-6 6 6 6"/>`,
  up: svg`<path d="m6 15 6-6 6 6"/>`,
  arrow: svg`<path d="M4 12h15M13 6l6 6-6 6"/>`,
  sun: svg`<circle cx="12" cy="12" r="4"/><path d="M12 2.5v2M12 19.5v2M4.2 4.2l1.4 1.4M18.4 18.4l1.4 1.4M2.5 12h2M19.5 12h2M4.2 19.8l1.4-1.4M18.4 5.6l1.4-1.4"/>`,
  moon: svg`<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z"/>`,
  system: svg`<rect x="3" y="4" width="18" height="12" rx="2"/><path d="M8 20h8M12 16v4"/>`,
  source: svg`<path d="M6 3.5h8l4.5 4.5v12H6z"/><path d="M13.5 3.5V8.5h5"/>`,
  stage: svg`<path d="m12 3 7.8 4.5v9L12 21l-7.8-4.5v-9z"/>`,
  sink: svg`<path d="M12 4v11M7.5 10.5 12 15l4.5-4.5M4.5 19.5h15"/>`,
  pipeline: svg`<circle cx="5.5" cy="6" r="2.5"/><circle cx="18.5" cy="12" r="2.5"/><circle cx="5.5" cy="18" r="2.5"/><path d="M8 6h3c3 0 2 6 5 6M8 18h3c3 0 2-6 5-6"/>`,
  edit: svg`<path d="M4 20h4L19 9l-4-4L4 16zM13 7l4 4"/>`,
  trash: svg`<path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13"/>`,
  copy: svg`<rect x="8.5" y="8.5" width="12" height="12" rx="2"/><path d="M15.5 8.5v-3a2 2 0 0 0-2-2h-8a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h3"/>`,
  check: svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`,
  warn: svg`<path d="M12 4 2.8 19.5h18.4z"/><path d="M12 10v4.5M12 17.2v.1"/>`,
  info: svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8v.1"/>`,
  clock: svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>`,
  retry: svg`<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4v5h-5"/>`,
  lock: svg`<rect x="5.5" y="11" width="13" height="9" rx="2"/><path d="M8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>`,
  play: svg`<path d="M7 4.5v15l12-7.5z"/>`,
  stop: svg`<rect x="6.5" y="6.5" width="11" height="11" rx="1"/>`,
  plugin: svg`<path d="M9 3.5v4M15 3.5v4M6 7.5h12v4a6 6 0 0 1-12 0zM12 17.5v3"/>`,
  download: svg`<path d="M12 4v11M7.5 10.5 12 15l4.5-4.5M4.5 19.5h15"/>`,
  upload: svg`<path d="M12 15.5V4.5M7.5 9 12 4.5 16.5 9M4.5 19.5h15"/>`,
  minus: svg`<path d="M5 12h14"/>`,
  grip: svg`<path d="M9 6h.1M15 6h.1M9 12h.1M15 12h.1M9 18h.1M15 18h.1"/>`,
  question: svg`<circle cx="12" cy="12" r="8.5"/><path d="M9.6 9.6a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.2.9-1.2 1.8M12 16.6v.1"/>`,
  archive: svg`<rect x="3.5" y="4.5" width="17" height="4.5" rx="1"/><path d="M5.5 9v10.5h13V9M10 13h4"/>`,
  folder: svg`<path d="M3.5 6.5h6l2 2.5h9v10.5h-17z"/>`,
  more: svg`<path d="M5 12h.1M12 12h.1M19 12h.1"/>`,
  fit: svg`<path d="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"/>`,
  person: svg`<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5a7.5 7.5 0 0 1 15 0"/>`,
  spark: svg`<path d="M12 3.5 14 10l6.5 2-6.5 2-2 6.5-2-6.5-6.5-2 6.5-2z"/>`,
};

export function icon(name, size = 18) {
  return html`<svg class="icon" aria-hidden="true" focusable="false" width=${size} height=${size} viewBox="0 0 24 24"
    fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">${SHAPES[name]}</svg>`;
}

/** The product's mark. */
export const mark = html`<svg aria-hidden="true" focusable="false" width="24" height="24" viewBox="0 0 32 32">
  <rect width="32" height="32" rx="8" fill="#3f3ab8"></rect>
  <path d="M8 10h14M8 16h10M8 22h14" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"></path>
  <circle cx="24" cy="16" r="2.6" fill="#f3bd5c"></circle>
</svg>`;
