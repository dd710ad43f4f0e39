/*
 * The top of the start page: what waits for a person, what ran last, and how to begin. Says what Callboard is as long as
 * there are no tasks.
 */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { lookOf, shownStatus } from '../../core/status.js';
import { groups, movedAt } from '../../core/task-list.js';
import { tasks } from '../../core/tasks.js';
import { icon } from '../common/icons.js';
import { statusMark } from '../common/status-mark.js';
import '../common/cb-time.js';

await useStyles('cb-start');

const SHOWN = 4;

class CbStart extends CbElement {
  static properties = { short: { type: Boolean, reflect: true } };

  constructor() {
    super();
    this.watch(tasks);
  }

  connectedCallback() {
    super.connectedCallback();
    tasks.start();
  }

  render() {
    const { items, ready, sizes } = tasks.state;
    if (!ready) return nothing;
    if (this.short) return this.#short(sizes.waiting);
    if (items.length === 0) return this.#welcome();
    const grouped = Object.fromEntries(groups(items).map(({ key, items: each }) => [key, each]));
    const recent = [...grouped.running ?? [], ...grouped.recent ?? []];
    return html`<section class="start" aria-label=${t('start.title')} data-testid="start">
      ${this.#list('waiting', grouped.waiting)}
      ${this.#list('recent', recent)}
      <p class="row-wrap start-foot"><a class="btn btn-primary" href="/tasks/new">${icon('plus', 16)}${t('tasks.new')}</a>
        <a class="btn" href="/tasks">${t('start.all')}</a></p>
    </section>`;
  }

  /** One line: how many tasks wait, or what Callboard is. */
  #short(n) {
    return html`<section class="start-short" aria-label=${t('start.title')} data-testid="start-short">
      ${n > 0
        ? html`<a class="start-waiting grow" href="/tasks?status=awaiting_approval">
          ${statusMark('awaiting_approval')}${t('start.waiting_n', { n })}</a>`
        : html`<p class="grow">${t('start.in_short')}</p>`}
      <a class="btn btn-primary" href="/tasks/new">${icon('plus', 16)}${t('tasks.new')}</a></section>`;
  }

  #welcome() {
    return html`<section class="start start-welcome" aria-label=${t('start.title')} data-testid="start">
      <h2>${t('start.welcome')}</h2><p>${t('start.what')}</p>
      <p class="row-wrap start-foot"><a class="btn btn-primary" href="/tasks/new">${icon('plus', 16)}${t('tasks.new')}</a></p>
    </section>`;
  }

  #list(key, items = []) {
    if (items.length === 0) return nothing;
    return html`<div class="start-list" data-testid="start-${key}"><h2>${t(`start.${key}`)}
        ${items.length > SHOWN ? html`<span class="count">${items.length}</span>` : nothing}</h2>
      <ul>${items.slice(0, SHOWN).map((task) => this.#task(task))}</ul></div>`;
  }

  #task(task) {
    const { id, title, status } = task;
    const shown = shownStatus(status, task.waiting_for);
    const { tone, key } = lookOf(shown);
    return html`<li><a class="start-task" href="/tasks/${encodeURIComponent(id)}">
      <span class="start-mark" data-tone=${tone}>${statusMark(shown)}<span class="visually-hidden">${t(key)}</span></span>
      <span class="grow truncate" dir="auto">${title}</span><cb-age class="muted" .at=${movedAt(task)}></cb-age></a></li>`;
  }
}

customElements.define('cb-start', CbStart);
