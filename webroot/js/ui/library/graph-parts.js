/*
 * What drawing, tables and lists of the graph have in common.
 *
 *   typeMark('gene', look)               // shape, colour and word
 *   sentence(graph, relation)            // who relates to whom, and how
 *   placesList(graph, relation, project) // where it was found, and how sure that is; each is a way to the passage
 */
import { html, nothing, svg } from '../../core/base.js';
import { nameOfDocument, shapeOf } from '../../core/graph-model.js';
import { shortened } from '../../core/graph-view.js';
import { t } from '../../core/i18n.js';
import { documentAddress } from '../../core/library-address.js';

/** The titles of documents are long; all of one is its tooltip. */
const NAME = 56;

const SURE = { exact: 'ok', high: 'ok', certain: 'ok', medium: 'wait', low: 'wait', weak: 'wait' };

export function shapeMark({ hue, shape }) {
  return html`<svg class="type-shape" data-hue=${hue} aria-hidden="true" focusable="false" width="14" height="14"
    viewBox="-7 -7 14 14">${svg`<path d=${shapeOf(shape, 5)}></path>`}</svg>`;
}

export function typeMark(type, look) {
  return html`<span class="type-mark">${look ? shapeMark(look) : nothing}${type.replaceAll('_', ' ')}</span>`;
}

export function predicateOf({ predicate }) {
  return predicate.replaceAll('_', ' ');
}

export function sentence({ byId }, relation) {
  const name = (id) => {
    const label = byId.get(id)?.label ?? id;
    return html`<bdi title=${label.length > NAME ? label : nothing}>${shortened(label, NAME)}</bdi>`;
  };
  return html`${name(relation.source)} <span class="predicate">${predicateOf(relation)}</span> ${name(relation.target)}`;
}

export function placesList(graph, { places }, project, most = Infinity) {
  return html`<ul class="places">${places.slice(0, most).map((place) => one(graph, place, project))}</ul>`;
}

function one(graph, { doc_id: doc, start, end, method, confidence }, project) {
  const inText = start >= 0 && end > start;
  const href = documentAddress(doc, { project, passage: inText ? { start, end } : null });
  const words = inText ? t('graph.at', { start, end }) : t('graph.no_passage');
  const name = nameOfDocument(graph, doc);
  return html`<li><a dir="auto" href=${href} title=${name}>${shortened(name, NAME)}</a>
    <span class="tiny muted">${words} · ${method.replaceAll('_', ' ')}</span>
    <span class="badge badge-${SURE[confidence] ?? 'none'}"
      title=${t('graph.confidence')}>${confidence.replaceAll('_', ' ')}</span></li>`;
}
