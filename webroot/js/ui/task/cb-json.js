/*
 * A JSON value as a tree. Only opened parts are built and only rows in sight are in the page, so a
 * large value opens at once. Arrows move and open, Home and End jump; the path of the active row can
 * be copied, and its value too.
 */
import { repeat } from 'lit/directives/repeat.js';
import { CbElement, css, html, nothing } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { JsonView, pathText, preview } from '../../core/json-view-model.js';
import { RowLayout } from '../../core/row-layout.js';
import { copyText } from '../../core/save-file.js';
import { toast } from '../../core/toasts.js';
import { icon } from '../common/icons.js';

const LONG = 80;
const FULL = 20_000;
const narrow = matchMedia('(max-width: 819px), (pointer: coarse)');
let next = 1;

class CbJson extends CbElement {
  static properties = { value: {}, active: { state: true } };
  #view = null;
  #layout = new RowLayout(0, 24);
  #top = 0;
  #height = 480;
  #id = `json-${next++}`;

  constructor() {
    super();
    this.active = 0;
  }

  willUpdate(changed) {
    if (changed.has('value')) {
      this.#view = new JsonView(this.value);
      this.active = 0;
      this.#top = 0;
    }
    this.#layout = new RowLayout(this.#view.rows.length, narrow.matches ? 44 : 24);
  }

  render() {
    const { rows } = this.#view;
    const [from, to] = this.#layout.range(this.#top, this.#height, 12);
    const shown = [];
    for (let i = from; i < to; i++) shown.push(i);
    if (this.active < from || this.active >= to) shown.push(this.active);
    return html`<div class="viewer json" role="tree" tabindex="0" aria-label=${t('output.tree')} aria-activedescendant=${this.#rowId(this.active)}
        @keydown=${this.#key} @scroll=${this.#scrolled}>
      <div class="json-space" role="presentation" ${css({ 'block-size': `${this.#layout.height}px` })}>${repeat(shown, (i) => i, (i) => this.#row(rows[i], i))}</div></div>
      ${this.#foot(rows[this.active])}`;
  }

  firstUpdated() {
    const box = this.querySelector('.json');
    const measure = new ResizeObserver(() => {
      this.#height = box.clientHeight;
      this.requestUpdate();
    });
    measure.observe(box);
    this.until(() => measure.disconnect());
  }

  updated(changed) {
    if (changed.has('value')) this.querySelector('.json').scrollTop = 0;
  }

  #row(row, i) {
    const { key, kind, depth, open, size, position, count } = row;
    const opens = open !== undefined;
    return html`<div class="json-row" role="treeitem" id=${this.#rowId(i)} aria-level=${depth + 1} aria-posinset=${position} aria-setsize=${count}
        aria-expanded=${opens ? String(open) : nothing} aria-selected=${String(i === this.active)} data-active=${i === this.active ? '' : nothing}
        @click=${() => this.#click(i)} ${css({ transform: `translateY(${this.#layout.topOf(i)}px)`, 'padding-inline-start': `${12 + Math.min(depth, 24) * 16}px` })}>
      <span class="json-twist">${opens ? icon(open ? 'down' : 'right', 14) : nothing}</span>
      ${kind === 'range' ? html`<span class="json-size">${t('json.range', { from: row.from, to: row.to - 1 })}</span>`
        : html`${key === null ? nothing : html`<span class="json-key">${key}</span><span class="json-colon">:</span>`}${scalarOrSize(row, size)}`}
    </div>`;
  }

  #foot(row) {
    if (!row) return nothing;
    const path = pathText(row.path);
    const long = row.kind === 'string' && row.value.length > LONG;
    return html`${long ? html`<div class="json-full" tabindex="0" role="region" aria-label=${path}>${row.value.slice(0, FULL)}${row.value.length > FULL ? '…' : ''}</div>` : nothing}
      <div class="json-foot"><code class="grow json-path" data-testid="json-path">${path}</code>
        <button class="btn btn-sm" type="button" data-testid="copy-path" @click=${() => this.#copy(path)}>${icon('copy', 14)}${t('json.copy_path')}</button>
        <button class="btn btn-sm" type="button" @click=${() => this.#copy(valueText(row))}>${icon('copy', 14)}${t('json.copy_value')}</button></div>`;
  }

  #rowId(i) {
    return `${this.#id}-${i}`;
  }

  #click(i) {
    this.active = i;
    this.#toggle(i);
  }

  #toggle(i) {
    this.#view.toggle(i);
    this.requestUpdate();
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { move, toggle } = this.#view.answer(event.key, this.active, Math.max(1, Math.floor(this.#height / this.#layout.topOf(1)) - 1));
    if (move === undefined && toggle === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (toggle !== undefined) this.#toggle(toggle);
    else this.#move(move);
  }

  #move(i) {
    this.active = i;
    const box = this.querySelector('.json');
    const top = this.#layout.topOf(i);
    const size = this.#layout.topOf(1);
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + size > box.scrollTop + box.clientHeight) box.scrollTop = top + size - box.clientHeight;
  }

  #scrolled({ target }) {
    this.#top = target.scrollTop;
    this.requestUpdate();
  }

  async #copy(text) {
    const done = await copyText(text);
    toast(t(done ? 'output.copied' : 'log.not_copied'), { tone: done ? 'ok' : 'bad', ms: 2_500 });
  }
}

function scalarOrSize({ kind, value }, size) {
  if (kind === 'array') return html`<span class="json-size">${t('json.elements', { n: size })}</span>`;
  if (kind === 'object') return html`<span class="json-size">${t('json.keys', { n: size })}</span>`;
  return html`<span class="json-value json-${kind}">${preview(value)}</span>`;
}

function valueText({ value, kind, from, to }) {
  if (kind === 'range' && Array.isArray(value)) return JSON.stringify(value.slice(from, to), null, 2);
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

customElements.define('cb-json', CbJson);
