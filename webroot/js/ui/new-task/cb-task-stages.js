/*
 * The stages of a task that is to be made: which of the chosen pipeline's it goes through, and the settings of each.
 *
 *   <cb-task-stages .pipeline .choice=${see new-stages.js} .error .faults=${Map of stage → Map of pointer → sentence}
 *     @choice=${({ detail }) => …detail.choice}></cb-task-stages>
 *
 * check() shows and answers whether all settings can be sent.
 */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { USUAL, choose, isUsual, set, stagesOf, tickedOf, valuesOf } from '../../core/new-stages.js';
import { palette } from '../../core/palette.js';
import '../common/cb-form.js';
import '../common/cb-stage-choice.js';
import { icon } from '../common/icons.js';

await useStyles('cb-new-task');

class CbTaskStages extends CbElement {
  static properties = {
    pipeline: {}, choice: {}, error: {}, faults: {}, open: { state: true }, ask: { state: true }, shown: { state: true },
  };

  constructor() {
    super();
    Object.assign(this, { pipeline: null, choice: USUAL, faults: new Map(), open: false, ask: null, shown: new Set() });
    this.watch(palette);
  }

  willUpdate(changed) {
    if (changed.has('pipeline') && changed.get('pipeline')?.name !== this.pipeline?.name) {
      Object.assign(this, { ask: null, shown: new Set(), open: !isUsual(this.choice) });
    }
    if (this.error || this.faults.size) this.open = true;
  }

  get #stages() {
    return this.pipeline ? stagesOf(this.pipeline, (type) => palette.state.byId.get(type)?.entry) : [];
  }

  render() {
    const stages = this.#stages;
    if (!stages.length) return nothing;
    const ticked = tickedOf(stages, this.choice);
    const fixed = new Set(stages.filter(({ locked }) => locked).map(({ id }) => id));
    return html`<section class="card task-stages" data-testid="task-stages">
      <details ?open=${this.open} @toggle=${({ target }) => { this.open = target.open; }}>
        <summary class="task-stages-head" data-testid="task-stages-summary">${icon('pipeline', 16)}
          <span class="grow strong">${t('new_task.choose_stages')}</span>
          <span class="muted small" data-testid="task-stages-sum">${this.#sum(stages, ticked)}</span></summary>
        ${this.error ? html`<p class="error-text inputs-error" tabindex="-1" aria-invalid="true" data-testid="stages-error">${icon('warn', 14)}${this.error}</p>` : nothing}
        <cb-stage-choice .stages=${stages} .ticked=${ticked} .fixed=${fixed} .ask=${this.ask} .prefix=${'run'}
          @ticks=${({ detail }) => this.#ticks(stages, detail)}></cb-stage-choice>
        ${stages.filter(({ id }) => ticked.has(id)).map((stage) => this.#settings(stage))}
      </details></section>`;
  }

  #sum(stages, ticked) {
    const changed = Object.keys(this.choice.settings).filter((name) => ticked.has(name)).length;
    const all = ticked.size === stages.length;
    return [
      all ? t('new_task.all_stages', { n: stages.length }) : t('new_task.some_stages', { n: ticked.size, of: stages.length }),
      changed ? t('new_task.changed_settings', { n: changed }) : '',
    ].filter(Boolean).join(' · ');
  }

  #schema(type) {
    return palette.state.byId.get(type)?.entry.settings_schema ?? [];
  }

  #given(name) {
    return this.pipeline.stages.find((stage) => stage.name === name)?.config ?? {};
  }

  /** Drawn when it is opened: a pipeline may have many stages. */
  #settings({ name, type, sort_order: at }) {
    const schema = this.#schema(type);
    if (!schema.length) return nothing;
    const wrong = this.faults.get(name);
    const open = this.shown.has(name) || Boolean(wrong);
    return html`<details class="stage-settings" data-testid="stage-settings" data-stage=${name} ?open=${open}
        @toggle=${({ target }) => this.#show(name, target.open)}>
      <summary>${t('new_task.settings_of', { name })}${this.choice.settings[name]
        ? html` <span class="badge badge-accent">${t('new_task.changed')}</span>` : nothing}</summary>
      ${open ? html`<div class="stage-settings-form"><cb-form data-stage=${name} .schema=${schema} .errors=${wrong ?? new Map()}
        .values=${valuesOf(this.choice, name, this.#given(name))} .prefix=${`run-${at}`}
        @values=${({ detail }) => this.#emitChange(set(this.choice, name, schema, this.#given(name), detail.values))}></cb-form></div>` : nothing}
    </details>`;
  }

  #show(name, open) {
    if (open === this.shown.has(name)) return;
    const shown = new Set(this.shown);
    if (open) shown.add(name);
    else shown.delete(name);
    this.shown = shown;
  }

  #ticks(stages, { ticked, ask }) {
    this.ask = ask;
    this.#emitChange(choose(stages, this.choice, { ticked }));
  }

  #emitChange(choice) {
    this.emit('choice', { choice });
  }

  check() {
    const lacking = [...this.querySelectorAll('cb-form')].filter((form) => form.check().length > 0);
    if (lacking.length) this.open = true;
    return lacking.length === 0;
  }
}

customElements.define('cb-task-stages', CbTaskStages);
