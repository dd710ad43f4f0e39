/* Templates for the blocks of a document; text only, in the direction that it has. */
import { html, nothing } from 'lit';
import { t } from '../../core/i18n.js';

const VIEWS = {
  heading: ({ level }, i, [text], top) => heading(level - 1 + top, Math.min(6, level + 3), text, i),
  list: (item, i, texts) => html`<ul class="doc-list">${texts.map((text) => html`<li dir="auto">${text}</li>`)}</ul>`,
  table,
  code: (item, i, [text]) => html`<pre class="doc-code" tabindex="0"><code>${text}</code></pre>`,
  formula: (item, i, [text]) => html`<p class="doc-formula"><code>${text}</code></p>`,
  abstract: (item, i, [text]) => html`<p class="doc-abstract" dir="auto">
    <span class="tiny muted doc-label">${t('document.abstract')}</span>${text}</p>`,
  caption: (item, i, [text]) => html`<p class="doc-caption" dir="auto">${text}</p>`,
  note: (item, i, [text]) => html`<p class="doc-note" dir="auto">${text}</p>`,
};

function table({ rows }, i, texts) {
  let at = 0;
  return html`<div class="doc-table" tabindex="0" role="region" aria-label=${t('document.table')}><table class="table"><tbody>
    ${rows.map((row) => html`<tr>${row.map(() => html`<td dir="auto">${texts[at++]}</td>`)}</tr>`)}</tbody></table></div>`;
}

/** `level` is that of the page, `size` how it looks. */
function heading(level, size, text, i) {
  const look = `doc-h doc-h${size}`;
  if (level === 2) return html`<h2 class=${look} tabindex="-1" data-item=${i} dir="auto">${text}</h2>`;
  if (level === 3) return html`<h3 class=${look} tabindex="-1" data-item=${i} dir="auto">${text}</h3>`;
  if (level === 4) return html`<h4 class=${look} tabindex="-1" data-item=${i} dir="auto">${text}</h4>`;
  if (level === 5) return html`<h5 class=${look} tabindex="-1" data-item=${i} dir="auto">${text}</h5>`;
  return html`<h6 class=${look} tabindex="-1" data-item=${i} dir="auto">${text}</h6>`;
}

/** The texts of an item in the order in which they are drawn: one, or one for each item of a list or cell of a table. */
function textsOf({ text, items, rows }) {
  return items ?? rows?.flat() ?? [text];
}

/**
 * A block that a place in the address names is `marked`; `texts` may be drawn with marks inside them; `top` is the level of
 * the uppermost headings on the page.
 */
export function blockView(item, i, { marked = false, texts = textsOf(item), top = 4 } = {}) {
  const view = VIEWS[item.kind];
  return html`<div class="doc-block" title=${item.page ? t('document.page', { n: item.page }) : nothing}
    data-block=${i} tabindex=${marked ? '-1' : nothing} data-marked=${marked ? '' : nothing}>${
    view ? view(item, i, texts, top) : html`<p dir="auto">${texts[0]}</p>`}</div>`;
}
