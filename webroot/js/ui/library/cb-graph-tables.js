/*
 * The graph as tables: its nodes and its relations, the same that are drawn. With a node picked, its own relations; the
 * nodes of a way in its order.
 *
 *   <cb-graph-tables .graph .looks .picked=${id} .way .project .ask @pick @view @open></cb-graph-tables>
 *
 * pick: { id } or { id: null }; view: { view }, one of its tables, '' for the usual one; open: { patch } of the address,
 * see library-address.js.
 */
import { live } from 'lit/directives/live.js';
import { CbElement, html, nothing } from '../../core/base.js';
import { relationsOf } from '../../core/graph-model.js';
import { fmt, t } from '../../core/i18n.js';
import { VIEWS, documentAddress } from '../../core/library-address.js';
import { icon } from '../common/icons.js';
import { placesList, sentence, typeMark } from './graph-parts.js';

const STEP = 60;
const PLACES = 3;

class CbGraphTables extends CbElement {
  static properties = {
    graph: {}, looks: {}, picked: {}, way: {}, project: {}, ask: {}, shown: { state: true }, opened: { state: true },
  };

  constructor() {
    super();
    Object.assign(this, { picked: null, way: [], ask: {}, shown: STEP, opened: new Set() });
  }

  willUpdate(changed) {
    if (changed.has('graph')) Object.assign(this, { shown: STEP, opened: new Set() });
    const turned = changed.has('ask') && changed.get('ask')?.view !== this.ask.view;
    if (changed.has('picked') || turned) this.shown = STEP;
  }

  get #usual() {
    return this.picked ? 'relations' : 'nodes';
  }

  render() {
    const { graph, picked } = this;
    const view = this.ask.view || this.#usual;
    const node = graph.byId.get(picked);
    const relations = node ? relationsOf(graph, picked) : graph.relations;
    const sizes = { nodes: graph.nodes.length, relations: relations.length };
    const choice = (name) => html`<label><input type="radio" name="graph-table" value=${name}
      data-testid="table-${name}"
      .checked=${live(view === name)} @change=${() => this.emit('view', { view: name === this.#usual ? '' : name })}><span>
        ${t(`graph.${name}`)} <span class="count">${fmt.number(sizes[name])}</span></span></label>`;
    return html`${node ? this.#node(node) : nothing}
      <div class="graph-table-head"><div class="segmented" role="radiogroup" aria-label=${t('graph.table')}>
        ${VIEWS.map(choice)}</div></div>
      ${view === 'nodes' ? this.#nodes() : this.#relations(relations)}`;
  }

  #node({ id, type, label, degree, documents, facts }) {
    const about = Object.entries(facts ?? {}).filter(([, value]) => ['string', 'number'].includes(typeof value));
    const doc = type === 'document' && id.startsWith('document:') ? id.slice('document:'.length) : null;
    const go = (patch) => () => this.emit('open', { patch });
    const centre = this.ask.node === id && !this.ask.to;
    return html`<section class="graph-node-card" aria-labelledby="picked-title" data-testid="picked">
      <div class="row"><h2 class="grow" id="picked-title" dir="auto">${label}</h2>
        <button class="btn btn-sm btn-icon btn-quiet" type="button" aria-label=${t('graph.unpick')}
          title=${t('graph.unpick')}
          @click=${() => this.emit('pick', { id: null })}>${icon('close', 16)}</button></div>
      <p class="row-wrap small">${typeMark(type, this.looks.get(type))}<code class="muted">${id}</code></p>
      <p class="small muted">${t('graph.degree', { n: degree })} · ${t('graph.documents', { n: documents })}</p>
      ${about.length ? html`<dl class="graph-facts">${about.map(([name, value]) => html`<div><dt>${name.replaceAll('_', ' ')}</dt>
        <dd dir="auto">${value}</dd></div>`)}</dl>` : nothing}
      <div class="row-wrap">${centre ? nothing : html`<button class="btn btn-sm btn-primary" type="button" data-testid="open-node"
          @click=${go({ node: id, to: '' })}>${t('graph.open')}</button>`}
        ${this.ask.node && !centre && this.ask.node !== id ? html`<button class="btn btn-sm" type="button" data-testid="path-to"
          @click=${go({ to: id })}>${t('graph.path_here')}</button>` : nothing}
        ${doc ? html`<a class="btn btn-sm" href=${documentAddress(doc, { project: this.project })}>${t('graph.read')}</a>` : nothing}</div>
    </section>`;
  }

  #nodes() {
    const { way } = this;
    const nodes = way.length ? way.map((id) => this.graph.byId.get(id)).filter(Boolean) : this.graph.nodes;
    const columns = ['name', 'degree_head', 'documents_head'];
    return html`<div class="table-wrap" tabindex="0" role="region" aria-label=${t('graph.nodes')}>
      <table class="table graph-table" data-testid="graph-nodes"><thead><tr>
        ${columns.map((name) => html`<th scope="col">${t(`graph.${name}`)}</th>`)}</tr></thead>
      <tbody>${nodes.slice(0, this.shown).map((node) => this.#nodeRow(node))}</tbody></table></div>${this.#more(nodes.length)}`;
  }

  #nodeRow({ id, type, label, degree, documents }) {
    return html`<tr data-id=${id} data-picked=${id === this.picked ? '' : nothing}><th scope="row">
        <button class="link-btn graph-pick" type="button" dir="auto" aria-pressed=${String(id === this.picked)}
          @click=${() => this.emit('pick', { id })}>${label}</button>${typeMark(type, this.looks.get(type))}</th>
      <td>${fmt.number(degree)}</td><td>${fmt.number(documents)}</td></tr>`;
  }

  #relations(relations) {
    if (relations.length === 0) return html`<p class="muted graph-none">${t('graph.no_relations')}</p>`;
    return html`<div class="table-wrap" tabindex="0" role="region" aria-label=${t('graph.relations')}>
      <table class="table graph-table" data-testid="graph-relations"><thead><tr><th
        scope="col">${t('graph.relation')}</th>
        <th scope="col">${t('graph.found_in')}</th></tr></thead>
      <tbody>${relations.slice(0, this.shown).map((relation) => this.#relationRow(relation))}</tbody></table></div>
      ${this.#more(relations.length)}`;
  }

  #relationRow(relation) {
    const key = JSON.stringify([relation.source, relation.predicate, relation.target]);
    const open = this.opened.has(key);
    const rest = relation.places.length - PLACES;
    const more = () => { this.opened = new Set([...this.opened, key]); };
    return html`<tr data-testid="relation"><td class="graph-sentence">${sentence(this.graph, relation)}</td>
      <td>${placesList(this.graph, relation, this.project, open ? Infinity : PLACES)}
        ${rest > 0 && !open ? html`<button class="link-btn" type="button" @click=${more}>
          ${t('entities.more', { n: rest })}</button>` : nothing}</td></tr>`;
  }

  #more(length) {
    if (length <= this.shown) return nothing;
    return html`<p class="graph-more"><button class="btn" type="button" data-testid="more-rows"
      @click=${() => { this.shown += STEP; }}>
      ${t('tasks.more')}</button></p>`;
  }
}

customElements.define('cb-graph-tables', CbGraphTables);
