/*
 * The graph of a pipeline: nodes with their ports, and wires between them. The ordered list of stages below it says the
 * same, for narrow screens too.
 *
 *   <cb-flow .pipeline=${resolved} @show=${({ detail: { name } }) => …}></cb-flow>
 *
 * Left and right follow the wires, up and down go through all nodes in order; Enter, or a click, asks for the node's card.
 */
import { repeat } from 'lit/directives/repeat.js';
import { CbElement, css, html, nothing, svg, useStyles } from '../../core/base.js';
import { NODE, heightOf, layered, nextInFlow, portPlace, wirePath } from '../../core/flow-layout.js';
import { flowOf } from '../../core/flow-model.js';
import { fmt, t } from '../../core/i18n.js';
import { palette } from '../../core/palette.js';
import { lookOf } from '../../core/port-type.js';
import { icon } from '../common/icons.js';
import { kindTile } from '../common/kind-tile.js';
import { portShape } from '../common/ports.js';

await useStyles('cb-flow');

/** What is too wide is drawn smaller, as long as it can be read; beyond that it scrolls. */
const SMALLEST = 0.7;

class CbFlow extends CbElement {
  static properties = { pipeline: {}, at: { state: true }, room: { state: true } };
  #flow = { nodes: [], wires: [] };
  #places = [];

  constructor() {
    super();
    Object.assign(this, { at: 0, room: Infinity });
    this.watch(palette);
  }

  firstUpdated() {
    const seen = new ResizeObserver(([{ contentRect }]) => { this.room = contentRect.width; });
    seen.observe(this.querySelector('.flow-box'));
    this.until(() => seen.disconnect());
  }

  render() {
    const { byId } = palette.state;
    this.#flow = flowOf(this.pipeline, (type) => byId?.get(type)?.entry ?? null);
    const { nodes, wires } = this.#flow;
    const { places, width, height } = layered(this.#flow);
    this.#places = places;
    const at = Math.min(this.at, nodes.length - 1);
    const scale = Math.max(SMALLEST, Math.min(1, this.room / width));
    return html`<div class="flow-box" role="group" aria-label=${t('flow.label', { n: nodes.length })} data-testid="flow"
        @keydown=${this.#key}>
      <div class="flow-room" ${css({ '--width': `${width * scale}px`, '--height': `${height * scale}px` })}>
      <div class="flow-layer" ${css({ '--width': `${width}px`, '--height': `${height}px`, '--scale': scale })}>
        <svg class="flow-wires" aria-hidden="true" width=${width} height=${height}>${wires.map((wire) => this.#wire(wire))}</svg>
        ${repeat(nodes, ({ id }) => id, (node, i) => this.#node(node, i, at))}</div></div></div>`;
  }

  #wire({ from, output, to, input }) {
    const { nodes } = this.#flow;
    const { hue } = lookOf(nodes[from].outputs[output]?.type ?? 'any');
    const d = wirePath(portPlace(nodes[from], this.#places[from], 'outputs', output),
      portPlace(nodes[to], this.#places[to], 'inputs', input));
    return svg`<path class="flow-wire hue-${hue}" data-testid="wire" data-from=${nodes[from].id} data-to=${nodes[to].id} d=${d}></path>`;
  }

  #node(node, i, at) {
    const { id, kind, type, label, inputs, outputs, faulty } = node;
    const { x, y } = this.#places[i];
    return html`<button class="flow-node" type="button" data-testid="node" data-id=${id} data-i=${i} data-kind=${kind}
        ?data-faulty=${faulty} tabindex=${i === at ? '0' : '-1'} aria-label=${this.#said(node, i)}
        ${css({ '--x': `${x}px`, '--y': `${y}px`, '--w': `${NODE.width}px`, '--h': `${heightOf(node)}px` })}
        @focus=${() => { this.at = i; }} @click=${() => this.emit('show', { name: id })}>
      <span class="flow-head">${kindTile(kind, 14)}<span class="flow-names"><span class="flow-name" dir="auto">${label}</span>
        ${type === label ? nothing : html`<span class="flow-type" dir="auto">${type}</span>`}</span>
        ${faulty ? html`<span class="flow-fault">${icon('warn', 14)}</span>` : nothing}</span>
      <span class="flow-ports" aria-hidden="true"><span class="flow-side">${inputs.map((port) => flowPort(port))}</span>
        <span class="flow-side flow-out">${outputs.map((port) => flowPort(port))}</span></span></button>`;
  }

  #said({ label, kind, type, faulty }, i) {
    const { nodes, wires } = this.#flow;
    const names = (list) => fmt.list([...new Set(list)].map((other) => nodes[other].label));
    const before = wires.filter(({ to }) => to === i).map(({ from }) => from);
    const after = wires.filter(({ from }) => from === i).map(({ to }) => to);
    return [
      t(`flow.node_${kind}`, { label, type }),
      before.length ? t('flow.fed_by', { list: names(before) }) : '',
      after.length ? t('flow.feeds', { list: names(after) }) : '',
      faulty ? t('flow.faulty') : '',
    ].filter(Boolean).join(' ');
  }

  #key = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const node = event.target.closest('.flow-node');
    if (!node) return;
    const next = nextInFlow(this.#flow, this.#places, Number(node.dataset.i), event.key);
    if (next < 0 && !event.key.startsWith('Arrow')) return;
    event.preventDefault();
    this.querySelector(`[data-i="${next}"]`)?.focus();
  };
}

function flowPort({ name, type }) {
  return html`<span class="flow-port">${portShape(type)}<span class="flow-port-name">${name}</span></span>`;
}

customElements.define('cb-flow', CbFlow);
