/* What is known of how a document was read: its facts, its quality, and what of its source is not in it. */
import { html, nothing } from '../../core/base.js';
import { figuresOf, partsOf } from '../../core/document-facts.js';
import { factsOf, leftOutOf } from '../../core/document-model.js';
import { fmt, has, t } from '../../core/i18n.js';
import { icon } from '../common/icons.js';

/** `doc` is the document itself, null as long as it is not here. */
export function documentDetails(document, doc) {
  return html`<div class="document-details">
    ${about(document, doc)}${qualityOf(document)}${doc ? leftOut(doc) : nothing}${parts(document)}</div>`;
}

function card(id, title, body) {
  return html`<section class="card" aria-labelledby="details-${id}" data-testid="details-${id}">
    <header class="card-head"><h2 id="details-${id}">${title}</h2></header>${body}</section>`;
}

function pairs(list) {
  const one = ([name, value]) => html`<div class="pair"><dt>${name}</dt><dd>${value}</dd></div>`;
  return html`<dl class="pairs">${list.map(one)}</dl>`;
}

function about({ doc_id: id, media_type: type, sha256, source, lang, chunks, entities, indexed }, doc) {
  const { sections, blocks, refs } = doc ? factsOf(doc) : {};
  const name = source?.name ?? (typeof source === 'string' ? source : null);
  const number = (value) => (value === null || value === undefined ? null : fmt.number(value));
  const known = [
    ['doc_id', id], ['file', name], ['media_type', type], ['sha256', sha256 ? html`<code>${sha256}</code>` : null],
    ['lang', lang && lang !== 'und' ? lang : null], ['sections', number(sections)], ['blocks', number(blocks)],
    ['refs', number(refs)], ['chunks', number(chunks)], ['indexed', number(indexed)], ['entities', number(entities)],
  ];
  const there = known.filter(([, value]) => value !== null && value !== undefined);
  return card('about', t('documents.about'), pairs(there.map(([key, value]) => [t(`documents.fact_${key}`), value])));
}

function named(key) {
  if (has(`documents.figure_${key}`)) return t(`documents.figure_${key}`);
  const words = key.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function figure(key, value) {
  if (typeof value === 'boolean') return t(value ? 'documents.yes' : 'documents.no');
  if (typeof value !== 'number') return html`<span dir="auto">${value}</span>`;
  if (/(_share|_ratio|^score)$/.test(key) && value <= 1) {
    return fmt.number(value, { style: 'percent', maximumFractionDigits: 1 });
  }
  return fmt.number(value, { maximumFractionDigits: 3 });
}

function qualityOf({ quality }) {
  const figures = figuresOf(quality);
  const warnings = Array.isArray(quality?.warnings) ? quality.warnings : [];
  return card('quality', t('documents.quality'), figures.length + warnings.length === 0
    ? html`<p class="card-body muted">${t('documents.no_quality')}</p>`
    : html`${figures.length ? pairs(figures.map(([key, value]) => [named(key), figure(key, value)])) : nothing}
      ${warnings.length ? html`<ul class="card-body stack">${warnings.map((warning) => html`<li class="row tone-wait">
        ${icon('warn', 16)}<span
          dir="auto">${typeof warning === 'string' ? warning : warning.detail ?? JSON.stringify(warning)}</span>
      </li>`)}</ul>` : nothing}`);
}

function leftOut(doc) {
  const { chars, entries } = leftOutOf(doc);
  return card('left-out', t('documents.left_out'), entries.length === 0
    ? html`<p class="card-body muted">${t('documents.nothing_left_out')}</p>`
    : html`<div class="card-body stack"><p class="muted">${t('document.left_out', { n: chars })}</p>
      <div class="table-wrap" tabindex="0" role="region" aria-label=${t('documents.left_table')}><table
        class="table table-cards">
        <thead><tr>
          ${['where', 'reason', 'chars'].map((name) => html`<th scope="col">${t(`documents.left_${name}`)}</th>`)}</tr></thead>
        <tbody>${entries.map(({ where, reason, chars: n }) => html`<tr>
          <td data-label=${t('documents.left_where')}><code>${where}</code></td>
          <td data-label=${t('documents.left_reason')} dir="auto">${reason}</td>
          <td data-label=${t('documents.left_chars')}>${n > 0 ? fmt.number(n) : '–'}</td></tr>`)}</tbody></table></div></div>`);
}

function parts(document) {
  const label = (name) => (has(`documents.part_${name}`) ? t(`documents.part_${name}`) : name);
  return card('parts', t('documents.parts'), html`<ul
    class="card-body document-parts">${partsOf(document).map(({ name, blob }) => html`
    <li class="row-wrap"><span class="grow">${label(name)}</span>${blob
      ? html`<a class="btn btn-sm" download="${document.doc_id}-${name}"
        href="/api/blobs/${blob}">${icon('download', 14)}
        ${t('documents.download', { name: label(name) })}</a>`
      : html`<span class="small muted">${t('documents.only_facts')}</span>`}</li>`)}</ul>`);
}
