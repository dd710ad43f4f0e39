/*
 * The graph as a drawing: nodes find their places in small steps, and can be moved, zoomed and gone through by keys.
 *
 *   <cb-graph-drawing .graph .looks .picked=${id} .way=${[ids in order]} @pick @open></cb-graph-drawing>
 *
 * pick: { id }, null for none; open: { id }. Arrow keys go to the nearest node in their direction, Home to the most
 * connected one, Space picks, Enter opens, + - 0 zoom. All links are one path: a thousand of them cost one element.
 */
import { repeat } from 'lit/directives/repeat.js';
import { CbElement, html, nothing, svg } from '../../core/base.js';
import { ForceLayout } from '../../core/force-layout.js';
import { shapeOf } from '../../core/graph-model.js';
import { fitted, labelsOf, linkAt, nextNode, shortened, zoomed } from '../../core/graph-view.js';
import { t } from '../../core/i18n.js';
import { GraphPointer } from './graph-pointer.js';
import { predicateOf } from './graph-parts.js';
import { icon } from '../common/icons.js';

const FRAME_MS = 8;
const STEP = 1.35;
/** With more links than this at one node their words would lie on each other. */
const NAMED_LINKS = 6;

class CbGraphDrawing extends CbElement {
  static properties = {
    graph: {}, looks: {}, picked: {}, way: {}, at: { state: true }, over: { state: true }, tick: { state: true },
  };
  #layout = null;
  #view = null;
  /** Whether somebody has chosen what is in sight: then it is not fitted any more. */
  #chosen = false;
  #size = { width: 0, height: 0 };
  #frame = 0;
  #pointer = new GraphPointer(this);

  constructor() {
    super();
    Object.assign(this, { picked: null, way: [], at: 0, over: -1, tick: 0 });
  }

  connectedCallback() {
    super.connectedCallback();
    const seen = new ResizeObserver(([{ contentRect: { width, height } }]) => {
      this.#size = { width, height };
      this.tick++;
    });
    this.updateComplete.then(() => seen.observe(this.querySelector('.graph-box')));
    this.until(() => {
      seen.disconnect();
      cancelAnimationFrame(this.#frame);
    });
  }

  willUpdate(changed) {
    if (changed.has('graph')) this.#begin();
    if (changed.has('picked') && this.graph.byId.has(this.picked)) this.at = this.graph.byId.get(this.picked).index;
  }

  #begin() {
    cancelAnimationFrame(this.#frame);
    this.#layout = new ForceLayout(this.graph.nodes, this.graph.links);
    Object.assign(this, { at: 0, over: -1 });
    this.#chosen = false;
    this.#frame = requestAnimationFrame(() => this.#grow());
  }

  /** Without motion it is drawn when all have their places. */
  #grow() {
    this.#layout.run(FRAME_MS);
    if (this.#layout.done || !this.#calm) this.tick++;
    if (!this.#layout.done) this.#frame = requestAnimationFrame(() => this.#grow());
  }

  get #calm() {
    return matchMedia('(prefers-reduced-motion: reduce)').matches;
  }

  /** Where the nodes are on the screen. */
  get #places() {
    const { x, y } = this.#layout;
    if (!this.#chosen || !this.#view) {
      this.#view = fitted(Array.from(x, (value, i) => ({ x: value, y: y[i] })), this.#size);
    }
    const { k, x: left, y: top } = this.#view;
    return Array.from(x, (value, i) => ({ x: value * k + left, y: y[i] * k + top }));
  }

  render() {
    const { nodes } = this.graph;
    const ready = this.#size.width > 0 && (this.#layout.done || !this.#calm);
    return html`<div class="graph-box" data-testid="drawing" data-settled=${String(this.#layout.done)}>
      <svg class="graph-svg" role="group" aria-label=${t('graph.drawing', { n: nodes.length })} @keydown=${this.#key}
        @wheel=${this.#wheel} @pointerdown=${this.#pointer.down} @pointermove=${this.#pointer.move}
          @pointerup=${this.#pointer.up}
        @pointercancel=${this.#pointer.cancel} @dblclick=${this.#opened}>${ready ? this.#drawn() : nothing}</svg>
      ${ready ? nothing : html`<p class="graph-wait small muted" role="status">${t('graph.laying_out')}</p>`}
      <div class="graph-tools" role="group" aria-label=${t('graph.zoom')}>
        ${this.#tool('plus', 'zoom_in', () => this.zoom(STEP))}${this.#tool('minus', 'zoom_out', () => this.zoom(1 / STEP))}
        ${this.#tool('fit', 'fit', () => this.#fit())}</div></div>`;
  }

  #tool(sign, name, run) {
    return html`<button class="btn btn-sm btn-icon" type="button" data-testid="graph-${name}"
      aria-label=${t(`graph.${name}`)}
      title=${t(`graph.${name}`)} @click=${run}>${icon(sign, 16)}</button>`;
  }

  #drawn() {
    const { graph: { nodes, links, byId }, way } = this;
    const places = this.#places;
    const focus = this.over >= 0 ? this.over : byId.get(this.picked)?.index ?? -1;
    const stops = way.map((id) => byId.get(id)?.index ?? -1);
    const onWay = new Set(stops.slice(1).map((stop, i) => [stops[i], stop].sort((a, b) => a - b).join(' ')));
    const on = links.filter(({ a, b }) => a === focus || b === focus || onWay.has(`${a} ${b}`));
    const near = new Set(on.flatMap(({ a, b }) => [a, b]));
    const dim = focus >= 0 || way.length > 0;
    const wanted = [...new Set([focus, ...stops])].filter((i) => i >= 0);
    // As long as the nodes move, names would jump from one to another.
    const labels = this.#layout.done ? labelsOf(nodes, places, this.#size, wanted) : [];
    return svg`<path class="graph-links" d=${outline(links, places)} data-dim=${dim ? '' : nothing}></path>
      <path class="graph-links graph-links-on" d=${outline(on, places)}></path>
      ${repeat(nodes, ({ id }) => id, (node, i) => this.#node(node, i, places[i], dim && !near.has(i) && i !== focus))}
      <g class="graph-labels" aria-hidden="true">
        ${on.length <= NAMED_LINKS || way.length ? on.map((link) => linkName(link, places)) : nothing}
        ${labels.map(({ i, x, y }) => svg`<text x=${x.toFixed(1)} y=${y.toFixed(1)}
          data-on=${wanted.includes(i) ? '' : nothing} data-dim=${dim && !near.has(i) && i !== focus ? '' : nothing}>${
          shortened(nodes[i].label)}</text>`)}</g>`;
  }

  #node({ id, type, label, degree, r }, i, { x, y }, dim) {
    const { hue, shape } = this.looks.get(type);
    return svg`<g class="graph-node" role="button" data-id=${id} data-i=${i} data-hue=${hue}
      data-dim=${dim ? '' : nothing}
      tabindex=${i === this.at ? '0' : '-1'} aria-pressed=${String(id === this.picked)}
      aria-label=${t('graph.node_label', { label, type, n: degree })}
        transform="translate(${x.toFixed(1)} ${y.toFixed(1)})"
      @focus=${() => Object.assign(this, { at: i, over: i })} @blur=${() => { this.over = -1; }}
      @pointerenter=${() => { this.over = i; }} @pointerleave=${() => { this.over = -1; }}>
      <circle class="graph-hit" r=${Math.max(12, r + 4)}></circle><path class="graph-shape"
        d=${shapeOf(shape, r)}></path></g>`;
  }

  pick(i) {
    this.emit('pick', { id: i < 0 ? null : this.graph.nodes[i].id });
  }

  /** A place without a node may be on a link: then the end with fewer links is meant. */
  pickAt(point) {
    const found = linkAt(this.graph.links, this.#places, point);
    if (found < 0) this.pick(-1);
    else this.pick(Math.max(this.graph.links[found].a, this.graph.links[found].b));
  }

  shift(dx, dy) {
    this.#chosen = true;
    this.#view = { ...this.#view, x: this.#view.x + dx, y: this.#view.y + dy };
    this.tick++;
  }

  zoom(factor, at = { x: this.#size.width / 2, y: this.#size.height / 2 }) {
    this.#chosen = true;
    this.#view = zoomed(this.#view, factor, at);
    this.tick++;
  }

  put(i, { x, y }) {
    const { k, x: left, y: top } = this.#view;
    this.#chosen = true;
    this.#layout.put(i, (x - left) / k, (y - top) / k);
    this.tick++;
  }

  #fit() {
    this.#chosen = false;
    this.tick++;
  }

  #wheel = (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.zoom(Math.exp(-event.deltaY / 300), this.#pointer.pointOf(event));
  };

  #opened = ({ target }) => {
    const node = target.closest('.graph-node');
    if (node) this.emit('open', { patch: { node: node.dataset.id, to: '' } });
  };

  #key = (event) => {
    const node = event.target.closest('.graph-node');
    const i = node ? Number(node.dataset.i) : this.at;
    const done = this.#answer(event.key, i, node?.dataset.id);
    if (!done || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
  };

  #answer(key, i, id) {
    if (key === 'Enter' && id) return this.emit('open', { patch: { node: id, to: '' } });
    if (key === ' ' && id) return this.emit('pick', { id: id === this.picked ? null : id });
    if (key === 'Escape' && this.picked) return this.emit('pick', { id: null });
    if (key === '+' || key === '=') return this.zoom(STEP) ?? true;
    if (key === '-') return this.zoom(1 / STEP) ?? true;
    if (key === '0') return this.#fit() ?? true;
    const next = key === 'Home' ? 0 : nextNode(this.#places, i, key);
    if (next < 0) return key.startsWith('Arrow');
    this.querySelector(`[data-i="${next}"]`)?.focus();
    return true;
  }
}

function outline(links, places) {
  return links.map(({ a, b }) => {
    const { x, y } = places[a];
    return `M${x.toFixed(1)} ${y.toFixed(1)}L${places[b].x.toFixed(1)} ${places[b].y.toFixed(1)}`;
  }).join('');
}

function linkName({ a, b, relations }, places) {
  const x = (places[a].x + places[b].x) / 2;
  const y = (places[a].y + places[b].y) / 2;
  return svg`<text class="graph-link-name" x=${x.toFixed(1)} y=${(y - 4).toFixed(1)}>${
    shortened([...new Set(relations.map(predicateOf))].join(', '))}</text>`;
}

customElements.define('cb-graph-drawing', CbGraphDrawing);
