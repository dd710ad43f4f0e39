/*
 * The inputs of a new task: files that are dropped, picked or pasted, texts and addresses. `uploads` is an Uploads, `faultOf(item)` says what speaks against
 * a file (see source-fit.js). Emits `inputs-changed`.
 * Every file shows how much of it has gone; a failed one can be sent again.
 */
import { repeat } from 'lit/directives/repeat.js';
import { CbElement, css, html, nothing } from '../../core/base.js';
import { addressFault, addressIn } from '../../core/address.js';
import { announce } from '../../core/announce.js';
import { fmt, t } from '../../core/i18n.js';
import { toast } from '../../core/toasts.js';
import { icon } from '../common/icons.js';
import { problemText } from '../common/stage-actions.js';

const UNDO_MS = 8_000;

class CbInputs extends CbElement {
  static properties = { uploads: {}, error: {}, faultOf: {}, turn: {}, offers: {}, over: { state: true } };
  #depth = 0;

  constructor() {
    super();
    this.over = false;
    this.faultOf = () => null;
    this.offers = { files: true, text: true, urls: true };
  }

  connectedCallback() {
    super.connectedCallback();
    this.until(this.uploads.subscribe(() => this.requestUpdate()));
    this.listen(window, 'dragover', (event) => hasFiles(event) && event.preventDefault());
    this.listen(window, 'dragenter', (event) => this.#dragged(event, 1));
    this.listen(window, 'dragleave', (event) => this.#dragged(event, -1));
    this.listen(window, 'drop', (event) => this.#dropped(event));
  }

  render() {
    const { items } = this.uploads.state;
    return html`<section class="card inputs" aria-labelledby="inputs-title">
      <header class="card-head"><h2 class="grow" id="inputs-title">${t('input.title')}</h2>${items.length ? html`<span class="muted small">${this.#sum(items)}</span>` : nothing}</header>
      ${this.#ways(items)}
      ${this.error ? html`<p class="error-text inputs-error" id="inputs-error" data-testid="input-error">${icon('warn', 14)}${this.error}</p>` : nothing}
      ${items.length ? html`<ul class="upload-list">${repeat(items, ({ key }) => key, (item) => html`<li class="upload" data-testid="upload" data-status=${item.status} data-kind=${item.kind}>${this.#item(item)}</li>`)}</ul>` : nothing}
    </section>`;
  }

  /** What the chosen pipeline takes from a person, by its sources. */
  #ways(items) {
    const { files, text, urls } = this.offers;
    if (!files && !text && !urls) return html`<p class="card-body muted" data-testid="no-input">${t('input.none_needed')}</p>`;
    const words = files ? t(this.over ? 'input.drop_now' : 'input.drop') : t('input.no_files');
    const invalid = this.error ? 'true' : nothing;
    const described = this.error ? 'inputs-error' : nothing;
    const button = (testid, name, label, click) => html`<button class="btn" type="button" data-testid=${testid}
      aria-invalid=${invalid} aria-describedby=${described} @click=${click}>${icon(name, 16)}${t(label)}</button>`;
    return html`<div class="drop" data-over=${this.over ? '' : nothing} data-small=${items.length ? '' : nothing}>
      ${icon(files ? 'upload' : 'edit', items.length ? 20 : 28)}
      <p class="drop-words">${words}</p>
      <div class="row-wrap drop-buttons">
        ${files ? button('choose-files', 'plus', 'input.choose', () => this.querySelector('.file-input').click()) : nothing}
        ${text ? button('add-text', 'edit', 'input.paste', () => this.#addText()) : nothing}
        ${urls ? button('add-url', 'arrow', 'input.add_url', () => this.#addUrl()) : nothing}</div>
      <input class="file-input" type="file" multiple hidden data-testid="file-input" aria-label=${t('input.choose')} @change=${this.#chosen}>
    </div>`;
  }

  #item(item) {
    if (item.kind === 'url') return this.#url(item);
    return item.kind === 'text' ? this.#text(item) : this.#file(item);
  }

  #sum(items) {
    const size = items.reduce((sum, each) => sum + each.size, 0);
    return t('input.sum', { n: items.length, size: fmt.bytes(size) });
  }

  #file(item) {
    const { key, name, size, status, sent, problem } = item;
    const share = size > 0 ? Math.round((sent / size) * 100) : 0;
    const fault = item.kind === 'file' && status !== 'lost' ? this.faultOf(item) : null;
    const words = { lost: t('input.lost'), waiting: t('input.waiting'), sending: t('input.sending', { share: fmt.number(share / 100, { style: 'percent' }), sent: fmt.bytes(sent), size: fmt.bytes(size) }), done: fmt.bytes(size), failed: problem ? problemText(problem) : '' }[status];
    const look = problem || fault || status === 'lost' ? ['bad', 'warn'] : status === 'done' ? ['ok', 'check'] : ['run', 'upload'];
    return html`<span class="upload-icon tone-${look[0]}">${icon(look[1], 18)}</span>
      <div class="grow"><p class="upload-name">${name}</p>
        <p class="tiny ${problem || fault || status === 'lost' ? 'tone-bad' : 'muted'}" id="upload-${key}" data-testid="upload-words">${fault ? faultText(fault) : status === 'done' && problem ? problem.detail : words}</p>
        ${status === 'sending' || (status === 'waiting' && !fault) ? html`<div class="progress" role="progressbar" aria-label=${t('input.progress', { name })} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${share} data-known="yes"><i ${css({ 'inline-size': `${share}%` })}></i></div>` : nothing}</div>
      ${status === 'failed' ? html`<button class="btn btn-sm" type="button" data-testid="retry-upload" aria-describedby="upload-${key}" @click=${() => this.uploads.retry(key)}>${icon('retry', 14)}${t('outline.retry')}</button>` : nothing}
      ${status === 'lost' ? html`<button class="btn btn-sm" type="button" data-testid="choose-again" aria-describedby="upload-${key}" @click=${() => this.querySelector('.file-input').click()}>${t('input.choose_again')}</button>` : nothing}
      ${this.#remove(item)}`;
  }

  #text(item) {
    const { key, text, problem } = item;
    const id = `text-${key}`;
    return html`<span class="upload-icon">${icon('edit', 18)}</span>
      <div class="grow field"><label for=${id}>${t('input.text')}</label>
        <textarea dir="auto" class="textarea mono" id=${id} rows="6" data-testid="text-input" aria-invalid=${problem ? 'true' : nothing} .value=${text}
          @input=${({ target }) => { this.uploads.setText(key, target.value); this.emit('inputs-changed'); }}></textarea>
        ${problem ? html`<span class="error">${problem.detail}</span>` : nothing}
        ${addressIn(text) ? html`<p class="hint row-wrap" data-testid="text-is-url">${t('input.is_url')}
          <button class="btn btn-sm" type="button" data-testid="use-as-url" @click=${() => this.#toUrl(key)}>
            ${t('input.use_as_url')}</button></p>` : nothing}</div>
      ${this.#remove(item)}`;
  }

  #url(item) {
    const { key, text, problem } = item;
    const id = `url-${key}`;
    const fault = text.trim() ? this.faultOf(item) : null;
    const form = text.trim() ? addressFault(text) : null;
    const wrong = form ? t(`input.not_url_${form}`) : problem?.detail ?? (fault && faultText(fault));
    return html`<span class="upload-icon">${icon('arrow', 18)}</span>
      <div class="grow field"><label for=${id}>${t('input.url')}</label>
        <input class="input" id=${id} type="url" inputmode="url" autocomplete="url" placeholder="https://" data-testid="url-input"
          aria-invalid=${wrong ? 'true' : nothing} aria-describedby=${wrong ? `${id}-wrong` : nothing} .value=${text}
          @input=${({ target }) => { this.uploads.setText(key, target.value); this.emit('inputs-changed'); }}>
        ${wrong ? html`<span class="error" id="${id}-wrong" data-testid="url-wrong">${wrong}</span>` : nothing}</div>
      ${this.#remove(item)}`;
  }

  #remove({ key, name, kind }) {
    const called = kind === 'file' ? name : t(`input.${kind}`);
    return html`<button class="btn btn-sm btn-icon btn-quiet" type="button" aria-label=${t('input.remove', { name: called })}
      @click=${() => this.#drop(key, called)}>${icon('close', 16)}</button>`;
  }

  #drop(key, name) {
    const putBack = this.uploads.remove(key);
    this.emit('inputs-changed');
    const action = { label: t('undo'), testid: 'undo', run: putBack };
    toast(t('input.removed', { name }), { ms: UNDO_MS, action });
    this.querySelector('.drop-buttons button')?.focus();
  }

  #chosen({ target }) {
    this.#add(target.files);
    target.value = '';
  }

  #add(files) {
    const n = this.uploads.addFiles(files);
    if (n) announce(t('input.added', { n }));
    this.emit('inputs-changed');
  }

  async #addText() {
    const key = this.uploads.addText();
    this.emit('inputs-changed');
    await this.updateComplete;
    this.querySelector(`#text-${key}`)?.focus();
  }

  async #addUrl() {
    const key = this.uploads.addUrl();
    this.emit('inputs-changed');
    await this.updateComplete;
    this.querySelector(`#url-${key}`)?.focus();
  }

  async #toUrl(key) {
    this.uploads.toUrl(key);
    this.emit('inputs-changed');
    await this.updateComplete;
    this.querySelector(`#url-${key}`)?.focus();
  }

  #dragged(event, by) {
    if (!hasFiles(event) || !this.offers.files) return;
    event.preventDefault();
    this.#depth = Math.max(0, this.#depth + by);
    this.over = this.#depth > 0;
  }

  #dropped(event) {
    this.#depth = 0;
    this.over = false;
    if (!hasFiles(event)) return;
    event.preventDefault();
    if (!this.offers.files) return;
    const entries = [...event.dataTransfer.items].filter(({ kind }) => kind === 'file');
    this.#add(entries.filter((entry) => !entry.webkitGetAsEntry?.()?.isDirectory).map((entry) => entry.getAsFile()).filter(Boolean));
  }
}

function faultText({ code, params = {} }) {
  const { size, most, ...rest } = params;
  return t(`input.fault_${code}`, code === 'large' ? { ...rest, size: fmt.bytes(size), most: fmt.bytes(most) } : rest);
}

function hasFiles(event) {
  return [...(event.dataTransfer?.types ?? [])].includes('Files');
}

customElements.define('cb-inputs', CbInputs);
