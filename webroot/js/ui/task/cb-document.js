/*
 * Parsed documents, readable: title, facts, contents, and the blocks as text in their sections. With a `place`
 * { doc, start, end } it opens that document there and marks what has these characters.
 */
import { keyed } from 'lit/directives/keyed.js';
import { CbElement, html, nothing } from '../../core/base.js';
import { contentsOf, factsOf, itemsIn, itemsOf, leftOutOf } from '../../core/document-model.js';
import { t } from '../../core/i18n.js';
import { blockView } from '../common/document-blocks.js';
import '../common/cb-more.js';

const STEP = 80;

class CbDocument extends CbElement {
  static properties = {
    documents: {}, failed: {}, place: {}, chosen: { state: true }, shown: { state: true },
  };
  #items = [];
  #contents = [];
  /** The indexes of the items that the place names. */
  #marked = new Set();
  #astray = false;

  constructor() {
    super();
    Object.assign(this, { chosen: 0, shown: STEP, failed: [], place: null });
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(window, 'beforeprint', () => this.#whole());
  }

  willUpdate(changed) {
    const asked = changed.has('place') || changed.has('documents') ? this.place : null;
    if (changed.has('documents')) this.chosen = 0;
    if (asked) this.#choose(asked);
    if (!changed.has('documents') && !changed.has('chosen') && !asked) return;
    const doc = this.documents[this.chosen];
    this.#items = itemsOf(doc);
    this.#contents = contentsOf(this.#items);
    this.shown = STEP;
    this.#marked = new Set(this.place?.doc === doc.doc_id ? itemsIn(this.#items, this.place) : []);
    const [first] = this.#marked;
    if (asked && first !== undefined) this.#go(first);
  }

  #choose({ doc }) {
    const found = this.documents.findIndex(({ doc_id: id }) => id === doc);
    this.#astray = found < 0;
    if (found >= 0) this.chosen = found;
  }

  render() {
    const doc = this.documents[this.chosen];
    const left = this.#items.length - this.shown;
    return html`
      ${this.#failed()}
      ${this.#astray ? html`<p class="doc-failed" role="note">${t('document.place_missing')}</p>` : nothing}
      ${this.documents.length > 1 ? html`<div class="doc-pick"><label class="label" for="doc-pick">${t('document.pick', { n: this.documents.length })}</label>
        <select class="select" id="doc-pick" @change=${({ target }) => { this.chosen = Number(target.value); }}>
          ${this.documents.map(({ title, doc_id: id }, i) => html`<option value=${i} .selected=${i === this.chosen}>${title || id}</option>`)}</select></div>` : nothing}
      ${keyed(this.chosen, html`<div class="viewer doc" tabindex="0" role="region" aria-label=${doc.title || t('output.kind_documents')}>
        ${this.#contents.length > 1 ? this.#nav() : nothing}
        <article class="doc-text" lang=${doc.lang && doc.lang !== 'und' ? doc.lang : nothing}>
          <header class="doc-head"><h3 class="doc-title" dir="auto">${doc.title || t('document.untitled')}</h3>${this.#facts(doc)}</header>
          ${this.#items.slice(0, this.shown).map((item, i) => blockView(item, i, { marked: this.#marked.has(i) }))}
          ${left > 0 ? html`<cb-more .left=${left} @more=${() => { this.shown += STEP; }}></cb-more>`
            : html`${this.#refs(doc)}${this.#leftOut(doc)}`}
        </article></div>`)}`;
  }

  /** Paper has no "more" and nothing to open: all is drawn before the browser goes on. */
  #whole() {
    this.shown = Infinity;
    this.performUpdate();
    for (const each of this.querySelectorAll('.doc-refs')) each.open = true;
  }

  #facts(doc) {
    const { id, lang, type, sections, blocks, refs } = factsOf(doc);
    const parts = [id, type, lang, t('document.sections', { n: sections }), t('document.blocks', { n: blocks }), refs ? t('document.refs', { n: refs }) : null];
    return html`<p class="doc-facts muted tiny">${parts.filter(Boolean).map((part, i) => html`${i ? html`<span aria-hidden="true"> · </span>` : nothing}<span>${part}</span>`)}</p>`;
  }

  #nav() {
    return html`<nav class="doc-nav" aria-label=${t('document.contents')}><details ?open=${!matchMedia('(max-width: 1199px)').matches}><summary>${t('document.contents')} <span class="count">${this.#contents.length}</span></summary>
      <ol>${this.#contents.map(({ title, level, index }) => html`<li data-level=${Math.min(level, 4)}><button type="button" class="doc-link" @click=${() => this.#go(index)}>${title}</button></li>`)}</ol></details></nav>`;
  }

  #refs({ refs = [] }) {
    if (refs.length === 0) return nothing;
    return html`<details class="doc-refs"><summary>${t('document.references')} <span class="count">${refs.length}</span></summary>
      <ol>${refs.map(({ label, title, text, doi }) => html`<li dir="auto">${label ? html`<span class="muted">${label}</span> ` : nothing}${title || text || nothing}${doi ? html` <code>${doi}</code>` : nothing}</li>`)}</ol></details>`;
  }

  /** What of the source is not here, and why: nothing goes unsaid. */
  #leftOut(doc) {
    const { chars, entries } = leftOutOf(doc);
    if (entries.length === 0) return nothing;
    return html`<details class="doc-refs"><summary>${t('document.left_out', { n: chars })}</summary>
      <ul>${entries.map(({ where, reason, chars: n }) => html`<li><code>${where}</code>: ${reason}${n > 0 ? html` <span class="muted">(${n})</span>` : nothing}</li>`)}</ul>
    </details>`;
  }

  #failed() {
    if (!this.failed?.length) return nothing;
    return html`<div class="doc-failed" role="note"><p>${t('document.failed', { n: this.failed.length })}</p>
      <ul>${this.failed.map(({ error }) => html`<li dir="auto">${error}</li>`)}</ul></div>`;
  }

  async #go(index) {
    if (index >= this.shown) this.shown = index + STEP;
    await this.updateComplete;
    const block = this.querySelector(`[data-block="${index}"]`);
    const box = this.querySelector('.doc');
    if (!block) return;
    (block.querySelector('[data-item]') ?? block).focus({ preventScroll: true });
    // On a page that scrolls as a whole, the box itself comes into sight.
    box.scrollIntoView({ block: 'nearest' });
    // Blocks out of sight have an estimated height until they are near: the second turn is exact.
    for (let turn = 0; turn < 3; turn++) {
      box.scrollTop += block.getBoundingClientRect().top - box.getBoundingClientRect().top - 12;
      await new Promise(requestAnimationFrame);
    }
  }
}

customElements.define('cb-document', CbDocument);
