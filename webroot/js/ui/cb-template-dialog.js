/* The dialog that edits a project's stage template. Tells `closed`. */
import { CbElement, html, nothing, useStyles } from '../core/base.js';
import { t } from '../core/i18n.js';
import { approvalParts, templateBody } from '../core/projects.js';
import { place } from '../core/schema-form.js';
import { toast } from '../core/toasts.js';
import { selectField, textField } from './field.js';
import { icon } from './icons.js';
import { problemText } from './stage-actions.js';

await useStyles('cb-projects');

const PLACEHOLDERS = ['task_description', 'previous_output', 'user_input', 'prior_attempt_output', 'available_stages', 'stage_summaries'];
const FORMATS = ['', 'research', 'options', 'plan', 'findings', 'text', 'pr_preparation'];
const SOURCES = ['user', 'previous_stage', 'both'];
const RULES = ['none', 'approval', 'selection', 'fields'];

class CbTemplateDialog extends CbElement {
  static properties = { template: {}, templates: {}, form: { state: true }, errors: { state: true }, rest: { state: true }, busy: { state: true } };

  constructor() {
    super();
    Object.assign(this, { errors: new Map(), rest: [], busy: false });
  }

  willUpdate() {
    const { name, prompt_template: prompt, input_source: source, output_format: format, output_schema: schema, approval } = this.template;
    this.form ??= { name, prompt_template: prompt ?? '', input_source: source ?? 'previous_stage', output_format: format ?? '', output_schema: schema ? JSON.stringify(schema, null, 2) : '', ...approvalParts(approval) };
  }

  firstUpdated() {
    this.querySelector('dialog').showModal();
  }

  render() {
    const { form } = this;
    const text = (key, more = {}) => textField({ id: `template-${key}`, testid: `template-${key}`, value: form[key], error: this.errors.get(key), set: (value) => this.#set(key, value), ...more });
    const choice = (key, values, label) => selectField({ id: `template-${key}`, testid: `template-${key}`, label: t(`template.${label}`), value: form[key], options: values.map((value) => ({ value, label: t(`template.${label}_${value}`) })), set: (value) => this.#set(key, value) });
    return html`<dialog class="dialog template-dialog" aria-labelledby="template-title" data-testid="template-dialog" @close=${() => this.emit('closed')}>
      <header class="dialog-head"><h2 class="grow" id="template-title">${t('template.title', { name: this.template.name })}</h2><button class="btn btn-quiet btn-icon" type="button" aria-label=${t('template.close')} @click=${this.#close}>${icon('close')}</button></header>
      <div class="dialog-body stack">
        ${text('name', { label: t('template.name'), required: true })}
        <div class="stack">${text('prompt_template', { label: t('template.prompt'), hint: t('template.prompt_hint'), lines: 12, mono: true })}
          <div class="chips" role="group" aria-label=${t('template.prompt')}>${PLACEHOLDERS.map((name) => html`<button class="chip mono" type="button" @click=${() => this.#insert(name)}>${`{{${name}}}`}</button>`)}</div></div>
        <div class="form-grid">${choice('input_source', SOURCES, 'source')}${choice('output_format', FORMATS, 'format')}${choice('rule', RULES, 'rule')}</div>
        ${form.rule === 'selection' ? html`<div class="form-grid">${text('min', { label: t('template.min') })}${text('max', { label: t('template.max') })}</div>` : nothing}
        ${form.rule === 'fields' ? text('fields', { label: t('template.fields'), hint: t('template.fields_hint') }) : nothing}
        <details ?open=${this.errors.has('output_schema')}><summary class="template-schema">${t('template.schema')}</summary>${text('output_schema', { label: t('template.schema'), hint: t('template.schema_hint'), lines: 8, mono: true, quiet: true })}</details>
        ${this.rest.length ? html`<div class="notice notice-bad" role="alert">${icon('warn')}<div>${this.rest.map((line) => html`<p>${line}</p>`)}</div></div>` : nothing}
      </div>
      <footer class="dialog-foot"><button class="btn" type="button" @click=${this.#close}>${t('dialog.cancel')}</button>
        <button class="btn btn-primary" type="button" data-testid="save-template" ?disabled=${this.busy} @click=${this.#save}>${t('template.save')}</button></footer></dialog>`;
  }

  #close = () => this.querySelector('dialog').close();

  #set(key, value) {
    this.form = { ...this.form, [key]: value };
    if (this.errors.has(key)) this.errors = new Map([...this.errors].filter(([at]) => at !== key));
  }

  async #insert(name) {
    const box = this.querySelector('#template-prompt_template');
    const at = box.selectionStart ?? box.value.length;
    const word = `{{${name}}}`;
    this.#set('prompt_template', box.value.slice(0, at) + word + box.value.slice(box.selectionEnd ?? at));
    await this.updateComplete;
    box.focus();
    box.setSelectionRange(at + word.length, at + word.length);
  }

  #save = async () => {
    const { body, faults } = templateBody(this.form);
    if (faults) {
      this.errors = new Map(faults.map(({ at, code }) => [at, t(`check.${code}`)]));
      await this.updateComplete;
      this.querySelector('[aria-invalid="true"]')?.focus();
      return;
    }
    Object.assign(this, { busy: true, rest: [] });
    try {
      await this.templates.change(this.template, body);
      toast(t('template.saved', { name: body.name }));
      this.#close();
    } catch (problem) {
      const { placed, rest } = place(problem.errors ?? [], new Set(Object.keys(body).map((key) => `/${key}`)));
      this.errors = new Map([...placed].map(([pointer, detail]) => [pointer === '/approval' ? 'fields' : pointer.slice(1), detail]));
      this.rest = placed.size || rest.length ? rest : [problem.status === 412 ? t('template.changed') : problemText(problem)];
    } finally {
      this.busy = false;
    }
  };
}

customElements.define('cb-template-dialog', CbTemplateDialog);
