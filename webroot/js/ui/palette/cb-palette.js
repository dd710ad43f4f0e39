/*
 * The palette: search, filters and the tree of sources, stages and sinks.
 * `selected` is the id whose detail is open. Emits `entry-open` { id }.
 */
import { live as liveValue } from 'lit/directives/live.js';
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { announceLater } from '../../core/announce.js';
import { Arrivals } from '../../core/arrivals.js';
import { hotkey } from '../../core/hotkeys.js';
import { fmt, t } from '../../core/i18n.js';
import { palette } from '../../core/palette.js';
import { FILTERS, rows } from '../../core/palette-search.js';
import { executorOf } from '../../core/definition.js';
import { servedBy, workers } from '../../core/workers.js';
import { icon } from '../common/icons.js';
import { paletteEmpty } from './palette-empty.js';
import { paletteRow } from './palette-row.js';
import { openEdit, openNew, removeStage } from '../common/stage-actions.js';
import './cb-vtree.js';

await useStyles('cb-palette');

class CbPalette extends CbElement {
  static properties = { selected: {}, filter: { state: true }, query: { state: true }, closed: { state: true } };
  #arrivals = new Arrivals();
  #graves = new Map();
  #rows = [];
  #known = null;
  #workers = null;
  #wanted = null;
  #turn = -1;
  #stale = false;

  constructor() {
    super();
    Object.assign(this, { selected: null, filter: 'all', query: '', closed: new Set() });
    this.watch(palette, (state) => this.#changed(state));
    this.watch(workers, ({ items }) => this.#served(items));
  }

  connectedCallback() {
    super.connectedCallback();
    this.until(hotkey('/', () => this.#search().focus()));
    this.listen(this, 'focusout', () => setTimeout(() => this.#buryIfLeft()));
  }

  willUpdate(changed) {
    if (changed.has('selected')) this.#buryOthers();
    const { items } = palette.state;
    const same = this.#known === items && !changed.has('filter') && !changed.has('query') && !changed.has('closed') && !this.#stale;
    if (same) return;
    this.#known = items;
    this.#stale = false;
    this.#rows = rows({ items, filter: this.filter, query: this.query, closed: this.closed, tombstones: [...this.#graves.values()] });
  }

  /** An entry that was opened from elsewhere, by a link or a pipeline, comes into sight once it is there. */
  updated(changed) {
    if (changed.has('selected')) this.#wanted = this.selected;
    if (!this.#wanted || !palette.state.byId.has(this.#wanted)) return;
    const id = this.#wanted;
    this.#wanted = null;
    this.#bring(id);
  }

  async #bring(id) {
    const item = palette.state.byId.get(id);
    if (!this.#rows.some(({ key }) => key === id)) Object.assign(this, { filter: 'all', query: '' });
    if (this.closed.has(item.kind)) this.closed = new Set([...this.closed].filter((kind) => kind !== item.kind));
    await this.updateComplete;
    await this.#tree().updateComplete;
    this.#tree().activate(id);
    this.#tree().reveal(id);
  }

  render() {
    const { items, ready, asOf } = palette.state;
    return html`
      <div class="palette-head">
        <div class="row"><h1 class="palette-title">${t('palette.title')}</h1>
          <span class="as-of grow truncate">${asOf ? html`<span data-testid="as-of" title=${t('palette.as_of_hint')}>${t('palette.as_of', { time: fmt.time(asOf) })}</span>` : nothing}</span>
          <button class="btn" type="button" data-testid="new-stage" @click=${openNew}>${icon('plus', 16)}${t('palette.new')}</button></div>
        ${this.#searchBox(items.length)}
        <div class="chips" role="group" aria-label=${t('palette.filter')}>
          ${FILTERS.map((name) => html`<button class="chip" type="button" aria-pressed=${String(this.filter === name)}
            data-testid="filter-${name}" @click=${() => this.#setFilter(name)}>${t(`filter.${name}`)}</button>`)}
        </div>
      </div>
      ${this.#rows.length || !ready ? nothing
        : paletteEmpty({ total: items.length, query: this.query, filter: this.filter, showAll: this.#showAll })}
      <cb-vtree ?hidden=${this.#rows.length === 0} .rows=${this.#rows} .view=${`${this.filter} ${this.query}`} .selected=${this.selected}
        .label=${t('palette.title')} .draw=${this.#draw}
        @row-open=${({ detail }) => this.emit('entry-open', { id: detail.row.key })}
        @row-toggle=${({ detail }) => this.#toggle(detail)} @row-key=${this.#rowKey} @range=${this.#looked}></cb-vtree>
      <div class="pill-place">${this.#pill()}</div>`;
  }

  /** Shows an entry: clears what hides it, brings it into sight and lets it glow. */
  async show(id, mark = 'edit') {
    if (!palette.state.byId.has(id)) return;
    this.#arrivals.flash(id, performance.now(), mark);
    this.requestUpdate();
    await this.#bring(id);
    this.#fadeLater();
  }

  #draw = (row) => {
    if (row.type !== 'entry') return paletteRow(row, null);
    return paletteRow(row, this.#arrivals.markOf(row.key, performance.now()), this.#workersOf(row.item.entry));
  };

  /** How many workers serve a stage that is for them, else null. */
  #workersOf(entry) {
    if (executorOf(entry).type !== 'worker') return null;
    workers.follow();
    return this.#workers && (this.#workers.get(entry.id)?.length ?? 0);
  }

  #served(items) {
    this.#workers = items && servedBy(items);
    this.#tree()?.requestUpdate();
  }

  #tree() {
    return this.querySelector('cb-vtree');
  }

  #search() {
    return this.querySelector('input[type=search]');
  }

  #searchBox(n) {
    return html`<div class="search-box">${icon('search')}
      <input dir="auto" class="input" type="search" data-testid="palette-search" autocomplete="off" spellcheck="false"
        aria-label=${t('palette.search_label')} placeholder=${t('palette.search', { n })} .value=${liveValue(this.query)}
        @input=${({ target }) => { this.query = target.value; }} @keydown=${this.#searchKey}>
      ${this.query ? html`<button class="btn btn-quiet btn-sm btn-icon" type="button" aria-label=${t('palette.clear')}
        @click=${this.#clear}>${icon('close', 16)}</button>` : html`<kbd aria-hidden="true">/</kbd>`}
    </div>`;
  }

  #pill() {
    const unseen = this.#arrivals.unseen;
    if (unseen.length === 0) return nothing;
    const name = palette.state.byId.get(unseen[0])?.title ?? unseen[0];
    const text = unseen.length === 1 ? t('palette.arrived', { name }) : t('palette.arrived_many', { n: unseen.length });
    return html`<button class="pill" type="button" data-testid="arrival-pill" @click=${this.#showArrivals}>${text} · ${t('palette.show')}</button>`;
  }

  #changed({ changes, turn, byId }) {
    for (const [id] of this.#graves) if (byId.has(id)) this.#graves.delete(id);
    if (turn === this.#turn) return;
    this.#turn = turn;
    const watched = this.#watchedId();
    for (const item of changes.removed) {
      if (item.id !== watched) continue;
      this.#graves.set(item.id, item);
      this.#stale = true;
    }
    const n = this.#arrivals.note(changes, performance.now());
    if (n === 0) return;
    announceLater('palette', (total) => t('palette.changed', { n: total }), n);
    this.#fadeLater();
  }

  /** The entry that must not vanish under the reader: the selected one, or the active one in the focused tree. */
  #watchedId() {
    const tree = this.#tree();
    return this.selected ?? (tree?.contains(document.activeElement) ? tree.active : null);
  }

  #looked = () => {
    const tree = this.#tree();
    const now = performance.now();
    let news = false;
    for (const id of this.#arrivals.unseen) if (tree?.isShown(id)) news = this.#arrivals.seen(id, now) || news;
    if (!news) return;
    this.requestUpdate();
    tree.requestUpdate();
    this.#fadeLater();
  };

  #fadeLater() {
    this.#tree()?.requestUpdate();
    clearTimeout(this.fading);
    this.fading = setTimeout(() => this.#tree()?.requestUpdate(), 2_700);
  }

  #showArrivals = () => {
    const [first] = this.#arrivals.unseen;
    this.#arrivals.forgetUnseen();
    this.#tree().focusList();
    this.show(first, 'new');
  };

  #buryOthers() {
    for (const id of this.#graves.keys()) {
      if (id === this.selected) continue;
      this.#graves.delete(id);
      this.#stale = true;
    }
  }

  #buryIfLeft() {
    if (this.#graves.size === 0 || this.contains(document.activeElement) || this.selected) return;
    this.#graves.clear();
    this.#stale = true;
    this.requestUpdate();
  }

  #toggle({ row, open }) {
    const closed = new Set(this.closed);
    if (open) closed.delete(row.kind);
    else closed.add(row.kind);
    this.closed = closed;
  }

  #setFilter(name) {
    this.filter = name;
  }

  #showAll = () => {
    Object.assign(this, { filter: 'all', query: '' });
    this.#search().focus();
  };

  #clear = () => {
    this.query = '';
    this.#search().focus();
  };

  #searchKey = (event) => {
    if (event.key === 'ArrowDown' && this.#rows.length) {
      this.#tree().activate(this.#rows.find(({ type }) => type === 'entry')?.key ?? this.#rows[0].key);
      this.#tree().focusList();
    } else if (event.key === 'Escape' && this.query) this.query = '';
    else return;
    event.preventDefault();
  };

  #rowKey = (event) => {
    const { row, key } = event.detail;
    if (row.type !== 'entry') return;
    if (key === 'e' || key === 'E') openEdit(row.item);
    else if (key === 'Delete' || key === 'Backspace') removeStage(row.item);
    else return;
    event.preventDefault();
  };
}

customElements.define('cb-palette', CbPalette);
