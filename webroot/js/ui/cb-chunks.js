/* Chunks as a list: number, tokens, where each stands in its document, and its text. */
import { CbElement, css, html, nothing } from '../core/base.js';
import { fmt, t } from '../core/i18n.js';
import { fold } from '../core/text.js';
import './cb-more.js';

const STEP = 60;

class CbChunks extends CbElement {
  static properties = { value: {}, query: { state: true }, shown: { state: true } };
  #sum = { total: 0, most: 0 };

  constructor() {
    super();
    Object.assign(this, { query: '', shown: STEP });
  }

  willUpdate(changed) {
    if (!changed.has('value')) return;
    this.shown = STEP;
    this.#sum = this.value.reduce(({ total, most }, { tokens = 0 }) => ({ total: total + tokens, most: Math.max(most, tokens) }), { total: 0, most: 0 });
  }

  render() {
    const wanted = fold(this.query.trim());
    const found = this.value.flatMap((chunk, i) => (wanted && !fold(chunk.text).includes(wanted) ? [] : [{ chunk, n: i + 1 }]));
    const left = found.length - this.shown;
    return html`<div class="chunks-head"><p class="grow small">${t('chunks.sum', { n: this.value.length, tokens: this.#sum.total, most: this.#sum.most })}</p>
        <input class="input chunks-filter" type="search" autocomplete="off" aria-label=${t('chunks.filter')} placeholder=${t('chunks.filter')} .value=${this.query}
          @input=${({ target }) => { this.query = target.value; this.shown = STEP; }}></div>
      <div class="viewer chunks" tabindex="0" role="region" aria-label=${t('output.kind_chunks')}>
        ${found.length ? html`<ol>${found.slice(0, this.shown).map((each) => this.#chunk(each))}</ol>` : html`<p class="output-none muted">${t('chunks.no_match', { query: this.query })}</p>`}
        ${left > 0 ? html`<cb-more .left=${left} @more=${() => { this.shown += STEP; }}></cb-more>` : nothing}</div>`;
  }

  #chunk({ chunk: { id, tokens, start, end, text, section, doc_id: doc, block_ids: blocks = [] }, n }) {
    return html`<li class="chunk" data-testid="chunk" data-id=${id ?? nothing}>
      <p class="chunk-facts tiny"><span class="chunk-n">${fmt.number(n)}</span>
        ${tokens === undefined ? nothing : html`<span class="chunk-tokens">${t('chunks.tokens', { n: tokens })}<i aria-hidden="true"><b ${css({ 'inline-size': `${this.#sum.most ? Math.round((tokens / this.#sum.most) * 100) : 0}%` })}></b></i></span>`}
        <span class="muted"><span class="visually-hidden">${t('chunks.offsets')} </span><code>${start}–${end}</code></span>
        ${section ? html`<code class="muted">${section}</code>` : nothing}
        ${blocks.length ? html`<span class="muted" title=${blocks.join(', ')}>${t('chunks.blocks', { n: blocks.length })}</span>` : nothing}
        ${doc ? html`<code class="muted chunk-doc">${doc}</code>` : nothing}</p>
      <p class="chunk-text" dir="auto">${text}</p></li>`;
  }
}

customElements.define('cb-chunks', CbChunks);
