/*
 * A field that finds a node of the graph by its name or id.
 *
 *   <cb-node-find .project .label=${…} .value=${node label} .known=${nodes that are shown} @found></cb-node-find>
 *
 * found: { id }, empty when the field was emptied. The names that it offers are those of the most connected nodes, read
 * when the field is first entered; an id is taken whatever is offered.
 */
import { CbElement, html, nothing } from '../../core/base.js';
import { api } from '../../core/api.js';
import { foundIn } from '../../core/graph-model.js';
import { t } from '../../core/i18n.js';
import { field } from '../common/field.js';

/** The most that the server lists. */
const OFFERED = 500;
const names = new Map();

/** Once for each project, and anew after the graph has changed. */
function offered(project) {
  if (!names.has(project)) {
    const reading = api.get('/api/graph', { query: { limit: OFFERED, project } }).then(({ nodes }) => nodes);
    names.set(project, reading);
    reading.catch(() => names.delete(project));
  }
  return names.get(project);
}

export function forgetNames() {
  names.clear();
}

class CbNodeFind extends CbElement {
  static properties = {
    name: {}, project: {}, label: {}, value: {}, known: {}, typed: { state: true }, nodes: { state: true },
    wrong: { state: true },
  };

  constructor() {
    super();
    Object.assign(this, {
      name: 'node', project: '', label: '', value: '', known: [], typed: null, nodes: null, wrong: '',
    });
  }

  willUpdate(changed) {
    if (changed.has('project')) this.nodes = null;
    if (changed.has('value')) Object.assign(this, { typed: null, wrong: '' });
  }

  get #choices() {
    const all = new Map([...(this.known ?? []), ...(this.nodes ?? [])].map((node) => [node.id, node]));
    return [...all.values()];
  }

  render() {
    const id = `find-${this.name}`;
    return field({ id, label: this.label, error: this.wrong }, ({ says, invalid }) => html`
      <input dir="auto" class="input" id=${id} type="search" list="${id}-list" autocomplete="off" spellcheck="false"
        maxlength="300"
        data-testid=${id} enterkeyhint="search" aria-describedby=${says} aria-invalid=${invalid}
          placeholder=${t('graph.find_hint')}
        .value=${this.typed ?? this.value} @focus=${this.#offer} @input=${this.#type} @change=${this.#take}
          @keydown=${this.#key}>
      <datalist id="${id}-list">${this.nodes === null ? nothing : this.#choices.map((node) => html`
        <option value="${node.label} (${node.type})"></option>`)}</datalist>`);
  }

  focusField() {
    this.querySelector('input').focus();
  }

  #offer = async () => {
    const { project } = this;
    try {
      const nodes = await offered(project);
      if (project === this.project) this.nodes = nodes;
    } catch {
      this.nodes = [];
    }
  };

  #type = ({ target }) => Object.assign(this, { typed: target.value, wrong: '' });

  #key = (event) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      this.#take();
    } else if (event.key === 'Escape' && (this.typed ?? this.value)) {
      event.preventDefault();
      this.typed = '';
      this.wrong = '';
    }
  };

  #take = async () => {
    if (this.typed === null) return;
    const text = this.typed.trim();
    if (text === this.value) {
      this.typed = null;
      return;
    }
    if (!text) {
      this.emit('found', { id: '' });
      return;
    }
    if (this.nodes === null) await this.#offer();
    const id = foundIn(this.#choices, text) ?? (/^[\w-]+:\S/.test(text) ? text : null);
    if (id) this.emit('found', { id });
    else this.wrong = t('graph.not_found', { name: text });
  };
}

customElements.define('cb-node-find', CbNodeFind);
