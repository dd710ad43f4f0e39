/*
 * A part of a document's text. Until it is to be drawn it only takes the room that it will roughly need.
 *
 *   await part.draw();
 */
import { CbElement, html, nothing } from '../../core/base.js';
import { pieces } from '../../core/code-points.js';
import { t } from '../../core/i18n.js';
import { marksIn, textsOf } from '../../core/reading.js';
import { blockView } from '../common/document-blocks.js';

class CbReadingPart extends CbElement {
  static properties = { piece: {}, passage: {}, marks: {}, looks: {}, drawn: { state: true } };

  constructor() {
    super();
    Object.assign(this, { piece: null, passage: null, marks: [], looks: new Map(), drawn: false });
  }

  draw() {
    this.drawn = true;
    return this.updateComplete;
  }

  willUpdate(changed) {
    if (changed.has('piece') && changed.get('piece')) this.drawn = false;
  }

  /** What neither shows text nor will show other marks is not drawn anew. */
  shouldUpdate(changed) {
    if (!this.hasUpdated || changed.has('drawn') || changed.has('piece')) return true;
    return this.drawn;
  }

  render() {
    if (!this.drawn) return nothing;
    const { piece } = this;
    const near = [...marksIn(this.marks, piece.start, piece.end), ...this.#passage()];
    return piece.items.map((item, i) => blockView(item, piece.first + i, {
      texts: near.length ? this.#said(item, near) : undefined, top: 2,
    }));
  }

  updated() {
    this.toggleAttribute('data-drawn', this.drawn);
  }

  #passage() {
    const { passage, piece } = this;
    return passage && passage.start < piece.end && passage.end > piece.start ? [{ ...passage, passage: true }] : [];
  }

  /** The texts of an item with its marks, in the order in which they are drawn. */
  #said(item, near) {
    const marks = near.filter(({ start, end }) => start < item.end && end > item.start);
    if (marks.length === 0) return undefined;
    const drawn = ({ text, start }) => (
      start < 0 ? text : pieces(text, marks, start).map((each) => this.#marked(each)));
    return textsOf(item).map(drawn);
  }

  #marked({ text, marks }) {
    const passage = marks.some((mark) => mark.passage);
    const found = marks.find(({ entity }) => entity)?.entity;
    if (!passage && !found) return text;
    const hue = found ? this.looks.get(found.type)?.hue : nothing;
    const title = found ? t('reader.entity', { type: found.type, label: found.label }) : nothing;
    const look = `${passage ? 'passage' : ''} ${found ? 'entity' : ''}`.trim();
    return html`<mark class=${look} data-hue=${hue} title=${title}>${text}</mark>`;
  }
}

customElements.define('cb-reading-part', CbReadingPart);
