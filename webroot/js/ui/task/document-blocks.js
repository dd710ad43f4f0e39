/* Templates for the blocks of a document; text only, in the direction that it has. */
import { html, nothing } from 'lit';
import { t } from '../../core/i18n.js';

const VIEWS = {
  heading: ({ text, level }, i) => heading(Math.min(6, level + 3), text, i),
  list: ({ items }) => html`<ul class="doc-list">${items.map((item) => html`<li dir="auto">${item}</li>`)}</ul>`,
  table: ({ rows }) => html`<div class="doc-table" tabindex="0" role="region" aria-label=${t('document.table')}><table class="table"><tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td dir="auto">${cell}</td>`)}</tr>`)}</tbody></table></div>`,
  code: ({ text }) => html`<pre class="doc-code" tabindex="0"><code>${text}</code></pre>`,
  formula: ({ text }) => html`<p class="doc-formula"><code>${text}</code></p>`,
  abstract: ({ text }) => html`<p class="doc-abstract" dir="auto"><span class="tiny muted doc-label">${t('document.abstract')}</span>${text}</p>`,
  caption: ({ text }) => html`<p class="doc-caption" dir="auto">${text}</p>`,
  note: ({ text }) => html`<p class="doc-note" dir="auto">${text}</p>`,
};

function heading(level, text, i) {
  const look = `doc-h doc-h${level}`;
  if (level === 4) return html`<h4 class=${look} tabindex="-1" data-item=${i} dir="auto">${text}</h4>`;
  if (level === 5) return html`<h5 class=${look} tabindex="-1" data-item=${i} dir="auto">${text}</h5>`;
  return html`<h6 class=${look} tabindex="-1" data-item=${i} dir="auto">${text}</h6>`;
}

/** A block that a place in the address names is `marked`. */
export function blockView(item, i, marked = false) {
  const view = VIEWS[item.kind];
  return html`<div class="doc-block" title=${item.page ? t('document.page', { n: item.page }) : nothing}
    data-block=${i} tabindex=${marked ? '-1' : nothing} data-marked=${marked ? '' : nothing}>${
    view ? view(item, i) : html`<p dir="auto">${item.text}</p>`}</div>`;
}
