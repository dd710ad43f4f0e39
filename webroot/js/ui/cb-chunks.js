/*
 * Chunks under their documents: number, tokens, where each stands in its document, and its text, to copy one by one or
 * to save all as CSV or JSONL.
 */
import { CbElement, css, html, nothing } from '../core/base.js';
import { csvOf, groupsOf, jsonlOf } from '../core/chunks.js';
import { fmt, t } from '../core/i18n.js';
import { copyText, saveText } from '../core/save-file.js';
import { fold } from '../core/text.js';
import { toast } from '../core/toasts.js';
import { icon } from './icons.js';
import './cb-more.js';

const STEP = 60;

class CbChunks extends CbElement {
  static properties = { value: {}, query: { state: true }, shown: { state: true } };
  #sum = { total: 0, most: 0 };

  constructor() {
    super();
    Object.assign(this, { query: '', shown: STEP });
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(window, 'beforeprint', () => this.#whole());
  }

  willUpdate(changed) {
    if (!changed.has('value')) return;
    this.shown = STEP;
    this.#sum = this.value.reduce(({ total, most }, { tokens = 0 }) => ({ total: total + tokens, most: Math.max(most, tokens) }), { total: 0, most: 0 });
  }

  render() {
    const wanted = fold(this.query.trim());
    const groups = groupsOf(this.value).map((group) => ({ ...group, items: group.items.filter(({ chunk }) => !wanted || fold(chunk.text).includes(wanted)) }))
      .filter(({ items }) => items.length);
    const left = groups.reduce((sum, { items }) => sum + items.length, 0) - this.shown;
    return html`<div class="chunks-head"><p class="grow small">${t('chunks.sum', { n: this.value.length, tokens: this.#sum.total, most: this.#sum.most })}</p>
        ${this.#save('csv')}${this.#save('jsonl')}
        <input dir="auto" class="input chunks-filter" type="search" autocomplete="off" aria-label=${t('chunks.filter')} placeholder=${t('chunks.filter')} .value=${this.query}
          @input=${({ target }) => { this.query = target.value; this.shown = STEP; }}></div>
      <div class="viewer chunks" tabindex="0" role="region" aria-label=${t('output.kind_chunks')}>
        ${groups.length ? this.#groups(groups) : html`<p class="output-none muted">${t('chunks.no_match', { query: this.query })}</p>`}
        ${left > 0 ? html`<cb-more .left=${left} @more=${() => { this.shown += STEP; }}></cb-more>` : nothing}</div>`;
  }

  #groups(groups) {
    const several = groups.length > 1 || groups[0].title;
    let room = this.shown;
    return groups.map(({ doc, title, items }) => {
      const some = items.slice(0, Math.max(0, room));
      room -= some.length;
      if (some.length === 0) return nothing;
      return html`<section class="chunk-group" data-testid="chunk-group" data-doc=${doc}>
        ${several ? html`<h4 class="chunk-title"><span>${title || doc}</span> <span class="muted tiny">${t('chunks.of_document', { n: items.length })}</span></h4>` : nothing}
        <ol>${some.map((each) => this.#chunk(each))}</ol></section>`;
    });
  }

  /** Paper has no "more": all is drawn before the browser goes on. */
  #whole() {
    this.shown = Infinity;
    this.performUpdate();
  }

  #save(kind) {
    return html`<button class="btn btn-sm" type="button" data-testid="save-${kind}" @click=${() => this.#saved(kind)}>${icon('download', 14)}${t(`chunks.${kind}`)}</button>`;
  }

  #saved(kind) {
    if (kind === 'csv') saveText('chunks.csv', csvOf(this.value), 'text/csv');
    else saveText('chunks.jsonl', jsonlOf(this.value), 'application/jsonl');
  }

  async #copy(text) {
    const done = await copyText(text);
    toast(t(done ? 'output.copied' : 'log.not_copied'), { tone: done ? 'ok' : 'bad' });
  }

  #chunk({ chunk: { id, tokens, start, end, text, section, doc_id: doc, block_ids: blocks = [] }, n }) {
    return html`<li class="chunk" data-testid="chunk" data-id=${id ?? nothing}>
      <p class="chunk-facts tiny"><span class="chunk-n">${fmt.number(n)}</span>
        ${tokens === undefined ? nothing : html`<span class="chunk-tokens">${t('chunks.tokens', { n: tokens })}<i aria-hidden="true"><b ${css({ 'inline-size': `${this.#sum.most ? Math.round((tokens / this.#sum.most) * 100) : 0}%` })}></b></i></span>`}
        <span class="muted"><span class="visually-hidden">${t('chunks.offsets')} </span><code>${start}–${end}</code></span>
        ${section ? html`<code class="muted">${section}</code>` : nothing}
        ${blocks.length ? html`<span class="muted" title=${blocks.join(', ')}>${t('chunks.blocks', { n: blocks.length })}</span>` : nothing}
        ${doc ? html`<code class="muted chunk-doc">${doc}</code>` : nothing}
        <button class="btn btn-sm btn-icon btn-quiet" type="button" data-testid="copy-chunk" aria-label=${t('chunks.copy', { n })} title=${t('chunks.copy', { n })} @click=${() => this.#copy(text)}>${icon('copy', 14)}</button></p>
      <p class="chunk-text" dir="auto">${text}</p></li>`;
  }
}

customElements.define('cb-chunks', CbChunks);
