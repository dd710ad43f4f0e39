/*
 * Adds or edits a custom stage. `request` = { mode: 'new'|'edit', item, definition, refused } (see
 * stage-actions.js). Emits `stage-saved` { id } once it is written or safely kept for later.
 */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { checkDefinition } from '../../core/definition-check.js';
import { definitionOf as definitionOfEntry } from '../../core/definition.js';
import { drafts } from '../../core/drafts.js';
import { askExecutors, executorNamed, executors, readKeys, typedConfig } from '../../core/executors.js';
import { t } from '../../core/i18n.js';
import { outbox, palette } from '../../core/palette.js';
import { knownTypes } from '../../core/port-type.js';
import { byPointer, place } from '../../core/schema-form.js';
import { definitionOf, draftOf, emptyDraft, keepDraft, keptDraft, pointers } from '../../core/stage-draft.js';
import { idFromName } from '../../core/text.js';
import { memberDiff } from '../../core/text-diff.js';
import { toast } from '../../core/toasts.js';
import { conflictNotice } from '../common/conflict-notice.js';
import { draftNotice } from '../common/draft-notice.js';
import { executorFields } from './executor-fields.js';
import { selectField, textField } from '../common/field.js';
import { showFirst } from '../common/first-fault.js';
import { icon } from '../common/icons.js';
import { portsEditor } from './ports-editor.js';
import { resultFields } from './result-fields.js';
import { schemaEditor } from './schema-editor.js';
import { closeDialog, problemText } from '../common/stage-actions.js';

await useStyles('cb-stage-dialog');

class CbStageDialog extends CbElement {
  static properties = {
    request: {}, draft: { state: true }, left: { state: true }, refusals: { state: true }, notes: { state: true },
    busy: { state: true }, conflict: { state: true }, restored: { state: true },
  };

  #began = null;

  constructor() {
    super();
    this.watch(palette, () => this.#heard());
    this.watch(executors);
    // It is not needed for the first look at the dialog.
    import('./cb-try.js').catch((problem) => toast(problemText(problem), { tone: 'bad' }));
    askExecutors().catch((problem) => toast(problemText(problem), { tone: 'bad' }));
  }

  willUpdate(changed) {
    if (!changed.has('request')) return;
    const { mode, item, definition, refused } = this.request;
    const given = definition ? draftOf(definition) : emptyDraft();
    this.purpose = mode === 'edit' ? `edit ${item.id}` : definition ? `copy ${definition.id}` : 'new';
    const kept = keptDraft(drafts, this.purpose);
    Object.assign(this, {
      draft: kept?.draft ?? given, given, restored: kept?.at ?? null, left: new Set(), refusals: new Map(), notes: [],
      busy: false, conflict: false,
    });
    this.#began = kept ? kept.revision : (item && palette.known(item.id)?.entry.revision) ?? null;
    this.#heard();
    if (refused?.problem) this.#refused(refused.problem);
  }

  firstUpdated() {
    this.#dialog().showModal();
    this.querySelector('#field-name').focus();
  }

  render() {
    const { draft } = this;
    const editing = this.request.mode === 'edit';
    const wrong = byPointer(this.#check(), ({ code, params }) => t(`check.${code}`, params));
    const error = (pointer) => this.refusals.get(pointer) ?? (this.left.has('all') || this.left.has(pointer) ? wrong.get(pointer) : undefined);
    const left = (pointer) => { this.left = new Set([...this.left, pointer]); };
    return html`<dialog class="dialog stage-dialog" data-testid="stage-dialog" aria-labelledby="stage-dialog-title" @cancel=${this.#dismissed} @close=${closeDialog}
        @keydown=${this.#keys}>
      <form class="stage-form" novalidate @submit=${this.#submit}>
        <header class="dialog-head"><h2 class="grow" id="stage-dialog-title">${t(editing ? 'dialog.edit' : 'dialog.new')}</h2>
          <button class="btn btn-quiet btn-icon" type="button" aria-label=${t('dialog.close')} @click=${this.#dismissed}>${icon('close')}</button></header>
        <div class="dialog-body stack-lg">
          ${this.#messages()}
          <div class="form-grid">
            ${textField({ id: 'field-name', testid: 'field-name', label: t('dialog.name'), required: true, value: draft.name, set: this.#setName, left: () => left('/name'), error: error('/name') })}
            ${textField({ id: 'field-id', testid: 'field-id', label: t('dialog.id'), required: true, mono: true, readonly: editing, value: draft.id, hint: t(editing ? 'dialog.id_fixed' : 'dialog.id_hint'),
              set: (id) => this.#change({ id, idTyped: id !== '' }, '/id'), left: () => left('/id'), error: error('/id') })}
            ${draft.type === 'stage' && this.given.type === 'stage' ? nothing : selectField({ id: 'field-type', testid: 'field-type', label: t('dialog.type'), value: draft.type, error: error('/type'),
              options: [...new Set(['stage', this.given.type, draft.type])].map((value) => ({ value, label: t(`kind.${value}`) })), set: (type) => this.#change({ type }, '/type') })}
            ${textField({ id: 'field-description', testid: 'field-description', label: t('dialog.description'), lines: 2, value: draft.description, error: error('/description'), set: (description) => this.#change({ description }, '/description') })}
          </div>
          <datalist id="port-types">${knownTypes(palette.state.items).map((type) => html`<option value=${type}></option>`)}</datalist>
          <div class="ports-pair">
            ${['inputs', 'outputs'].filter((side) => draft.type !== (side === 'inputs' ? 'source' : 'sink')).map((side) => portsEditor({
              side, ports: draft[side], error, left, change: (ports) => this.#change({ [side]: ports }, `/ports/${side}`) }))}
          </div>
          ${executorFields({ draft, error, executors: executors.state.items, change: (patch) => this.#change(patch, '/executor') })}
          ${resultFields({ draft, error, change: (patch, pointer) => this.#change(patch, pointer) })}
          ${schemaEditor({ settings: draft.settings, error, left, change: (settings) => this.#change({ settings }, '/settings_schema') })}
          ${draft.type === 'stage' ? html`<cb-try .schema=${this.#definition().settings_schema} .purpose=${this.purpose} .definition=${this.#sound}
            .unavailable=${executorNamed(executors.state.items, draft.executor)?.no_try ?? ''} .refused=${(problem) => this.#refused(problem)}></cb-try>` : nothing}
        </div>
        <footer class="dialog-foot">
          <span class="grow muted tiny">${t('dialog.keys')}</span>
          <button class="btn" type="button" data-testid="cancel-stage" @click=${this.#cancel}>${t('dialog.cancel')}</button>
          <button class="btn btn-primary" type="submit" data-testid="save-stage" ?disabled=${this.busy}>${t(this.busy ? 'dialog.saving' : editing ? 'dialog.save' : 'dialog.add')}</button>
        </footer>
      </form>
    </dialog>`;
  }

  #messages() {
    return html`
      ${this.restored && !this.conflict ? draftNotice({ at: this.restored, discard: this.#startOver, testid: 'draft-restored' }) : nothing}
      ${this.notes.length ? html`<div class="notice notice-bad" role="alert" data-testid="form-error">${icon('warn')}<div>${this.notes.map((text) => html`<p>${text}</p>`)}</div></div>` : nothing}
      ${this.conflict ? this.#conflict() : nothing}`;
  }

  #conflict() {
    const theirs = palette.known(this.draft.id);
    if (!theirs) {
      return html`<div class="notice notice-wait" role="alert" data-testid="conflict">${icon('warn')}<p class="grow">${t('conflict.deleted')}</p>
        <button class="btn btn-sm" type="button" data-testid="add-again" @click=${() => this.#save(null)}>${t('conflict.add_again')}</button></div>`;
    }
    const parts = memberDiff(this.#definition(), definitionOfEntry(theirs.entry)).map((each) => ({ ...each, label: each.key }));
    return conflictNotice({ text: t('conflict.text'), parts, mine: () => this.#save(theirs), theirs: this.#takeTheirs, busy: this.busy });
  }

  /** Somebody else's save or delete is shown at once, not only when this one is saved. */
  #heard() {
    if (this.request?.mode !== 'edit' || this.busy || !this.draft || this.#began === null) return;
    const now = palette.known(this.draft.id);
    if (!now ? palette.state.items.length > 0 : now.entry.revision !== this.#began) this.conflict = true;
  }

  #read() {
    return readKeys(executors.state.items, this.draft.executor);
  }

  #definition() {
    const config = typedConfig(executors.state.items, this.draft.executor, this.draft.config);
    return definitionOf({ ...this.draft, config }, this.#read());
  }

  #dialog() {
    return this.querySelector('dialog');
  }

  #check() {
    const { mode, refused } = this.request;
    const taken = (id) => mode === 'new' && palette.state.byId.has(id) && id !== refused?.id;
    const config = executorNamed(executors.state.items, this.draft.executor)?.config_schema;
    return checkDefinition(this.#definition(), { taken, config });
  }

  #setName = (name) => {
    const taken = (id) => palette.state.byId.has(id);
    const follows = this.request.mode === 'new' && !this.draft.idTyped;
    this.#change(follows ? { name, id: idFromName(name, taken) } : { name }, '/name');
  };

  #change(patch, pointer) {
    this.draft = { ...this.draft, ...patch };
    const stale = [...this.refusals.keys()].filter((at) => at.startsWith(pointer) || (patch.id !== undefined && at === '/id'));
    if (stale.length) this.refusals = new Map([...this.refusals].filter(([at]) => !stale.includes(at)));
    keepDraft(drafts, this.purpose, this.draft, this.#began);
  }

  /** The definition, or null when it has faults, which are shown then. */
  #sound = () => {
    this.left = new Set(['all']);
    if (!this.#check().length) return this.#definition();
    showFirst(this);
    return null;
  };

  #submit = (event) => {
    event.preventDefault();
    if (this.#sound()) this.#save(this.request.item);
  };

  async #save(item) {
    if (this.busy) return;
    const definition = this.#definition();
    Object.assign(this, { busy: true, notes: [], conflict: false });
    try {
      const { mode, refused } = this.request;
      if (refused) outbox.discard(refused.key);
      const outcome = await (mode === 'edit' && item ? palette.replace(item, definition) : palette.add(definition));
      if (outcome.status === 'rejected') this.#turnedDown(definition.id, outcome.problem);
      else this.#done(definition, outcome);
    } catch (problem) {
      this.notes = [problemText(problem)];
    } finally {
      this.busy = false;
    }
  }

  #done({ id, label }, { status }) {
    keepDraft(drafts, this.purpose, null);
    this.#dialog().close();
    if (status === 'waiting') toast(t(outbox.state.kept ? 'dialog.kept' : 'dialog.not_kept', { name: label }), { tone: 'wait' });
    else toast(t('dialog.saved', { name: label }));
    this.emit('stage-saved', { id });
  }

  /** The problem is shown here, so it need not wait in the outbox as well. */
  #turnedDown(id, problem) {
    for (const op of outbox.state.ops) if (op.id === id && op.status === 'rejected') outbox.discard(op.key);
    if (problem.status === 412 || (problem.status === 404 && this.request.mode === 'edit')) this.conflict = true;
    else this.#refused(problem);
  }

  #refused(problem) {
    const errors = problem.errors ?? [];
    const named = errors.some(({ pointer }) => pointer === '/name');
    const shown = errors.filter(({ pointer }) => !named || pointer !== '/label').map((error) => (error.pointer === '/label' ? { ...error, pointer: '/name' } : error));
    const { placed, rest } = place(shown, pointers(this.draft, this.#read()));
    if (problem.code === 'stage_exists' || problem.code === 'builtin_stage') placed.set('/id', problem.detail || problem.title);
    this.refusals = placed;
    this.notes = placed.size && !rest.length ? [] : rest.length ? rest : [problem.detail || problem.title];
    showFirst(this);
  }

  #takeTheirs = () => {
    const theirs = palette.known(this.draft.id);
    keepDraft(drafts, this.purpose, null);
    this.#dialog().close();
    if (theirs) this.emit('stage-saved', { id: theirs.id });
  };

  #startOver = () => {
    keepDraft(drafts, this.purpose, null);
    Object.assign(this, { draft: this.given, restored: null, refusals: new Map(), left: new Set() });
  };

  /** Closed by accident, perhaps: the draft stays. */
  #dismissed = () => this.#dialog().close();

  #cancel = () => {
    keepDraft(drafts, this.purpose, null);
    this.#dialog().close();
  };

  #keys = (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.#submit(event);
  };
}

customElements.define('cb-stage-dialog', CbStageDialog);
