/*
 * A tree of thousands of rows of which only those in sight are in the page.
 *
 *   <cb-vtree .rows=${rows} .view=${text} .selected=${key} .label=${…} .draw=${(row, state) => template}></cb-vtree>
 *
 * A row: { key, type: 'group'|'entry', position, size, open? }. New rows never move the one being
 * read; a new `view` (another search or filter) starts at the top. Emits `row-open`, `row-toggle`
 * { row, open }, `row-key` { row, key }, `range`; offers reveal(key), isShown(key), activate(key), focusList().
 */
import { repeat } from 'lit/directives/repeat.js';
import { CbElement, css, html, nothing } from '../../core/base.js';
import { LeavingRows } from '../../core/leaving-rows.js';
import { answer } from '../../core/tree-keys.js';
import { TreeLayout, beingRead, neighbour, shift, withLeaving } from '../../core/tree-layout.js';

const ENTRY = 60;
const GROUP = 44;

class CbVtree extends CbElement {
  static properties = { rows: {}, view: {}, selected: {}, label: {}, draw: {}, active: { state: true } };
  #layout = new TreeLayout([], () => ENTRY);
  #leaving = new LeavingRows(() => {
    this.#stale = true;
    this.requestUpdate();
  });
  #range = [0, 0];
  #scroll = 0;
  #height = 0;
  #pad = 0;
  #extra = 0;
  #pointerY = null;
  #stale = false;

  constructor() {
    super();
    this.rows = [];
    this.active = null;
  }

  get scroller() {
    return this.querySelector('.vtree');
  }

  willUpdate(changed) {
    const box = this.scroller;
    if (box) this.#scroll = box.scrollTop;
    if (!changed.has('rows') && !changed.has('view') && !this.#stale) return;
    this.#stale = false;
    const before = this.#layout;
    const fresh = changed.has('view') && this.hasUpdated;
    if (fresh) {
      this.#leaving.clear();
      this.#pad = 0;
      this.#scroll = 0;
    } else if (changed.has('rows')) this.#leaving.note(before.rows, this.rows, this.#range);
    const rows = withLeaving(this.rows, before.rows, this.#leaving.since);
    this.#layout = new TreeLayout(rows, (row) => this.#heightOf(row));
    if (!fresh && before.rows.length) this.#keepPlace(shift(before, this.#layout, this.#beingRead(before)));
    this.#extra = fresh ? 0 : Math.max(0, this.#scroll + this.#height - this.#pad - this.#layout.height);
    if (this.active !== null && !this.#layout.indexByKey.has(this.active)) this.active = neighbour(before, this.#layout, this.active);
  }

  render() {
    const { rows } = this.#layout;
    this.#range = this.#layout.range(this.#scroll - this.#pad, this.#height || 900);
    const shown = [];
    for (let i = this.#range[0]; i < this.#range[1]; i++) shown.push(i);
    const active = this.#layout.indexByKey.get(this.active);
    if (active !== undefined && (active < this.#range[0] || active >= this.#range[1])) shown.push(active);
    return html`<div class="vtree" role="tree" tabindex="0" aria-label=${this.label}
      aria-activedescendant=${active === undefined ? nothing : rowId(this.active)}
      @keydown=${this.#key} @scroll=${this.#scrolled} @focus=${this.#focused}
      @wheel=${() => this.#closeGap()} @pointermove=${this.#pointed} @pointerleave=${this.#unpointed}>
      <div class="vtree-space" role="presentation" ${css({ height: `${this.#pad + this.#layout.height + this.#extra}px` })}>
        ${repeat(shown, (i) => rows[i].key, (i) => this.#row(rows[i], i))}
      </div>
    </div>`;
  }

  firstUpdated() {
    const measure = new ResizeObserver(() => {
      this.#height = this.scroller.clientHeight;
      this.requestUpdate();
    });
    measure.observe(this.scroller);
    this.until(() => measure.disconnect());
  }

  updated() {
    const box = this.scroller;
    if (Math.abs(box.scrollTop - this.#scroll) > 0.5) box.scrollTop = this.#scroll;
    this.emit('range');
  }

  isShown(key) {
    return this.#layout.isInside(key, this.#scroll - this.#pad, this.#height);
  }

  has(key) {
    return this.#layout.indexByKey.has(key);
  }

  /** Brings a row into sight, in the middle unless it is there already. */
  reveal(key, { centre = true } = {}) {
    const top = this.#layout.topOf(key);
    // Asked for by the page's address, it may come before the box has been measured.
    this.#height = this.scroller.clientHeight;
    if (top === null || this.isShown(key)) return;
    const height = this.#heightOf(this.#layout.rows[this.#layout.indexByKey.get(key)]);
    const now = this.#scroll - this.#pad;
    const edge = top < now ? top : top + height - this.#height;
    const wanted = centre ? top - (this.#height - height) / 2 : edge;
    this.scroller.scrollTop = Math.max(0, wanted) + this.#pad;
  }

  activate(key) {
    this.active = key;
  }

  focusList() {
    this.scroller.focus();
  }

  #row(row, i) {
    const { key, type, leaving } = row;
    const place = css({ transform: `translateY(${this.#pad + this.#layout.tops[i]}px)`, height: `${this.#heightOf(row)}px` });
    if (leaving) return html`<div class="vrow leaving" aria-hidden="true" ${place}>${this.draw(row)}</div>`;
    const group = type === 'group';
    const state = { active: key === this.active, selected: key === this.selected };
    return html`<div class="vrow ${type}" id=${rowId(key)} role="treeitem" aria-level=${group ? 1 : 2}
      aria-posinset=${row.position} aria-setsize=${row.size} aria-expanded=${group ? String(row.open) : nothing}
      aria-selected=${group ? nothing : String(state.selected)} data-active=${state.active ? '' : nothing}
      data-testid=${group ? 'palette-group' : 'palette-row'} data-id=${group ? row.kind : key}
      @click=${() => this.#click(row)} ${place}>${this.draw(row, state)}</div>`;
  }

  #heightOf({ key, type, leaving }) {
    const full = type === 'group' ? GROUP : ENTRY;
    if (!leaving) return full;
    return Math.round(full * this.#leaving.share(key));
  }

  /** Rows above grew by `by`: scroll along; where there is nothing to scroll, leave room above. */
  #keepPlace(by) {
    const place = this.#scroll + by - this.#pad;
    this.#pad = Math.max(0, -place);
    this.#scroll = Math.max(0, place);
  }

  #beingRead(layout) {
    const focused = document.activeElement === this.scroller;
    const top = this.scroller.scrollTop - this.#pad;
    return beingRead(layout, { top, height: this.#height, pointer: this.#pointerY, active: focused ? this.active : null });
  }

  #move(to) {
    const { rows } = this.#layout;
    if (rows.length === 0) return;
    this.#closeGap();
    let i = Math.max(0, Math.min(rows.length - 1, to));
    while (rows[i].leaving && i > 0) i--;
    this.active = rows[i].key;
    this.reveal(this.active, { centre: false });
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { rows } = this.#layout;
    const i = this.#layout.indexByKey.get(this.active) ?? -1;
    const page = Math.max(1, Math.floor(this.#height / ENTRY) - 1);
    const { move, toggle, open } = answer(event.key, rows, i, page);
    if (move !== undefined) this.#move(move);
    else if (toggle !== undefined) this.emit('row-toggle', { row: rows[i], open: toggle });
    else if (open) this.#open(rows[i]);
    else if (i < 0 || this.emit('row-key', { row: rows[i], key: event.key })) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #open(row) {
    if (row.type === 'group') this.emit('row-toggle', { row, open: !row.open });
    else this.emit('row-open', { row });
  }

  #click(row) {
    this.active = row.key;
    this.#open(row);
  }

  /** The reader moves on: the room that was left above the first row is not needed any more. */
  #closeGap(top = this.scroller.scrollTop) {
    if (this.#pad === 0) return;
    this.#scroll = Math.max(0, top - this.#pad);
    this.#pad = 0;
    this.scroller.scrollTop = this.#scroll;
    this.requestUpdate();
  }

  #focused() {
    if (this.active === null && this.#layout.rows.length) this.active = this.#layout.rows[0].key;
  }

  #pointed(event) {
    this.#pointerY = event.pointerType === 'touch' ? null : event.clientY - this.scroller.getBoundingClientRect().top;
  }

  #unpointed() {
    this.#pointerY = null;
  }

  #scrolled() {
    const top = this.scroller.scrollTop;
    if (this.#pad > 0 && Math.abs(top - this.#scroll) > 1) {
      this.#closeGap(top);
      return;
    }
    const slack = Math.max(0, top + this.#height - this.#pad - this.#layout.height);
    const [first, last] = this.#layout.range(top - this.#pad, this.#height);
    const moved = first !== this.#range[0] || last !== this.#range[1];
    this.#scroll = top;
    if (moved || slack < this.#extra) {
      this.#extra = Math.min(this.#extra, slack);
      this.requestUpdate();
    } else this.emit('range');
  }
}

function rowId(key) {
  return `row-${key}`;
}

customElements.define('cb-vtree', CbVtree);
