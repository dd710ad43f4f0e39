/*
 * The stage templates of a project, in order: edit, duplicate, delete, move by buttons or by dragging, add
 * from the palette. `templates` is a Templates.
 */
import { repeat } from 'lit/directives/repeat.js';
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { announce } from '../../core/announce.js';
import { fmt, t } from '../../core/i18n.js';
import { palette } from '../../core/palette.js';
import { sentence } from '../../core/text.js';
import { toast } from '../../core/toasts.js';
import { icon } from '../common/icons.js';
import { UNDO_MS, problemText } from '../common/stage-actions.js';
import './cb-template-dialog.js';

await useStyles('cb-projects');

class CbTemplates extends CbElement {
  static properties = { templates: {}, editing: { state: true }, dragged: { state: true }, over: { state: true }, wanted: { state: true }, problem: { state: true } };

  constructor() {
    super();
    Object.assign(this, { editing: null, dragged: null, over: null, wanted: '', problem: null });
    this.watch(palette);
  }

  connectedCallback() {
    super.connectedCallback();
    this.until(this.templates.subscribe(() => this.requestUpdate()));
  }

  render() {
    const items = this.templates.state.items ?? [];
    return html`<section class="card" aria-labelledby="templates-title"><header class="card-head"><div class="grow"><h2 id="templates-title">${t('project.stages')}</h2><p class="muted small">${t('project.stages_hint')}</p></div></header>
      ${this.problem ? html`<div class="notice notice-bad templates-problem" role="alert" data-testid="template-problem">${icon('warn')}<p class="grow">${this.problem}</p><button class="btn btn-sm btn-quiet btn-icon" type="button" aria-label=${t('toast.close')} @click=${() => { this.problem = null; }}>${icon('close', 16)}</button></div>` : nothing}
      <ol class="templates">${repeat(items, ({ id }) => id, (each, i) => this.#row(each, i, items))}</ol>
      ${this.#adder()}
      ${this.editing ? html`<cb-template-dialog .template=${this.editing} .templates=${this.templates} @closed=${() => { this.editing = null; }}></cb-template-dialog>` : nothing}</section>`;
  }

  #row(each, i, items) {
    const { id, name, type, locked, in_use: used } = each;
    const first = items.findIndex((item) => !item.locked);
    const act = (key, symbol, run, disabled = false) => html`<button class="btn btn-sm btn-quiet btn-icon" type="button" data-act=${key} aria-label=${t(`project.${key}`, { name })} title=${t(`project.${key}`, { name })} ?disabled=${disabled} @click=${run}>${icon(symbol, 16)}</button>`;
    return html`<li class="template-row" data-testid="template-row" data-name=${name} data-id=${id} draggable=${locked ? 'false' : 'true'} data-dragged=${this.dragged === id ? '' : nothing} data-over=${this.over === id && this.dragged !== id ? '' : nothing}
        @dragstart=${(event) => this.#start(event, id)} @dragover=${(event) => this.#over(event, each)} @dragend=${() => { this.dragged = this.over = null; }} @drop=${(event) => this.#drop(event, i)}>
      <span class="template-grip" aria-hidden="true">${icon(locked ? 'lock' : 'grip', 16)}</span><span class="template-n">${i + 1}</span>
      <div class="grow"><p class="strong">${name} ${used ? html`<span class="badge badge-run">${t('project.in_use')}</span>` : nothing}</p>
        <p class="muted small"><code>${type}</code> · ${this.#format(each)} · ${locked ? t('project.locked') : this.#rule(each)}</p>
        ${this.#ports(each)}</div>
      <div class="template-acts">${act('up', 'up', () => this.#move(id, i - 1), locked || i <= first)}${act('down', 'down', () => this.#move(id, i + 1), locked || i === items.length - 1)}
        ${act('edit', 'edit', () => { this.editing = each; })}${act('duplicate', 'copy', () => this.#do(() => this.templates.duplicate(each)))}${act('delete', 'trash', () => this.#remove(each), locked)}</div></li>`;
  }

  /** Which stage feeds which port, and where that does not fit. */
  #ports({ inputs = {}, warnings = [] }) {
    const fed = Object.entries(inputs);
    return html`${fed.length ? html`<p class="muted small" data-testid="template-inputs">${fed.map(([port, from]) => html`<code>${port}</code> ← ${from} `)}</p>` : nothing}
      ${warnings.map(({ detail }) => html`<p class="small template-warning">${icon('warn', 12)} ${sentence(detail)}</p>`)}`;
  }

  #format({ output_format: format }) {
    return format ? t(`template.format_${format}`) : t('project.no_format');
  }

  #rule({ approval }) {
    if (approval?.selection) return t('project.approval_selection', { range: approval.selection.min === approval.selection.max ? approval.selection.min : `${approval.selection.min}–${approval.selection.max}` });
    if (approval?.fields) return t('project.approval_fields', { fields: fmt.list(approval.fields) });
    return t(approval === 'approval' ? 'project.approval_approval' : 'project.approval_none');
  }

  #adder() {
    const stages = [...palette.state.byId.values()].map(({ entry }) => entry).filter(({ type }) => type === 'stage').sort((a, b) => (a.label ?? a.name).localeCompare(b.label ?? b.name));
    return html`<div class="card-foot template-add"><label class="grow"><span class="visually-hidden">${t('project.adding')}</span><select class="select" data-testid="add-stage" @change=${({ target }) => { this.wanted = target.value; }}>
        <option value="" .selected=${this.wanted === ''}>${t('project.add')}</option>${stages.map(({ id, label, name }) => html`<option value=${id} .selected=${id === this.wanted}>${label ?? name}</option>`)}</select></label>
      <button class="btn" type="button" data-testid="add-template" ?disabled=${!this.wanted} @click=${this.#add}>${icon('plus', 16)}${t('project.add_do')}</button></div>`;
  }

  #add = async () => {
    const { entry } = palette.state.byId.get(this.wanted);
    const name = entry.label ?? entry.name;
    if ((entry.settings_schema ?? []).some(({ required, default: start }) => required && start === undefined)) {
      this.editing = { name, type: entry.id };
      this.wanted = '';
      return;
    }
    if (await this.#do(() => this.templates.add({ name, type: entry.id }))) {
      this.wanted = '';
      toast(t('project.added', { name }));
    }
  };

  async #remove(each) {
    if (!(await this.#do(() => this.templates.remove(each)))) return;
    const undo = { label: t('undo'), testid: 'undo', run: () => this.#restore(each) };
    toast(t('project.deleted', { name: each.name }), { ms: UNDO_MS, action: undo });
  }

  async #restore(each) {
    if (await this.#do(() => this.templates.restore(each))) toast(t('project.restored', { name: each.name }));
    else toast(this.problem, { tone: 'bad' });
  }

  async #move(id, to) {
    const name = this.templates.state.items.find((each) => each.id === id).name;
    const focused = document.activeElement?.dataset.act;
    if (!(await this.#do(() => this.templates.move(id, to)))) return;
    announce(t('project.moved', { name, n: to + 1 }));
    await this.updateComplete;
    const row = this.querySelector(`[data-id="${CSS.escape(id)}"]`);
    (row?.querySelector(`[data-act="${focused}"]:not([disabled])`) ?? row?.querySelector('[data-act]:not([disabled])'))?.focus();
  }

  async #do(write) {
    this.problem = null;
    try {
      await write();
      return true;
    } catch (problem) {
      this.problem = problem.errors?.[0]?.detail ?? problemText(problem);
      return false;
    }
  }

  #start(event, id) {
    this.dragged = id;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', id);
  }

  #over(event, { id, locked }) {
    if (!this.dragged || locked) return;
    event.preventDefault();
    this.over = id;
  }

  #drop(event, to) {
    event.preventDefault();
    const id = this.dragged;
    this.dragged = this.over = null;
    if (id) this.#move(id, to);
  }
}

customElements.define('cb-templates', CbTemplates);
