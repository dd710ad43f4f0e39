/*
 * A document to be read: its contents beside its text. The text is drawn part by part, what is near first and the rest
 * while nothing else is to do, so that a long document is there at once and can be searched by the browser soon.
 *
 *   <cb-reader .doc .entities .passage></cb-reader>
 *
 * `passage` { start, end } in code points is marked and scrolled to; `entities` (null: none are known) are marked when
 * somebody wants to see them.
 */
import { CbElement, css, html, nothing, useStyles } from '../../core/base.js';
import { announce } from '../../core/announce.js';
import { placesOf } from '../../core/document-facts.js';
import { contentsOf } from '../../core/document-model.js';
import { looksOf } from '../../core/graph-model.js';
import { t } from '../../core/i18n.js';
import { partAt, readingParts } from '../../core/reading.js';
import './cb-reading-part.js';

await useStyles('cb-reader');

const NEAR = '1200px 0px';
/** Pixels for each character, roughly: what is not drawn yet takes this room. */
const ROOM = 0.32;
/** What somebody does who wants to be elsewhere than at the passage. */
const LEAVES = ['wheel', 'touchstart', 'keydown', 'pointerdown'];
const WANTED = 'callboard.mark-entities';

class CbReader extends CbElement {
  static properties = { doc: {}, entities: {}, passage: {}, marking: { state: true } };
  #parts = [];
  #contents = [];
  #marks = [];
  #looks = new Map();
  #seen = null;
  #idle = 0;
  /** Finds what is kept in sight while the parts around it get their true heights; null when nothing is. */
  #kept = null;

  constructor() {
    super();
    Object.assign(this, { doc: null, entities: null, passage: null, marking: localStorage.getItem(WANTED) === 'yes' });
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(window, 'beforeprint', () => this.#all().forEach((part) => part.draw()));
    for (const type of LEAVES) {
      this.listen(window, type, () => { this.#kept = null; }, { capture: true, passive: true });
    }
    const sizes = new ResizeObserver(() => this.#keep());
    this.updateComplete.then(() => sizes.observe(this.querySelector('.reader-text')));
    this.until(() => {
      sizes.disconnect();
      this.#seen?.disconnect();
      cancelIdle(this.#idle);
    });
  }

  willUpdate(changed) {
    if (changed.has('doc')) {
      this.#parts = readingParts(this.doc);
      this.#contents = contentsOf(this.#parts.flatMap(({ items }) => items));
    }
    if (changed.has('entities')) {
      this.#marks = placesOf(this.entities ?? []);
      this.#looks = looksOf(this.#marks.map(({ entity: { type } }) => type));
    }
  }

  render() {
    const marks = this.marking ? this.#marks : [];
    const { lang } = this.doc;
    const place = this.#astray();
    return html`${this.#tools()}
      ${place ? html`<div class="notice notice-wait" role="note" data-testid="passage-missing"><p>${place}</p></div>` : nothing}
      <div class="reader-cols">${this.#contents.length > 1 ? this.#nav() : nothing}
        <article class="card reader-text doc-text" data-testid="reader" lang=${lang && lang !== 'und' ? lang : nothing}>
          ${this.#parts.length === 0 ? html`<p class="muted">${t('reader.empty')}</p>` : nothing}
          ${this.#parts.map((part, i) => html`<cb-reading-part data-part=${i} .piece=${part} .passage=${this.passage}
            .marks=${marks} .looks=${this.#looks} ${css({ '--room': `${Math.round(part.size * ROOM)}px` })}></cb-reading-part>`)}
          ${this.#refs()}</article></div>`;
  }

  #astray() {
    if (!this.passage || partAt(this.#parts, this.passage.start, this.passage.end) >= 0) return null;
    return t('reader.passage_missing');
  }

  #tools() {
    if (!this.#marks.length) return nothing;
    const types = [...this.#looks].map(([type, { hue }]) => html`<li><mark class="entity"
      data-hue=${hue}>${
      type.replaceAll('_', ' ')}</mark></li>`);
    return html`<div class="reader-tools"><label class="row"><input class="switch" type="checkbox" role="switch"
        data-testid="mark-entities" .checked=${this.marking}
          @change=${this.#toggle}><span>${t('reader.mark')}</span></label>
      ${this.marking ? html`<ul class="row-wrap reader-types" aria-label=${t('reader.types')}>${types}</ul>` : nothing}</div>`;
  }

  #toggle = ({ target }) => {
    this.marking = target.checked;
    localStorage.setItem(WANTED, target.checked ? 'yes' : 'no');
  };

  #nav() {
    const wide = !matchMedia('(max-width: 1023px)').matches;
    return html`<nav class="reader-nav doc-nav" aria-label=${t('document.contents')}><details ?open=${wide}>
      <summary>${t('document.contents')} <span class="count">${this.#contents.length}</span></summary>
      <ol>${this.#contents.map(({ title, level, index }) => html`<li data-level=${Math.min(level, 4)}>
        <button type="button" class="doc-link" dir="auto"
          @click=${() => this.#toItem(index)}>${title}</button></li>`)}</ol>
    </details></nav>`;
  }

  #refs() {
    const { refs = [] } = this.doc;
    if (refs.length === 0) return nothing;
    return html`<details class="doc-refs"><summary>${t('document.references')} <span
      class="count">${refs.length}</span></summary>
      <ol>${refs.map(({ label, title, text, doi }) => html`<li dir="auto">${label ? html`<span class="muted">${label}</span> ` : nothing}
        ${title || text || nothing}${doi ? html` <code>${doi}</code>` : nothing}</li>`)}</ol></details>`;
  }

  updated(changed) {
    if (changed.has('doc')) this.#follow();
    if ((changed.has('passage') || changed.has('doc')) && this.passage) this.#toPassage();
  }

  #all() {
    return [...this.querySelectorAll('cb-reading-part')];
  }

  /** Draws what comes near, and one part after another whenever there is time. */
  #follow() {
    this.#seen?.disconnect();
    cancelIdle(this.#idle);
    this.#seen = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        target.draw();
        this.#seen.unobserve(target);
      }
    }, { root: this.closest('main'), rootMargin: NEAR });
    const waiting = this.#all();
    waiting.forEach((part) => this.#seen.observe(part));
    const next = () => {
      const part = waiting.shift();
      part?.draw();
      if (waiting.length) this.#idle = whenIdle(next);
    };
    this.#idle = whenIdle(next);
  }

  async #toPassage() {
    const at = partAt(this.#parts, this.passage.start, this.passage.end);
    if (at < 0) return;
    await this.#to(at, (part) => part.querySelector('.passage'));
    announce(t('reader.passage_said'));
  }

  #toItem(index) {
    const at = this.#parts.findLastIndex(({ first }) => first <= index);
    return this.#to(at, (part) => part.querySelector(`[data-block="${index}"] [data-item], [data-block="${index}"]`));
  }

  async #to(at, find) {
    const part = this.#all()[at];
    await part.draw();
    const target = find(part);
    if (!target) return;
    if (!target.hasAttribute('tabindex')) target.setAttribute('tabindex', '-1');
    target.focus({ preventScroll: true });
    this.#kept = () => find(part);
    this.#keep();
    // Blocks out of sight have an estimated height until they are near: in the next frame it is exact.
    requestAnimationFrame(() => this.#keep());
  }

  #keep() {
    this.#kept?.()?.scrollIntoView({ block: 'center' });
  }
}

const whenIdle = (run) => (globalThis.requestIdleCallback ?? setTimeout)(run);
const cancelIdle = (id) => (globalThis.cancelIdleCallback ?? clearTimeout)(id);

customElements.define('cb-reader', CbReader);
