/*
 * Where the rows of a long list stand. `height` is one number for all rows, or a function of the index. No DOM.
 *
 *   const layout = new RowLayout(20_000, 20);
 *   layout.range(scrollTop, boxHeight)      // [first, end): the rows to draw
 */
export class RowLayout {
  #tops = null;
  #each = 0;

  constructor(count, height) {
    this.count = count;
    if (typeof height === 'number') {
      this.#each = height;
      return;
    }
    this.#tops = new Float64Array(count + 1);
    for (let i = 0; i < count; i++) this.#tops[i + 1] = this.#tops[i] + height(i);
  }

  get height() {
    return this.topOf(this.count);
  }

  topOf(i) {
    return this.#tops ? this.#tops[i] : i * this.#each;
  }

  /** The row at that place, within the list. */
  indexAt(y) {
    if (this.count === 0) return 0;
    if (!this.#tops) return Math.max(0, Math.min(this.count - 1, Math.floor(y / this.#each)));
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#tops[middle] <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  range(top, height, spare = 6) {
    if (this.count === 0) return [0, 0];
    return [Math.max(0, this.indexAt(top) - spare), Math.min(this.count, this.indexAt(top + height) + 1 + spare)];
  }
}

/** Letters of East Asia and pictures, which take two columns. */
const WIDE = new RegExp(
  '[\\u1100-\\u115f\\u2e80-\\ua4cf\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe30-\\ufe6f\\uff00-\\uff60]'
    + '|\\p{Emoji_Presentation}', 'u');

/**
 * How many lines a text takes in `columns` of a fixed-width font that breaks anywhere; wide characters count
 * double.
 */
export function linesIn(text, columns) {
  let width = text.length;
  if (/[^\x20-\x7e]/.test(text)) {
    width = 0;
    for (const c of text) width += c === '\t' ? 8 - (width % 8) : WIDE.test(c) ? 2 : 1;
  }
  return Math.max(1, Math.ceil(width / Math.max(1, columns)));
}
