/*
 * What a search found.
 *
 *   hitList(items, { mode })                          // passages, each a way to its place in its document
 *   facetGroups({ facets, exact, chosen, narrow })    // counts, each a filter; narrow({ name, value }) when clicked
 *
 * Counts that are not exact are the least that a filter finds.
 */
import { html, nothing } from '../../core/base.js';
import { pieces } from '../../core/code-points.js';
import { typeOf } from '../../core/document-facts.js';
import { fmt, has, t } from '../../core/i18n.js';
import { documentAddress } from '../../core/library-address.js';
import { facetsOf, projectOf, sectionOf } from '../../core/search-model.js';
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

export function facetGroups({ facets, exact = true, chosen, narrow }) {
  const groups = facetsOf(facets, chosen);
  if (groups.length === 0) return nothing;
  // Beside the passages on a wide window; on a narrow one they would push them out of sight.
  const open = chosen.length > 0 || matchMedia('(min-width: 820px)').matches;
  return html`<aside aria-label=${t('search.facets')} data-testid="facets"><details class="facets-fold" ?open=${open}>
    <summary>${t('search.facets')}</summary>
    <div class="facets">${groups.map((group) => facet(group, exact, narrow))}</div></details></aside>`;
}

function facet({ name, values }, exact, narrow) {
  const key = `search.facet_${name}`;
  const title = has(key) ? t(key) : name.replaceAll('_', ' ');
  const label = (each) => (/media_type/.test(name) ? typeOf(each.label) : each.label);
  return html`<section class="facet" data-facet=${name}><h2 class="facet-title">${title}</h2>
    <ul>${values.map((each) => html`<li><button class="facet-value" type="button" aria-pressed=${String(each.chosen)}
      @click=${() => narrow({ name, value: each.value })}>
      ${each.chosen ? icon('close', 14) : nothing}<span class="grow" dir="auto">${label(each)}</span>
      ${exact || each.chosen ? html`<span class="count">${fmt.number(each.count)}</span>`
        : html`<span class="count"
          title=${t('search.at_least_hint')}>${t('search.at_least', { n: each.count })}</span>`}
      </button></li>`)}</ul>
  </section>`;
}
