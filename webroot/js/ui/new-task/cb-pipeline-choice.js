/* Which pipeline a new task goes through: a choice, and what the chosen one does. Emits `choose` { name }. */
import { CbElement, html, nothing } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { standing } from '../../core/new-task.js';
import { palette } from '../../core/palette.js';
import { ordered, pipelines } from '../../core/pipelines.js';
import { icon } from '../common/icons.js';

class CbPipelineChoice extends CbElement {
  static properties = { items: {}, problem: {}, chosen: {}, error: {} };

  constructor() {
    super();
    this.watch(palette);
  }

  render() {
    return html`<section class="card pipeline-choice"><div class="card-body stack">${this.#choice()}</div></section>`;
  }

  #choice() {
    const { items, problem, chosen, error } = this;
    if (problem && !items) return html`<div class="notice notice-wait">${icon('warn')}<p class="grow">${problem.offline ? t('problem.unreachable') : problem.message}</p>
      <button class="btn btn-sm" type="button" @click=${() => pipelines.load()}>${t('outline.retry')}</button></div>`;
    if (!items) return html`<p class="muted">${t('new_task.pipelines_loading')}</p>`;
    if (items.length === 0) return html`<div class="empty">${icon('pipeline', 28)}<h3>${t('outline.none')}</h3><p>${t('outline.none_hint')}</p></div>`;
    return html`<div class="field"><label for="pipeline">${t('new_task.pipeline')}<span class="required-mark" aria-hidden="true"> *</span></label>
        <select class="select" id="pipeline" data-testid="pipeline-select" aria-invalid=${error ? 'true' : nothing} aria-describedby=${error ? 'pipeline-error' : nothing}
            @change=${({ target }) => this.emit('choose', { name: target.value })}>
          ${items.map((each) => html`<option value=${each.name} .selected=${each === chosen}>${this.#label(each)}</option>`)}</select>
        ${error ? html`<span class="error" id="pipeline-error" data-testid="pipeline-error">${error}</span>` : nothing}</div>
      ${chosen ? this.#about(chosen) : nothing}`;
  }

  #entry = (type) => palette.state.byId.get(type)?.entry;

  #label(pipeline) {
    const { errors, missing } = standing(pipeline, this.#entry);
    if (errors.length) return t('new_task.label_errors', { name: pipeline.name, n: errors.length });
    if (missing.length && palette.state.ready) return t('new_task.label_missing', { name: pipeline.name, n: missing.length });
    return pipeline.name;
  }

  #about(pipeline) {
    const { errors, missing } = standing(pipeline, this.#entry);
    const off = new Set(palette.state.ready ? missing.map(({ name }) => name) : []);
    return html`
      ${pipeline.description ? html`<p class="muted small">${pipeline.description}</p>` : nothing}
      <ol class="flow" aria-label=${t('new_task.stages')}>${ordered(pipeline).map(({ name, type }, i) => html`<li class="flow-stage" data-off=${off.has(name) ? '' : nothing}>
        <span class="flow-n" aria-hidden="true">${i + 1}</span><span>${name}</span>${type !== name ? html`<code class="muted tiny">${type}</code>` : nothing}
        ${off.has(name) ? html`<span class="badge badge-wait">${t('palette.unavailable')}</span>` : nothing}</li>`)}</ol>
      ${errors.length ? html`<div class="notice notice-bad" data-testid="pipeline-errors">${icon('warn')}<div class="grow"><p class="strong">${t('new_task.broken')}</p>
        <ul>${errors.map(({ pointer, detail }) => html`<li class="small">${detail} <code>${pointer}</code></li>`)}</ul></div></div>` : nothing}
      ${pipeline.last_good_used ? html`<div class="notice notice-wait" data-testid="pipeline-last-good">${icon('warn')}<p class="grow">${t('new_task.last_good', { n: pipeline.revision })}</p></div>` : nothing}
      ${!errors.length && off.size ? html`<div class="notice notice-wait" data-testid="pipeline-missing">${icon('warn')}<div class="grow"><p class="strong">${t('outline.missing', { n: off.size })}</p>
        <ul>${missing.map(({ name, type, known, reason }) => html`<li class="small">${name}: ${reason ?? t(known ? 'palette.unavailable' : 'new_task.no_such_stage', { type })}</li>`)}</ul></div></div>` : nothing}`;
  }
}

customElements.define('cb-pipeline-choice', CbPipelineChoice);
