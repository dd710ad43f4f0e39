/*
 * What an attempt put out, shown by what it is: documents, chunks, files, text, else a tree of JSON.
 * Every output can also be read as a tree and raw. Large ones are fetched, larger ones when asked for.
 */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { fmt, t } from '../../core/i18n.js';
import { kindOf } from '../../core/output-kind.js';
import { handMade, AUTO, MOST, outputOf, outputPath, readOutput } from '../../core/outputs.js';
import { copyText } from '../../core/save-file.js';
import { toast } from '../../core/toasts.js';
import { nameOf, who } from '../../core/who.js';
import { icon } from '../common/icons.js';
import { problemText } from '../common/stage-actions.js';
import { outputView } from './output-views.js';

await useStyles('cb-output');

class CbOutput extends CbElement {
  static properties = {
    execution: {}, format: {}, edited: {}, pending: { type: Boolean }, choice: {}, place: {}, source: {},
    original: { state: true }, mode: { state: true }, loaded: { state: true }, problem: { state: true },
    loading: { state: true },
  };
  #mark = null;

  constructor() {
    super();
    Object.assign(this, { format: null, choice: null, pending: false, original: false, mode: 'view', loaded: undefined, problem: null, loading: false });
    this.watch(who);
  }

  willUpdate(changed) {
    if (!changed.has('execution')) return;
    const { id, output_ref: ref } = this.execution;
    const mark = `${id} ${ref?.sha256 ?? ''}`;
    if (mark === this.#mark) return;
    this.#mark = mark;
    Object.assign(this, { loaded: undefined, problem: null, loading: false });
    const { state, size } = outputOf(this.execution);
    if (state === 'away' && size <= AUTO) this.#load();
  }

  render() {
    const out = outputOf(this.execution);
    const changed = this.edited !== undefined && this.edited !== null;
    const whole = out.state === 'away' ? this.loaded : out.value;
    const had = out.state !== 'none';
    const filled = !this.pending && handMade(this.execution);
    const value = changed && !(this.original && had) ? this.edited : whole;
    const ready = value === this.edited && changed ? true : out.state === 'here' || (out.state === 'away' && value !== undefined);
    const kind = ready ? kindOf(value, this.format) : null;
    return html`<section class="card output-card" data-testid="output" data-kind=${kind ?? out.state} aria-label=${t('output.title')}>
      <header class="card-head output-head"><h3>${t('output.title')}</h3>
        <span class="muted small">${this.#about(kind, value, out.size)}</span><span class="grow"></span>
        ${ready ? this.#tools(kind, value) : nothing}</header>
      ${filled ? this.#filled() : changed && had ? this.#versions() : nothing}
      ${!ready && out.state === 'none' ? html`<p class="output-none muted">${t('output.none')}</p>` : ready ? this.#view(kind, value) : this.#away(out.size)}
    </section>`;
  }

  #view(kind, value) {
    const { id: name, decision } = this.execution;
    const choice = this.original ? null : this.choice;
    const { place, source } = this;
    return outputView(this.mode === 'view' ? kind : this.mode, value, { choice, taken: decision?.selected, name, place, source });
  }

  #filled() {
    const by = nameOf(this.execution.decision?.by);
    return html`<p class="output-filled small" data-testid="filled-in">${icon('edit', 14)}${t('output.filled_by', { by })}</p>`;
  }

  /** An edited output, with the original to compare. */
  #versions() {
    const one = (name, on) => html`<label><input type="radio" name="version-${this.execution.id}" data-testid="version-${name}" .checked=${on} @change=${() => { this.original = name === 'original'; }}><span>${t(`output.${name}`)}</span></label>`;
    return html`<div class="output-versions" data-testid="versions"><span class="badge badge-wait">${icon('edit', 12)}${t('output.edited')}</span>
      <span class="small grow">${t(this.pending ? 'output.edited_pending' : 'output.edited_by', { by: nameOf(this.execution.decision?.by) })}</span>
      <div class="segmented" role="radiogroup" aria-label=${t('output.version')}>${one('edited', !this.original)}${one('original', this.original)}</div></div>`;
  }

  #about(kind, value, size) {
    const count = this.execution.output_count;
    const parts = [kind && kind !== 'none' ? t(`output.kind_${kind}`) : null, Array.isArray(value) ? fmt.number(value.length) : count > 1 ? fmt.number(count) : null, size ? fmt.bytes(size) : null];
    return parts.filter(Boolean).join(' · ');
  }

  #tools(kind, value) {
    const modes = kind === 'json' ? ['view', 'raw'] : ['view', 'json', 'raw'];
    const name = (mode) => t(mode === 'view' ? (kind === 'json' ? 'output.tree' : 'output.readable') : mode === 'json' ? 'output.tree' : 'output.raw');
    const mode = modes.includes(this.mode) ? this.mode : 'view';
    return html`<div class="output-tools"><div class="segmented" role="radiogroup" aria-label=${t('output.view')}>
        ${modes.map((each) => html`<label><input type="radio" name="view-${this.execution.id}" value=${each} data-testid="view-${each}" .checked=${each === mode} @change=${() => { this.mode = each; }}><span>${name(each)}</span></label>`)}</div>
      <button class="btn btn-sm btn-icon" type="button" aria-label=${t('output.copy')} title=${t('output.copy')} @click=${() => this.#copy(value)}>${icon('copy', 16)}</button>
      ${this.#download(true)}</div>`;
  }

  #download(small) {
    const { stage, attempt } = this.execution;
    return html`<a class=${small ? 'btn btn-sm btn-icon' : 'btn'} href=${outputPath(this.execution)} download=${`${stage}-${attempt}.json`}
      aria-label=${t('output.download')} title=${t('output.download')}>${icon('download', 16)}${small ? nothing : t('output.download')}</a>`;
  }

  #away(size) {
    if (this.problem) return html`<div class="output-away"><p>${problemText(this.problem)}</p><div class="row-wrap"><button class="btn" type="button" @click=${() => this.#load()}>${icon('retry', 16)}${t('outline.retry')}</button>${this.#download()}</div></div>`;
    if (this.loading) return html`<p class="output-none muted" aria-busy="true">${t('output.loading', { size: fmt.bytes(size) })}</p>`;
    const tooLarge = size > MOST;
    return html`<div class="output-away"><p>${t(tooLarge ? 'output.too_large' : 'output.large', { size: fmt.bytes(size) })}</p>
      <div class="row-wrap">${tooLarge ? nothing : html`<button class="btn" type="button" data-testid="load-output" @click=${() => this.#load()}>${t('output.show')}</button>`}${this.#download()}</div></div>`;
  }

  async #load() {
    const mark = this.#mark;
    Object.assign(this, { loading: true, problem: null });
    try {
      const value = await readOutput(this.execution);
      if (mark === this.#mark) this.loaded = value;
    } catch (problem) {
      if (mark === this.#mark) this.problem = problem;
    }
    if (mark === this.#mark) this.loading = false;
  }

  async #copy(value) {
    const done = await copyText(typeof value === 'string' ? value : JSON.stringify(value, null, 2));
    toast(t(done ? 'output.copied' : 'log.not_copied'), { tone: done ? 'ok' : 'bad' });
  }
}

customElements.define('cb-output', CbOutput);
