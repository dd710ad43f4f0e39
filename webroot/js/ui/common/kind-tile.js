/* The mark of what an entry of the palette is. */
import { html } from 'lit';
import { icon } from './icons.js';

/** The coloured tile with the icon of a source, stage or sink. */
export function kindTile(kind, size = 18) {
  return html`<span class="kind-tile kind-${kind}">${icon(kind, size)}</span>`;
}
