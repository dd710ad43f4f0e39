/*
 * What was found in a document: entities with their places, and what is claimed of them.
 *
 *   <cb-entities .entities .claims .hrefOf=${(passage) => …} .project></cb-entities>
 */
import { CbElement, html, nothing } from '../../core/base.js';
import { looksOf } from '../../core/graph-model.js';
import { fmt, t } from '../../core/i18n.js';
import { graphAddress } from '../../core/library-address.js';
import { fold } from '../../core/text.js';
import { icon } from '../common/icons.js';
import { typeMark } from './graph-parts.js';

const STEP = 100;
const PLACES = 12;

class CbEntities extends CbElement {
  static properties = {
    entities: {}, claims: {}, hrefOf: {}, project: {}, words: { state: true }, type: { state: true },
    shown: { state: true }, opened: { state: true },
  };

  constructor() {
    super();
    Object.assign(this, { entities: [], claims: [], words: '', type: '', shown: STEP, opened: new Set() });
  }

  render() {
    const { entities, claims } = this;
    const looks = looksOf(entities.map(({ type }) => type));
    const wanted = fold(this.words.trim());
    const fits = ({ label, id, type }) => (!this.type || type === this.type)
      && (!wanted || fold(label).includes(wanted) || fold(id).includes(wanted));
    const found = entities.filter(fits).sort((a, b) => (b.places?.length ?? 0) - (a.places?.length ?? 0));
    return html`${this.#filters(looks)}
      ${found.length ? this.#table(found.slice(0, this.shown), looks) : html`<p class="muted">${t('entities.none')}</p>`}
      ${found.length > this.shown ? html`<p class="entities-more"><button class="btn" type="button"
        @click=${() => { this.shown += STEP; }}>${t('tasks.more')}</button></p>` : nothing}
      ${claims.length ? this.#claims(claims) : nothing}`;
  }

  #filters(looks) {
    const chip = (type, label) => html`<button class="chip" type="button" aria-pressed=${String(this.type === type)}
      @click=${() => Object.assign(this, { type, shown: STEP })}>${label}</button>`;
    return html`<search class="entities-filter"><input dir="auto" class="input" type="search" autocomplete="off"
      spellcheck="false"
        data-testid="entities-words" aria-label=${t('entities.filter')} placeholder=${t('entities.filter')}
          .value=${this.words}
        @input=${({ target }) => Object.assign(this, { words: target.value, shown: STEP })}>
      <div class="chips" role="group" aria-label=${t('entities.by_type')}>${chip('', t('tasks.all'))}
        ${[...looks].map(([type, look]) => chip(type, typeMark(type, look)))}</div></search>`;
  }

  #table(entities, looks) {
    const columns = ['label', 'type', 'places'];
    return html`<div class="card table-wrap" tabindex="0" role="region" aria-label=${t('documents.view_entities')}>
      <table class="table table-cards entities-table" data-testid="entities"><thead><tr>
        ${columns.map((name) => html`<th scope="col">${t(`entities.${name}`)}</th>`)}</tr></thead>
      <tbody>${entities.map((entity) => this.#row(entity, looks))}</tbody></table></div>`;
  }

  #row(entity, looks) {
    const { id, type, label, places = [] } = entity;
    return html`<tr data-testid="entity" data-id=${id}>
      <th scope="row"><a dir="auto" href=${graphAddress({ node: id, project: this.project })}
        title=${t('entities.in_graph')}>${label}</a>
        <code class="document-id muted">${id}</code></th>
      <td data-label=${t('entities.type')}>${typeMark(type, looks.get(type))}</td>
      <td data-label=${t('entities.places')}><div>${this.#places(id, places)}</div></td></tr>`;
  }

  #places(id, places) {
    if (places.length === 0) return html`<span class="muted">${t('entities.no_place')}</span>`;
    const open = this.opened.has(id);
    const rest = places.length - PLACES;
    const more = () => { this.opened = new Set([...this.opened, id]); };
    const groups = sameTexts(places).map((group) => this.#group(group, open ? Infinity : PLACES));
    return html`<ul class="stack places-by-text">${groups}</ul>
      ${rest > 0 && !open ? html`<button class="link-btn" type="button" @click=${more}>
        ${t('entities.all_places', { n: places.length })}</button>` : nothing}`;
  }

  /** The same words, found the same way: only their places differ. */
  #group({ text, method, confidence, places }, most) {
    const name = text || t('entities.no_text');
    const inText = places.filter(({ start, end }) => start >= 0 && end > start);
    return html`<li><bdi>${name}</bdi> <span
      class="tiny muted">${[method, confidence].filter(Boolean).join(' · ')}</span>
      ${inText.length ? html`<ol class="place-numbers">${inText.slice(0, most).map((place, i) => html`<li>
        <a href=${this.hrefOf(place)} aria-label=${t('entities.place', { text: name, n: i + 1, of: inText.length })}>
          ${fmt.number(i + 1)}</a></li>`)}${inText.length > most ? html`<li aria-hidden="true">…</li>` : nothing}</ol>`
        : nothing}</li>`;
  }

  #claims(claims) {
    const byId = new Map(this.entities.map(({ id, label }) => [id, label]));
    const name = (id) => byId.get(id) ?? id;
    const one = ({ subject, predicate, object, quote, start, end, method, confidence }) => html`<li data-testid="claim">
      <p><bdi>${name(subject)}</bdi> <span class="predicate">${predicate.replaceAll('_', ' ')}</span>
        <bdi>${name(object)}</bdi></p>
      <p class="small muted">${start >= 0 && end > start ? html`<a dir="auto" href=${this.hrefOf({ start, end })}>
          ${icon('arrow', 14)}${quote || t('graph.passage')}</a>` : t('entities.no_text')}
        <span class="tiny">${[method, confidence].filter(Boolean).join(' · ')}</span></p></li>`;
    return html`<section class="entities-claims" aria-labelledby="claims-title">
      <h2 id="claims-title">${t('entities.claims')} <span class="count">${fmt.number(claims.length)}</span></h2>
      <ul class="card claims">${claims.slice(0, this.shown).map(one)}</ul></section>`;
  }
}

function sameTexts(places) {
  const groups = new Map();
  for (const place of places) {
    const { text, method, confidence } = place;
    const key = JSON.stringify([text, method, confidence]);
    if (!groups.has(key)) groups.set(key, { text, method, confidence, places: [] });
    groups.get(key).places.push(place);
  }
  return [...groups.values()];
}

customElements.define('cb-entities', CbEntities);
