/* The pipelines as an outline: stage templates in the order in which they run, and what each waits for. */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { palette } from '../../core/palette.js';
import { ordered, pipelines } from '../../core/pipelines.js';
import { router } from '../../core/router.js';
import { sentence } from '../../core/text.js';
import '../common/cb-pipeline-make.js';
import { icon } from '../common/icons.js';
import { kindTile } from '../common/kind-tile.js';
import { portFlow } from '../common/ports.js';

await useStyles('cb-outline');

class CbOutline extends CbElement {
  static properties = { making: { state: true } };

  constructor() {
    super();
    this.making = false;
    this.watch(pipelines);
    this.watch(palette);
  }

  connectedCallback() {
    super.connectedCallback();
    pipelines.follow();
  }

  render() {
    const { items, problem } = pipelines.state;
    return html`<div class="outline-head"><div class="row-wrap"><h1 class="outline-title grow">${t('outline.title')}</h1>
        <button class="btn" type="button" data-testid="new-pipeline" @click=${() => { this.making = true; }}>
          ${icon('plus', 16)}${t('pipeline.new')}</button></div><p class="muted">${t('outline.hint')}</p></div>
      ${this.making ? html`<cb-pipeline-make @closed=${({ detail }) => this.#made(detail.made)}></cb-pipeline-make>` : nothing}
      ${problem ? this.#problem(problem, items) : nothing}
      ${items === null ? nothing : items.length ? html`<div class="outline-grid">${items.map((each) => this.#pipeline(each))}</div>` : this.#empty()}`;
  }

  #made(name) {
    this.making = false;
    if (name) router.navigate(`/pipelines/${encodeURIComponent(name)}`);
  }

  #problem(problem, items) {
    const text = problem.offline ? t(items ? 'outline.offline_old' : 'outline.offline') : problem.message;
    return html`<div class="notice notice-wait">${icon('warn')}<p class="grow">${text}</p>
      <button class="btn" type="button" @click=${() => pipelines.load()}>${icon('retry', 16)}${t('outline.retry')}</button></div>`;
  }

  #empty() {
    return html`<div class="empty">${icon('pipeline', 32)}<h2>${t('outline.none')}</h2><p>${t('outline.none_hint')}</p></div>`;
  }

  #pipeline(pipeline) {
    const { name, version, description, errors = [] } = pipeline;
    const stages = ordered(pipeline);
    const missing = stages.filter(({ type }) => palette.state.byId.get(type)?.entry.available === false).length;
    return html`<article class="card outline-card" data-testid="pipeline" data-name=${name}>
      <header class="card-head"><div class="grow"><h2 class="outline-name"><a href="/pipelines/${encodeURIComponent(name)}" data-testid="pipeline-link">${name}</a> ${version ? html`<span class="badge">${version}</span>` : nothing}</h2>
        ${description ? html`<p class="muted small" dir="auto">${description}</p>` : nothing}</div>
        ${errors.length ? html`<span class="badge badge-bad">${icon('warn', 12)}${t('outline.problems', { n: errors.length })}</span>`
          : html`<a class="btn" href="/tasks/new?pipeline=${encodeURIComponent(name)}" aria-label=${t('outline.start_named', { name })}>${icon('play', 14)}${t('outline.start')}</a>`}
      </header>
      ${errors.length ? html`<ul class="outline-errors">${errors.map(({ pointer, detail }) => html`<li>${icon('warn', 14)}<span>${sentence(detail)} <code>${pointer}</code></span></li>`)}</ul>` : nothing}
      ${missing ? html`<p class="outline-missing">${icon('warn', 14)}${t('outline.missing', { n: missing })}</p>` : nothing}
      <ol class="outline-stages">${stages.map((stage, i) => this.#stage(stage, i, stages))}</ol>
    </article>`;
  }

  #stage({ name, type, depends_on: needs = [] }, i, stages) {
    const item = palette.state.byId.get(type);
    const follows = needs.length === 1 && stages[i - 1]?.name === needs[0];
    return html`<li class="outline-stage">
      <span class="outline-number" aria-hidden="true">${i + 1}</span>
      ${kindTile(item?.kind ?? 'stage', 16)}
      <div class="grow"><div class="row-wrap outline-line">
          ${item ? html`<a href="/?stage=${encodeURIComponent(type)}">${name}</a>` : html`<span>${name}</span>`}
          ${name === type ? nothing : html`<code class="muted">${type}</code>`}
          ${!item ? html`<span class="badge badge-bad">${t('outline.unknown')}</span>`
            : item.entry.available === false ? html`<span class="badge badge-wait">${t('palette.unavailable')}</span>` : nothing}
        </div>
        <p class="outline-sub muted">${needs.length && !follows ? html`<span>${t('outline.after', { names: needs.join(', ') })}</span>` : nothing}
          ${item ? portFlow(item.entry) : nothing}</p></div>
    </li>`;
  }
}

customElements.define('cb-outline', CbOutline);
