/*
 * A field that finds a node of the graph by its name or id.
 *
 *   <cb-node-find .project=${…} .label=${…} .value=${node label} .known=${nodes that are shown} @found></cb-node-find>
 *
 * found: { id }, empty when the field was emptied. It offers the nodes that the server finds by what was typed; an id is
 * taken whatever is offered. The offers are gone through by the arrow keys (a combobox with a list box, as the ARIA
 * Authoring Practices describe it).
 */
import { CbElement, html, nothing } from '../../core/base.js';
import { api } from '../../core/api.js';
import { foundIn } from '../../core/graph-model.js';
import { t } from '../../core/i18n.js';
import { field } from '../common/field.js';

const OFFERED = 10;
/** So that not every letter is asked for while somebody types. */
const PAUSE_MS = 150;

class CbNodeFind extends CbElement {
  static properties = {
    name: {}, project: {}, label: {}, value: {}, known: {}, typed: { state: true }, nodes: { state: true },
    at: { state: true }, open: { state: true }, wrong: { state: true },
  };
  #abort = null;
  #timer = 0;

  constructor() {
    super();
    Object.assign(this, {
      name: 'node', project: '', label: '', value: '', known: [], typed: null, nodes: [], at: -1, open: false, wrong: '',
    });
  }

  connectedCallback() {
    super.connectedCallback();
    this.until(() => this.#forget());
  }

  willUpdate(changed) {
    if (changed.has('value') || changed.has('project')) {
      this.#forget();
      Object.assign(this, { typed: null, wrong: '' });
    }
  }

  render() {
    const id = `find-${this.name}`;
    const open = this.open && this.nodes.length > 0;
    return field({ id, label: this.label, error: this.wrong }, ({ says, invalid }) => html`<div class="node-find">
      <input dir="auto" class="input" id=${id} type="search" role="combobox" autocomplete="off" spellcheck="false"
        maxlength="300" data-testid=${id} enterkeyhint="search" placeholder=${t('graph.find_hint')}
        aria-describedby=${says} aria-invalid=${invalid} aria-autocomplete="list" aria-expanded=${String(open)}
        aria-controls="${id}-list" aria-activedescendant=${open && this.at >= 0 ? `${id}-${this.at}` : nothing}
        .value=${this.typed ?? this.value} @input=${this.#type} @change=${this.#take} @keydown=${this.#key}
        @blur=${() => { this.open = false; }}>
      <ul class="node-offers" id="${id}-list" role="listbox" aria-label=${this.label} ?hidden=${!open}>
        ${this.nodes.map((node, index) => html`<li id="${id}-${index}" role="option" data-testid="${id}-offer"
          aria-selected=${String(index === this.at)} @pointerdown=${(event) => this.#pick(node, event)}>
          <bdi class="grow">${node.label}</bdi><span class="tiny muted">${node.type.replaceAll('_', ' ')}</span></li>`)}
      </ul></div>`);
  }

  focusField() {
    this.querySelector('input').focus();
  }

  #forget() {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    Object.assign(this, { nodes: [], at: -1, open: false });
  }

  #type = ({ target }) => {
    Object.assign(this, { typed: target.value, wrong: '', at: -1 });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#offer(), PAUSE_MS);
  };

  /** Nothing is offered where it cannot be read: an id is taken all the same. */
  async #offer() {
    const text = (this.typed ?? '').trim();
    try {
      const nodes = await this.#search(text);
      if (text === this.typed?.trim()) Object.assign(this, { nodes, open: true, at: -1 });
    } catch {
      this.nodes = [];
    }
  }

  async #search(name) {
    this.#abort?.abort();
    this.#abort = new AbortController();
    if (!/[\p{L}\p{N}]/u.test(name)) return [];
    const query = { name, limit: OFFERED, project: this.project };
    return (await api.get('/api/graph', { query, signal: this.#abort.signal })).nodes;
  }

  #key = (event) => {
    const { key } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') this.#step(event, key === 'ArrowDown' ? 1 : -1);
    else if (key === 'Enter') {
      event.preventDefault();
      if (this.open && this.at >= 0) this.#pick(this.nodes[this.at], event);
      else this.#take();
    } else if (key === 'Escape' && this.open && this.nodes.length) {
      event.preventDefault();
      this.open = false;
    } else if (key === 'Escape' && (this.typed ?? this.value)) {
      event.preventDefault();
      Object.assign(this, { typed: '', wrong: '', nodes: [], at: -1 });
    }
  };

  #step(event, by) {
    if (!this.nodes.length) return;
    event.preventDefault();
    const places = this.nodes.length + 1;
    // One place is the field itself.
    if (this.open) this.at = ((this.at + 1 + by + places) % places) - 1;
    this.open = true;
  }

  #pick({ id }, event) {
    event.preventDefault();
    this.#forget();
    this.typed = null;
    this.emit('found', { id });
  }

  #take = async () => {
    if (this.typed === null) return;
    const text = this.typed.trim();
    if (text === this.value) {
      this.typed = null;
      return;
    }
    clearTimeout(this.#timer);
    this.open = false;
    if (!text) {
      this.emit('found', { id: '' });
      return;
    }
    const id = foundIn(this.known ?? [], text, { whole: true }) ?? await this.#first(text);
    if (id) this.emit('found', { id });
    else if (id === null) this.wrong = t('graph.not_found', { name: text });
  };

  /** The best that the server finds; undefined when something else is asked for meanwhile. */
  async #first(text) {
    try {
      const nodes = await this.#search(text);
      return foundIn(nodes, text) ?? nodes[0]?.id ?? (/^[\w-]+:\S/.test(text) ? text : null);
    } catch {
      return this.#abort.signal.aborted ? undefined : null;
    }
  }
}

customElements.define('cb-node-find', CbNodeFind);
