/* The triggers of a pipeline, live: when each fires and fired, why not, and what can be done with it. */
import { api } from '../../core/api.js';
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { fmt, t } from '../../core/i18n.js';
import { live } from '../../core/live.js';
import { SOURCES } from '../../core/pipeline-examples.js';
import { router } from '../../core/router.js';
import { copyText } from '../../core/save-file.js';
import { taskAddress } from '../../core/task-address.js';
import { toast } from '../../core/toasts.js';
import { merged, sampleCall } from '../../core/triggers.js';
import { icon } from '../common/icons.js';
import { problemText } from '../common/stage-actions.js';
import '../common/cb-time.js';

await useStyles('cb-triggers');

const LOOKS = { active: ['ok', 'check'], paused: ['wait', 'clock'], invalid: ['bad', 'warn'] };

class CbTriggers extends CbElement {
  static properties = { pipeline: {}, items: { state: true }, problem: { state: true }, busy: { state: true } };

  constructor() {
    super();
    Object.assign(this, { items: null, problem: null, busy: null });
  }

  connectedCallback() {
    super.connectedCallback();
    this.until(live.subscribe('triggers', (frame) => this.#update(frame)));
  }

  willUpdate(changed) {
    if (changed.has('pipeline') && changed.get('pipeline')?.name !== this.pipeline.name) {
      this.items = null;
      this.#load();
    }
  }

  render() {
    const { items, problem } = this;
    return html`<section aria-labelledby="triggers-title" data-testid="triggers"><h2 id="triggers-title">${t('triggers.title')}</h2>
      ${problem ? html`<div class="notice notice-bad" role="alert">${icon('warn')}<p class="grow">${problem}</p>
        <button class="btn btn-sm" type="button" @click=${() => this.#load()}>${icon('retry', 16)}${t('outline.retry')}</button>
      </div>` : nothing}
      ${items === null ? nothing : items.length ? html`<ul class="triggers">${items.map((item) => this.#item(item))}</ul>`
        : html`<div class="card card-body stack triggers-none" data-testid="no-triggers"><p class="strong">${t('triggers.none')}</p>
          <p class="muted">${t('triggers.none_hint')}</p>
          <pre class="code" tabindex="0" role="region" aria-label=${t('triggers.example')}><code>${SOURCES}</code></pre></div>`}
    </section>`;
  }

  #item(item) {
    const { source, type, state, reason, skipped } = item;
    const [tone, name] = LOOKS[state];
    return html`<li class="card trigger" data-testid="trigger" data-source=${source} data-state=${state}>
      <header class="card-head"><h3 class="grow" dir="auto">${source} <span class="badge">${t(`triggers.type_${type}`)}</span></h3>
        <span class="trigger-state tone-${tone}">${icon(name, 16)}${t(`triggers.${state}`)}</span></header>
      <div class="card-body stack">
        ${reason ? html`<p class="tone-bad" data-testid="trigger-reason">${reason}</p>` : nothing}
        ${this.#facts(item)}
        ${skipped ? html`<p class="small muted" data-testid="trigger-skipped">${skipped}</p>` : nothing}
        ${item.url ? this.#address(item) : nothing}
        <div class="row-wrap">${this.#action(item, 'fire', 'play', !item.can_fire)}
          ${state === 'paused' ? this.#action(item, 'resume', 'play') : this.#action(item, 'pause', 'clock')}
          ${type === 'webhook' ? this.#action(item, 'rotate', 'retry') : nothing}</div>
      </div></li>`;
  }

  /** What the pipeline says of a source. */
  #configOf({ source }) {
    return this.pipeline.sources?.find(({ name }) => name === source)?.config ?? {};
  }

  #facts(item) {
    const { type, state, next_at: next, last_at: last, last_task: task } = item;
    const { cron, time_zone: zone, path, pattern } = this.#configOf(item);
    const when = (at) => html`<time datetime=${at} title=${fmt.exact(at)}>${fmt.date(at)}</time>`;
    return html`<dl class="trigger-facts">
      ${cron ? html`<div><dt>${t('triggers.cron')}</dt>
        <dd data-testid="trigger-cron"><code>${cron}</code> ${zone}</dd></div>` : nothing}
      ${path ? html`<div><dt>${t('triggers.folder')}</dt>
        <dd data-testid="trigger-folder"><code>${path}</code> ${pattern}</dd></div>` : nothing}
      ${type === 'schedule' && state === 'active' ? html`<div><dt>${t('triggers.next')}</dt>
        <dd data-testid="trigger-next">${next ? when(next) : t('triggers.never')}</dd></div>` : nothing}
      <div><dt>${t('triggers.last')}</dt><dd data-testid="trigger-last">${last ? html`<cb-age ago .at=${last}></cb-age>
        ${task ? html`<a href=${taskAddress(task)} data-testid="trigger-task">${t('triggers.task')}</a>` : nothing}` : t('triggers.not_yet')}</dd></div>
    </dl>`;
  }

  #address(item) {
    const { source, url } = item;
    const config = this.#configOf(item);
    const call = sampleCall(url, Boolean(config.hmac_secret));
    return html`<div class="field"><span class="label" id="url-of-${source}">${t('triggers.address')}</span>
        <div class="row-wrap trigger-address"><code class="grow" data-testid="trigger-url">${url}</code>
          ${this.#copy(url, 'copy-url')}</div>
        <span class="hint">${t('triggers.address_hint')}</span></div>
      <details><summary>${t('triggers.sample')}</summary>
        <pre class="code" tabindex="0" role="region" aria-label=${t('triggers.sample')} data-testid="trigger-sample"><code>${call}</code></pre>
        ${config.hmac_secret ? html`<p class="hint">${t('triggers.signed_hint', { secret: config.hmac_secret })}</p>` : nothing}
        ${this.#copy(call, 'copy-sample')}</details>`;
  }

  #copy(text, testid) {
    return html`<button class="btn btn-sm" type="button" data-testid=${testid} @click=${async () => {
      const done = await copyText(text);
      toast(t(done ? 'triggers.copied' : 'log.not_copied'), { tone: done ? 'ok' : 'bad' });
    }}>${icon('copy', 16)}${t('triggers.copy')}</button>`;
  }

  #action(item, command, name, off = false) {
    return html`<button class="btn btn-sm" type="button" data-testid="trigger-${command}" ?disabled=${off || this.busy === item.id}
      aria-label=${t('triggers.of', { action: t(`triggers.${command}`), name: item.source })}
      @click=${() => this.#do(item, command)}>${icon(name, 16)}${t(`triggers.${command}`)}</button>`;
  }

  async #do({ id, source }, command) {
    this.busy = id;
    try {
      const { task_id: task, message } = await api.post(`/api/triggers/${encodeURIComponent(id)}/${command}`);
      const action = task ? { label: t('triggers.task'), run: () => router.navigate(taskAddress(task)) } : null;
      toast(message ?? t(`triggers.did_${command}`, { name: source }), { action });
      await this.#load();
    } catch (problem) {
      toast(problemText(problem), { tone: 'bad' });
    } finally {
      this.busy = null;
    }
  }

  #update(frame) {
    if (this.items === null && frame.kind !== 'snapshot') return;
    const next = merged(this.items, frame, this.pipeline.name);
    if (next === null) this.#load();
    else this.items = next;
  }

  async #load() {
    const { name } = this.pipeline;
    try {
      const { items } = await api.get('/api/triggers', { query: { pipeline: name } });
      if (name === this.pipeline.name) Object.assign(this, { items, problem: null });
    } catch (problem) {
      if (name === this.pipeline.name) this.problem = problemText(problem);
    }
  }
}

customElements.define('cb-triggers', CbTriggers);
