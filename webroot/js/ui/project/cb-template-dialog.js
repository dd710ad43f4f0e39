/*
 * The dialog that edits a project's stage template, or adds one: a `template` without id is new. What is typed is kept as a draft until it is saved or discarded. When
 * somebody else saves or deletes the stage meanwhile, it shows the difference and asks whose is to stay. Emits `closed`.
 */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { drafts } from '../../core/drafts.js';
import { t } from '../../core/i18n.js';
import { palette } from '../../core/palette.js';
import { feeds, placeholders } from '../../core/port-inputs.js';
import { templateBody, templateForm } from '../../core/projects.js';
import { escape, givenValues, place } from '../../core/schema-form.js';
import { memberDiff, mergeMembers } from '../../core/text-diff.js';
import { toast } from '../../core/toasts.js';
import '../common/cb-form.js';
import { showFirst } from '../common/first-fault.js';
import { portFields } from './port-fields.js';
import { conflictNotice } from '../common/conflict-notice.js';
import { draftKept, draftNotice } from '../common/draft-notice.js';
import { selectField, textField } from '../common/field.js';
import { icon } from '../common/icons.js';
import { problemText } from '../common/stage-actions.js';

await useStyles('cb-projects');

const FORMATS = ['', 'research', 'options', 'plan', 'findings', 'text', 'pr_preparation'];
const SOURCES = ['user', 'previous_stage', 'both'];
const RULES = ['none', 'approval', 'selection', 'fields'];
const LABELS = {
  name: 'name', prompt_template: 'prompt', input_source: 'source', output_format: 'format', output_schema: 'schema',
  rule: 'rule', min: 'min', max: 'max', fields: 'fields', config: 'settings', inputs: 'ports', policy: 'policy',
  needs: 'needs',
};

class CbTemplateDialog extends CbElement {
  static properties = {
    template: {}, templates: {}, form: { state: true }, errors: { state: true }, rest: { state: true },
    busy: { state: true }, restored: { state: true }, kept: { state: true }, theirs: { state: true },
    settingFaults: { state: true },
  };
  /** What the draft began from, and the revision that the next save is to replace. */
  #base = null;
  #began = null;
  #from = null;

  constructor() {
    super();
    Object.assign(this, { errors: new Map(), rest: [], busy: false, restored: null, kept: null, theirs: null, settingFaults: new Map() });
    this.watch(palette);
  }

  connectedCallback() {
    super.connectedCallback();
    this.until(this.templates.subscribe(() => this.#heard()));
  }

  willUpdate() {
    if (this.form) return;
    this.#begin(this.template);
    const found = drafts.read(this.#place);
    if (!found) return;
    const { form, base, revision } = found.value;
    // A draft of an earlier version says less.
    Object.assign(this, { form: { ...this.#base, ...form }, restored: found.at, kept: true });
    this.#base = { ...this.#base, ...base };
    this.#began = this.#from = revision;
    this.#heard();
  }

  get #place() {
    return `template:${this.template.id ?? `new ${this.template.type}`}`;
  }

  #begin(template) {
    this.form = this.#base = templateForm(template);
    this.#began = this.#from = template.revision;
  }

  /** Somebody else's save is shown at once; what this person did not change here becomes theirs. */
  #heard() {
    const { items } = this.templates.state;
    if (!items || !this.form || this.busy || !this.template.id) return;
    const now = items.find(({ id }) => id === this.template.id);
    if (now && now.revision <= this.#from) return;
    if (!now) {
      this.theirs = 'deleted';
      return;
    }
    const theirs = templateForm(now);
    this.form = mergeMembers(this.#base, this.form, theirs);
    this.#from = now.revision;
    if (memberDiff(this.form, theirs, Object.keys(LABELS)).length) {
      this.theirs = theirs;
      this.#keep();
    } else {
      this.#begin(now);
      this.theirs = null;
      drafts.drop(this.#place);
    }
  }

  firstUpdated() {
    this.querySelector('dialog').showModal();
  }

  render() {
    const { form } = this;
    const text = (key, more = {}) => textField({ id: `template-${key}`, testid: `template-${key}`, value: form[key], error: this.errors.get(key), set: (value) => this.#set(key, value), ...more });
    const choice = (key, values, label) => selectField({ id: `template-${key}`, testid: `template-${key}`, label: t(`template.${label}`), value: form[key], options: values.map((value) => ({ value, label: t(`template.${label}_${value}`) })), set: (value) => this.#set(key, value) });
    return html`<dialog class="dialog template-dialog" aria-labelledby="template-title" data-testid="template-dialog" @close=${() => this.emit('closed')}>
      <header class="dialog-head"><h2 class="grow" id="template-title">${t(this.template.id ? 'template.title' : 'template.new', { name: this.template.name })}</h2><button class="btn btn-quiet btn-icon" type="button" aria-label=${t('template.close')} @click=${this.#close}>${icon('close')}</button></header>
      <div class="dialog-body stack">
        ${this.#notices()}
        ${text('name', { label: t('template.name'), required: true })}
        ${this.#settings()}
        ${this.#ports()}
        <div class="stack">${text('prompt_template', { label: t('template.prompt'), hint: t('template.prompt_hint'), lines: 12, mono: true })}
          <div class="chips" role="group" aria-label=${t('template.prompt')}>${placeholders(this.#schema).map((name) => html`<button class="chip mono" type="button" @click=${() => this.#insert(name)}>${`{{${name}}}`}</button>`)}</div></div>
        <div class="form-grid">${choice('input_source', SOURCES, 'source')}${choice('output_format', FORMATS, 'format')}${choice('rule', RULES, 'rule')}</div>
        ${form.rule === 'selection' ? html`<div class="form-grid">${text('min', { label: t('template.min') })}${text('max', { label: t('template.max') })}</div>` : nothing}
        ${form.rule === 'fields' ? text('fields', { label: t('template.fields'), hint: t('template.fields_hint') }) : nothing}
        <div class="form-grid">${text('policy', { label: t('template.policy'), hint: t('template.policy_hint'), mono: true })}
          ${text('needs', { label: t('template.needs'), hint: t('template.needs_hint'), mono: true })}</div>
        <details ?open=${this.errors.has('output_schema')}><summary class="template-schema">${t('template.schema')}</summary>${text('output_schema', { label: t('template.schema'), hint: t('template.schema_hint'), lines: 8, mono: true, quiet: true })}</details>
        ${this.rest.length ? html`<div class="notice notice-bad" role="alert">${icon('warn')}<div>${this.rest.map((line) => html`<p>${line}</p>`)}</div></div>` : nothing}
      </div>
      <footer class="dialog-foot"><span class="grow">${this.kept === null ? nothing : draftKept(this.kept)}</span>
        <button class="btn" type="button" data-testid="close-template" @click=${this.#close}>${t('dialog.cancel')}</button>
        <button class="btn btn-primary" type="button" data-testid="save-template" ?disabled=${this.busy || this.theirs !== null} @click=${this.#save}>${t(this.template.id ? 'template.save' : 'template.add')}</button></footer></dialog>`;
  }

  get #schema() {
    return palette.state.byId.get(this.template.type)?.entry.settings_schema ?? [];
  }

  #settings() {
    const schema = this.#schema;
    if (!schema.length) return nothing;
    return html`<fieldset class="rows-editor" data-testid="template-settings"><legend class="label">${t('template.settings')}</legend>
      <cb-form .schema=${schema} .values=${this.form.config} .errors=${this.settingFaults} .prefix=${'setting'}
        @values=${({ detail }) => this.#set('config', givenValues(schema, detail.values, this.#base.config))}></cb-form></fieldset>`;
  }

  /** What feeds each port; a stage for which nothing is chosen takes what comes right before it. */
  #ports() {
    const entry = palette.state.byId.get(this.template.type)?.entry;
    const entryOf = (type) => palette.state.byId.get(type)?.entry;
    const { inputs } = this.form;
    return portFields({
      ports: entry?.ports?.inputs ?? [], inputs, errors: this.errors,
      from: feeds(this.templates.state.items ?? [], this.template, entryOf),
      set: (port, from) => this.#set('inputs', { ...inputs, [port]: from }),
    });
  }

  #notices() {
    if (this.theirs === 'deleted') {
      return html`<div class="notice notice-wait" role="alert" data-testid="conflict">${icon('warn')}<p class="grow">${t('template.deleted')}</p>
        <button class="btn btn-sm" type="button" data-testid="add-again" ?disabled=${this.busy} @click=${this.#addAgain}>${t('template.add_again')}</button></div>`;
    }
    if (this.theirs) {
      const parts = memberDiff(this.form, this.theirs, Object.keys(LABELS)).map((each) => ({ ...each, label: t(`template.${LABELS[each.key]}`) }));
      return conflictNotice({ text: t('template.changed'), parts, mine: this.#save, theirs: this.#discard, busy: this.busy });
    }
    return this.restored ? draftNotice({ at: this.restored, discard: this.#discard }) : nothing;
  }

  #close = () => this.querySelector('dialog').close();

  /** What is saved now, theirs in a conflict, is in the form again. */
  #discard = () => {
    drafts.drop(this.#place);
    const now = this.templates.state.items.find(({ id }) => id === this.template.id);
    this.#begin(now ?? this.template);
    Object.assign(this, { restored: null, kept: null, theirs: now ? null : 'deleted', errors: new Map(), rest: [] });
  };

  #keep() {
    this.kept = drafts.keep(this.#place, { form: this.form, base: this.#base, revision: this.#began });
  }

  #addAgain = () => this.#send(({ type }, body) => this.templates.add({ type, ...body }));

  #set(key, value) {
    this.form = { ...this.form, [key]: value };
    this.#keep();
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

  #save = () => this.#send(this.template.id
    ? ({ id }, body) => this.templates.change({ id, revision: this.#from }, body)
    : ({ type }, body) => this.templates.add({ type, ...body }));

  async #send(write) {
    const { body, faults = [] } = templateBody(this.form);
    // What is not changed is not sent: a stage that is removed may feed a port, and come back.
    if (body && JSON.stringify(body.inputs) === JSON.stringify(this.#base.inputs)) delete body.inputs;
    const settings = this.querySelector('cb-form')?.check() ?? [];
    if (faults.length || settings.length) {
      this.errors = new Map(faults.map(({ at, code }) => [at, t(`check.${code}`)]));
      await showFirst(this);
      return;
    }
    Object.assign(this, { busy: true, rest: [], settingFaults: new Map() });
    try {
      await write(this.template, body);
      drafts.drop(this.#place);
      toast(t(this.template.id ? 'template.saved' : 'project.added', { name: body.name }));
      this.#close();
    } catch (problem) {
      await this.#refused(problem, body);
    } finally {
      this.busy = false;
      this.#heard();
    }
  }

  async #refused(problem, body) {
    if (problem.status === 412 || problem.status === 404) {
      await this.templates.load();
      return;
    }
    const settings = this.#schema.map(({ key }) => `/config/${escape(key)}`);
    const ports = Object.keys(this.form.inputs).map((port) => `/inputs/${escape(port)}`);
    const members = Object.keys(body).filter((key) => key !== 'config').map((key) => `/${key}`);
    const { placed, rest } = place(problem.errors ?? [], new Set([...members, ...settings, ...ports]));
    const of = (pointer) => ({ '/approval': 'fields', '/metadata_overrides': 'needs' })[pointer] ?? pointer.slice(1);
    this.errors = new Map([...placed].map(([pointer, detail]) => [of(pointer), detail]));
    this.settingFaults = new Map([...placed].filter(([pointer]) => pointer.startsWith('/config/'))
      .map(([pointer, detail]) => [pointer.slice('/config'.length), detail]));
    this.rest = placed.size || rest.length ? rest : [problemText(problem)];
  }
}

customElements.define('cb-template-dialog', CbTemplateDialog);
