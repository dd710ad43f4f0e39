/*
 * What a search found.
 *
 *   hitList(items, { mode })                          // passages, each a way to its place in its document
 *   facetGroups({ facets, items, only, narrow })      // counts; those that the passages know of themselves are filters
 */
import { html, nothing } from '../../core/base.js';
import { pieces } from '../../core/code-points.js';
import { typeOf } from '../../core/document-facts.js';
import { fmt, has, t } from '../../core/i18n.js';
import { documentAddress } from '../../core/library-address.js';
import { canNarrow, facetsOf, projectOf, sectionOf } from '../../core/search-model.js';
import { taskAddress } from '../../core/task-address.js';
import { icon } from '../common/icons.js';
import { projectName } from './library-parts.js';

export function hitList(items, { mode }) {
  return html`<ol class="hits" data-testid="hits">${items.map((item) => hit(item, mode))}</ol>`;
}

function hit(item, mode) {
  const { doc_id: id, title, text, score, task_id: task, project_id: project, media_type: type, start, end } = item;
  const section = sectionOf(item);
  const href = documentAddress(id, { project: projectOf(item), passage: { start, end } });
  return html`<li class="card hit" data-testid="hit" data-id=${item.chunk_id}>
    <h3 class="hit-title" dir="auto"><a class="hit-link" href=${href}>${title || id}</a></h3>
    <p class="hit-where tiny muted">
      ${section ? html`<span dir="auto">${section}</span>` : nothing}
      ${type ? html`<span>${typeOf(type)}</span>` : nothing}
      ${project ? html`<span dir="auto">${projectName(project)}</span>` : nothing}</p>
    <p class="hit-text" dir="auto">${marked(item)}</p>
    <p class="hit-foot tiny muted">
      <span title=${t(`search.score_${mode === 'text' || mode === 'vector' ? mode : 'hybrid'}`)}>
        ${t('search.score', { score: fmt.number(score, { maximumSignificantDigits: 3 }) })}</span>
      ${task ? html`<a href=${taskAddress(task)}>${t('documents.task')}</a>` : nothing}</p></li>`;
}

function marked({ text, highlights = [] }) {
  const marks = highlights.map(([start, end]) => ({ start, end }));
  return pieces(text, marks).map((piece) => (piece.marks.length ? html`<mark>${piece.text}</mark>` : piece.text));
}

export function facetGroups({ facets, items, only, narrow }) {
  const groups = facetsOf(facets);
  const alone = only && !groups.some(({ name }) => name === only.name) ? [{ name: only.name, values: [] }] : [];
  if (groups.length + alone.length === 0) return nothing;
  // Beside the passages on a wide window; on a narrow one they would push them out of sight.
  const open = Boolean(only) || matchMedia('(min-width: 820px)').matches;
  return html`<aside aria-label=${t('search.facets')} data-testid="facets"><details class="facets-fold" ?open=${open}>
    <summary>${t('search.facets')}</summary>
    <div class="facets">${[...groups, ...alone].map((group) => facet(group, { items, only, narrow }))}</div></details></aside>`;
}

function facet({ name, values }, { items, only, narrow }) {
  const key = `search.facet_${name}`;
  const title = has(key) ? t(key) : name.replaceAll('_', ' ');
  const chosen = only?.name === name ? only.value : null;
  const missing = chosen && !values.some(({ value }) => value === chosen);
  const all = missing ? [{ value: chosen, label: chosen }, ...values] : values;
  const filters = chosen || canNarrow(items, name);
  const label = (each) => (/media_type/.test(name) ? typeOf(each.label) : each.label);
  return html`<section class="facet" data-facet=${name}><h2 class="facet-title">${title}</h2>
    <ul>${all.map((each) => html`<li>${filters
      ? html`<button class="facet-value" type="button" aria-pressed=${String(each.value === chosen)}
          @click=${() => narrow(each.value === chosen ? null : { name, value: each.value })}>
          ${each.value === chosen ? icon('close', 14) : nothing}<span class="grow" dir="auto">${label(each)}</span>
          ${count(each)}</button>`
      : html`<span class="facet-value"><span class="grow"
        dir="auto">${label(each)}</span>${count(each)}</span>`}</li>`)}</ul>
  </section>`;
}

const count = ({ count: n }) => (n === undefined ? nothing : html`<span class="count">${fmt.number(n)}</span>`);
