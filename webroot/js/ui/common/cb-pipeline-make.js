/*
 * The dialog that makes a pipeline: a copy of `from` ({ name, text }), or a new one with its first stage. Emits `closed`
 * { made }: the name of the new one, if there is one.
 */
import { api } from '../../core/api.js';
import { CbElement, html, nothing } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { palette } from '../../core/palette.js';
import { firstStages, isPipelineName, namedCopy, newPipeline } from '../../core/pipelines.js';
import { sentence } from '../../core/text.js';
import { selectField, textField } from './field.js';
import { showFirst } from './first-fault.js';
import { icon } from './icons.js';
import { problemText } from './stage-actions.js';

class CbPipelineMake extends CbElement {
  static properties = {
    from: {}, name: { state: true }, description: { state: true }, type: { state: true }, wrong: { state: true },
    rest: { state: true }, busy: { state: true },
  };
  #made = null;

  constructor() {
    super();
    Object.assign(this, { from: null, name: '', description: '', type: '', wrong: new Map(), rest: [], busy: false });
    this.watch(palette);
  }

  firstUpdated() {
    this.querySelector('dialog').showModal();
    this.querySelector('#pipeline-name').focus();
  }

  render() {
    const { from, wrong } = this;
    const field = (key, more = {}) => textField({
      id: `pipeline-${key}`, testid: `pipeline-${key}`, label: t(`pipeline.${key}`), value: this[key], error: wrong.get(key),
      set: (text) => { this[key] = text; }, ...more,
    });
    return html`<dialog class="dialog" aria-labelledby="pipeline-make-title" data-testid="pipeline-make"
      @close=${() => this.emit('closed', { made: this.#made })}><form method="dialog" novalidate @submit=${this.#submit}>
      <header class="dialog-head"><h2 class="grow" id="pipeline-make-title">
        ${from ? t('pipeline.copy_title', { name: from.name }) : t('pipeline.new_title')}</h2></header>
      <div class="dialog-body stack">
        ${this.rest.length ? html`<div class="notice notice-bad" role="alert">${icon('warn')}<div>
          ${this.rest.map((line) => html`<p>${line}</p>`)}</div></div>` : nothing}
        ${field('name', { required: true, mono: true, hint: t('pipeline.name_hint') })}
        ${from ? nothing : html`${field('description', { lines: 2 })}
          ${selectField({
            id: 'pipeline-first', testid: 'pipeline-first', label: t('pipeline.first'), hint: t('pipeline.first_hint'),
            value: this.type, error: wrong.get('type'), set: (type) => { this.type = type; }, options: this.#types(),
          })}`}
      </div>
      <footer class="dialog-foot">
        <button class="btn" type="button" @click=${() => this.querySelector('dialog').close()}>${t('dialog.cancel')}</button>
        <button class="btn btn-primary" type="submit" data-testid="make-pipeline" ?disabled=${this.busy}>
          ${t(from ? 'pipeline.copy' : 'pipeline.create')}</button></footer></form></dialog>`;
  }

  /** Stages whose settings can be left as they are; those that cannot run as they are stand apart. */
  #types() {
    const stages = firstStages([...palette.state.byId.values()].map(({ entry }) => entry))
      .map(({ runs, ...option }) => (runs ? option : { ...option, group: t('pipeline.first_not') }));
    return [{ value: '', label: t('form.choose') }, ...stages];
  }

  #submit = async (event) => {
    event.preventDefault();
    const name = this.name.trim();
    const wrong = new Map();
    if (!isPipelineName(name)) wrong.set('name', t(name ? 'pipeline.name_wrong' : 'check.required'));
    if (!this.from && !this.type) wrong.set('type', t('check.required'));
    Object.assign(this, { wrong, rest: [] });
    if (wrong.size || this.busy) {
      await showFirst(this);
      return;
    }
    this.busy = true;
    try {
      await this.#send(name);
      this.#made = name;
      this.querySelector('dialog').close();
    } catch (problem) {
      if (problem.status === 412) this.wrong = new Map([['name', t('pipeline.name_taken')]]);
      else this.rest = problem.errors?.length ? problem.errors.map(({ detail }) => sentence(detail)) : [problemText(problem)];
      await showFirst(this);
    } finally {
      this.busy = false;
    }
  };

  #send(name) {
    const path = `/api/pipelines/${encodeURIComponent(name)}`;
    if (this.from) return api.put(path, namedCopy(this.from.text, name), { type: 'application/yaml', ifNone: true });
    const stage = palette.state.byId.get(this.type).entry;
    return api.put(path, newPipeline(name, this.description.trim(), stage), { ifNone: true });
  }
}

customElements.define('cb-pipeline-make', CbPipelineMake);
