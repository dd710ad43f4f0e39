/*
 * A stage that a person does: the prompt to work from, and where its result is filled in or pasted.
 * The draft holds what is there so far; the approval beside it sends it. Emits `faults` { faults }.
 */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { schemaOf } from '../../core/output-form.js';
import { palette } from '../../core/palette.js';
import { copyText } from '../../core/save-file.js';
import { toast } from '../../core/toasts.js';
import { icon } from '../common/icons.js';
import './cb-output-editor.js';

await useStyles('cb-approval');

class CbManual extends CbElement {
  static properties = { step: {}, execution: {}, draft: {}, errors: {}, skip: {}, open: { state: true }, tried: {} };

  constructor() {
    super();
    Object.assign(this, { errors: new Map(), skip: [], open: true });
    this.watch(palette);
  }

  firstUpdated() {
    this.#emitChange();
  }

  render() {
    const prompt = this.execution.input?.prompt ?? '';
    const schema = schemaOf(this.step, palette.state.byId.get(this.step.type)?.entry);
    return html`<div class="stack">
      ${prompt ? html`<section class="card" aria-labelledby="prompt-title"><header class="card-head"><h3 class="grow" id="prompt-title">${t('manual.prompt')}</h3>
          <button class="btn btn-sm" type="button" data-testid="copy-prompt" @click=${() => this.#copy(prompt)}>${icon('copy', 14)}${t('manual.copy')}</button></header>
        <div class="prompt" data-testid="prompt" tabindex="0" role="group" aria-label=${t('manual.prompt')}>${prompt}</div></section>` : nothing}
      <section class="card" data-testid="manual-form" aria-labelledby="manual-title"><header class="card-head"><h3 class="grow" id="manual-title">${t('manual.title')}</h3><span class="muted tiny">${t('manual.kept')}</span></header>
        <div class="card-body"><cb-output-editor .schema=${schema} .value=${this.draft.state.output} .errors=${this.errors} .skip=${this.skip} .prefix=${`manual-${this.execution.id}`} .main=${'research' in (schema.properties ?? {}) ? 'research' : Object.keys(schema.properties ?? {})[0]}
          .start=${this.draft.state.typed} @value=${this.#set} @typed=${({ detail }) => this.#typed(detail.text)}></cb-output-editor></div></section></div>`;
  }

  check() {
    return this.querySelector('cb-output-editor').check();
  }

  #set = ({ detail }) => {
    this.draft.set({ output: detail.value, typed: null });
    this.#emitChange(detail.pointer);
  };

  /** Text that cannot be read yet is kept as well. */
  #typed(text) {
    this.draft.set({ typed: text });
    this.#emitChange('');
  }

  async #emitChange(pointer = null) {
    await new Promise(requestAnimationFrame);
    const editor = this.querySelector('cb-output-editor');
    if (editor) this.emit('faults', { faults: editor.faults(), pointer });
  }

  async #copy(prompt) {
    const done = await copyText(prompt);
    toast(t(done ? 'output.copied' : 'log.not_copied'), { tone: done ? 'ok' : 'bad' });
  }
}

customElements.define('cb-manual', CbManual);
