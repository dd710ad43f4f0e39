/*
 * Chunks under their documents: number, tokens, where each stands in its document, and its text, to copy one by one or
 * to save all as CSV or JSONL. `source` { execution, href(place) } is where the documents are: their titles and names
 * of sections are read from there, and a link opens them at the chunk; { documents, href(place) } has them already.
 */
import { CbElement, css, html, nothing } from '../../core/base.js';
import { csvOf, documentsIn, groupsOf, jsonlOf } from '../../core/chunks.js';
import { fmt, t } from '../../core/i18n.js';
import { AUTO, outputOf, readOutput } from '../../core/outputs.js';
import { copyText, saveText } from '../../core/save-file.js';
import { fold } from '../../core/text.js';
import { toast } from '../../core/toasts.js';
import { icon } from './icons.js';
import './cb-more.js';

const STEP = 60;

class CbChunks extends CbElement {
  static properties = {
    value: {}, source: {}, query: { state: true }, shown: { state: true }, documents: { state: true },
  };
  #sum = { total: 0, most: 0 };
  #read = null;

  constructor() {
    super();
    Object.assign(this, { source: null, query: '', shown: STEP, documents: [] });
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(window, 'beforeprint', () => this.#whole());
  }

  willUpdate(changed) {
    if (changed.has('source')) this.#readDocuments();
    if (!changed.has('value')) return;
    this.shown = STEP;
    const sum = ({ total, most }, { tokens = 0 }) => ({ total: total + tokens, most: Math.max(most, tokens) });
    this.#sum = this.value.reduce(sum, { total: 0, most: 0 });
  }

  /** Documents too large to be read unasked leave their chunks without titles. */
  async #readDocuments() {
    if (this.source?.documents) {
      this.documents = this.source.documents;
      return;
    }
    const execution = this.source?.execution;
    const { id = null, output_ref: ref } = execution ?? {};
    const mark = `${id} ${ref?.sha256 ?? ''}`;
    if (mark === this.#read) return;
    this.#read = mark;
    const { state, value, size } = execution ? outputOf(execution) : { state: 'none' };
    this.documents = state === 'here' ? documentsIn(value) : [];
    if (state !== 'away' || size > AUTO) return;
    const whole = await readOutput(execution).catch(() => null);
    if (mark === this.#read) this.documents = documentsIn(whole);
  }

  render() {
    const wanted = fold(this.query.trim());
    const fits = ({ chunk }) => !wanted || fold(chunk.text).includes(wanted);
    const groups = groupsOf(this.value, this.documents)
      .map((group) => ({ ...group, items: group.items.filter(fits) })).filter(({ items }) => items.length);
    const left = groups.reduce((sum, { items }) => sum + items.length, 0) - this.shown;
    const { total, most } = this.#sum;
    const sum = t('chunks.sum', { n: this.value.length, tokens: total, most });
    return html`<div class="chunks-head"><p class="grow small">${sum}</p>
        ${this.#save('csv')}${this.#save('jsonl')}
        <input dir="auto" class="input chunks-filter" type="search" autocomplete="off" aria-label=${t('chunks.filter')}
          placeholder=${t('chunks.filter')} .value=${this.query}
          @input=${({ target }) => { this.query = target.value; this.shown = STEP; }}></div>
      <div class="viewer chunks" tabindex="0" role="region" aria-label=${t('output.kind_chunks')}>
        ${groups.length ? this.#groups(groups)
          : html`<p class="output-none muted">${t('chunks.no_match', { query: this.query })}</p>`}
        ${left > 0 ? html`<cb-more .left=${left} @more=${() => { this.shown += STEP; }}></cb-more>` : nothing}</div>`;
  }

  #groups(groups) {
    const named = groups.length > 1 || groups[0].title;
    // A page of one document has its title already.
    const titled = named && (groups.length > 1 || !this.source?.documents);
    let room = this.shown;
    return groups.map(({ doc, title, items }) => {
      const some = items.slice(0, Math.max(0, room));
      room -= some.length;
      if (some.length === 0) return nothing;
      return html`<section class="chunk-group" data-testid="chunk-group" data-doc=${doc}>
        ${titled ? html`<h4 class="chunk-title"><span dir="auto">${title || doc}</span>
          <span class="muted tiny">${t('chunks.of_document', { n: items.length })}</span></h4>` : nothing}
        <ol>${some.map((each) => this.#chunk(each, named))}</ol></section>`;
    });
  }

  /** Paper has no "more": all is drawn before the browser goes on. */
  #whole() {
    this.shown = Infinity;
    this.performUpdate();
  }

  #save(kind) {
    return html`<button class="btn btn-sm" type="button" data-testid="save-${kind}"
      @click=${() => this.#saved(kind)}>${icon('download', 14)}${t(`chunks.${kind}`)}</button>`;
  }

  #saved(kind) {
    if (kind === 'csv') saveText('chunks.csv', csvOf(this.value, this.documents), 'text/csv');
    else saveText('chunks.jsonl', jsonlOf(this.value), 'application/jsonl');
  }

  async #copy(text) {
    const done = await copyText(text);
    toast(t(done ? 'output.copied' : 'log.not_copied'), { tone: done ? 'ok' : 'bad' });
  }

  #chunk({ chunk, n, section, page }, named) {
    const { id, tokens, start, end, text, doc_id: doc, block_ids: blocks = [] } = chunk;
    return html`<li class="chunk" data-testid="chunk" data-id=${id ?? nothing}>
      <p class="chunk-facts tiny"><span class="chunk-n">${fmt.number(n)}</span>
        ${tokens === undefined ? nothing : this.#tokens(tokens)}
        ${section ? html`<span class="chunk-section" dir="auto">${section}</span>` : nothing}
        ${page ? html`<span class="muted">${t('chunks.page', { n: page })}</span>` : nothing}
        <span class="muted"><span class="visually-hidden">${t('chunks.offsets')} </span><code>${start}–${end}</code></span>
        ${blocks.length ? html`<span class="muted" title=${blocks.join(', ')}>${t('chunks.blocks', { n: blocks.length })}</span>` : nothing}
        ${doc && !named ? html`<code class="muted">${doc}</code>` : nothing}
        <span class="grow"></span>
        ${this.source && doc ? html`<a class="btn btn-sm btn-quiet" data-testid="show-in-document"
          aria-label=${t('chunks.show_named', { n })}
          href=${this.source.href({ doc, start, end })}>${t('chunks.show')}</a>` : nothing}
        <button class="btn btn-sm btn-icon btn-quiet" type="button" data-testid="copy-chunk"
          aria-label=${t('chunks.copy', { n })} title=${t('chunks.copy', { n })}
          @click=${() => this.#copy(text)}>${icon('copy', 14)}</button></p>
      <p class="chunk-text" dir="auto">${text}</p></li>`;
  }

  #tokens(tokens) {
    const share = this.#sum.most ? Math.round((tokens / this.#sum.most) * 100) : 0;
    return html`<span class="chunk-tokens">${t('chunks.tokens', { n: tokens })}<i aria-hidden="true"><b
      ${css({ 'inline-size': `${share}%` })}></b></i></span>`;
  }
}

customElements.define('cb-chunks', CbChunks);
