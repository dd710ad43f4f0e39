/*
 * The board as a list: tasks in groups, with a filter. `selected` is the open task's id, `top` says
 * that this list is the page itself. `/` goes to the filter, J and K to the next and previous task.
 */
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { CbElement, html, nothing, useStyles } from '../core/base.js';
import { hotkey } from '../core/hotkeys.js';
import { t } from '../core/i18n.js';
import { router } from '../core/router.js';
import { lookOf, shownStatus } from '../core/status.js';
import { groups, movedAt, neighbour } from '../core/task-list.js';
import { place } from '../core/task-model.js';
import { tasks } from '../core/tasks.js';
import { icon } from './icons.js';
import { statusMark } from './status-mark.js';
import { waitingLine } from './waiting-line.js';
import './cb-time.js';

await useStyles('cb-tasks');

const DRAWN = 300;
const pathOf = (id) => `/tasks/${encodeURIComponent(id)}`;

class CbTaskList extends CbElement {
  static properties = { selected: {}, top: { type: Boolean }, drawn: { state: true } };
  #shown = [];

  constructor() {
    super();
    Object.assign(this, { selected: null, top: false, drawn: DRAWN });
    this.watch(tasks);
  }

  connectedCallback() {
    super.connectedCallback();
    tasks.start();
    for (const key of ['j', 'J']) this.until(hotkey(key, () => this.#step(1)));
    for (const key of ['k', 'K']) this.until(hotkey(key, () => this.#step(-1)));
    this.until(hotkey('/', () => this.querySelector('.task-filter').focus()));
  }

  render() {
    const { items, ready, query, problem } = tasks.state;
    this.#shown = groups(items, query);
    return html`<div class="task-list-head"><div class="row">
        ${this.top ? html`<h1 class="task-list-title grow">${t('tasks.title')}</h1>` : html`<h2 class="task-list-title grow">${t('tasks.title')}</h2>`}
        <a class="btn" href="/tasks/new" data-testid="new-task">${icon('plus', 16)}${t('tasks.new')}</a></div>
        ${items.length ? html`<div class="search-box"><span class="search-icon">${icon('search')}</span>
          <input class="input task-filter" type="search" autocomplete="off" spellcheck="false" aria-label=${t('tasks.filter')} placeholder=${t('tasks.filter')}
            .value=${live(query)} @input=${({ target }) => tasks.search(target.value)} @keydown=${(event) => this.#filterKey(event)}></div>` : nothing}
      </div>
      <div class="task-list-rows" data-testid="task-list" @scroll=${({ target }) => { tasks.scroll = target.scrollTop; }}>
        ${problem ? this.#problem(problem) : nothing}
        ${this.#groups()}
        ${ready && this.#shown.length === 0 ? this.#empty(items.length, query) : nothing}
        ${this.#foot()}
      </div>`;
  }

  firstUpdated() {
    this.querySelector('.task-list-rows').scrollTop = tasks.scroll;
    this.#reveal();
  }

  willUpdate() {
    this.focused = document.activeElement?.closest?.('cb-task-list') === this ? document.activeElement.dataset.id : null;
  }

  updated(changed) {
    if (changed.has('selected')) this.#reveal();
    if (this.focused && document.activeElement === document.body) this.#rowOf(this.focused)?.focus({ preventScroll: true });
  }

  #groups() {
    let left = this.drawn;
    return this.#shown.map(({ key, items }) => {
      const drawn = items.slice(0, left);
      left -= drawn.length;
      if (drawn.length === 0) return nothing;
      const title = html`${t(`tasks.group_${key}`)} <span class="count">${items.length}</span>`;
      return html`<section class="task-group" aria-labelledby="group-${key}">
        ${this.top ? html`<h2 class="task-group-title" id="group-${key}">${title}</h2>` : html`<h3 class="task-group-title" id="group-${key}">${title}</h3>`}
        <ul>${repeat(drawn, ({ id }) => id, (task) => this.#row(task))}</ul></section>`;
    });
  }

  #row(task) {
    const { id, title, status, pipeline } = task;
    const shown = shownStatus(status, task.waiting_for);
    const { tone, key } = lookOf(shown);
    const at = place(task);
    const where = status === 'completed' || !at ? null : t('tasks.at', { name: at.name, number: at.number, of: at.of });
    return html`<li><a class="task-row" href=${pathOf(id)} data-testid="task-row" data-id=${id} data-status=${status}
        aria-current=${id === this.selected ? 'page' : nothing}>
      <span class="task-row-top"><span class="task-row-status tone-${tone}">${statusMark(shown)}${t(key)}</span><cb-age class="muted" .at=${movedAt(task)}></cb-age></span>
      <span class="task-row-title">${title}</span>
      <span class="task-row-sub">${where ? html`<span>${where}</span><span aria-hidden="true">·</span>` : nothing}<span class="truncate">${pipeline}</span></span>
      ${task.waiting_for ? html`<span class="task-row-sub task-row-waits"><span class="truncate">${waitingLine(task.waiting_for)}</span></span>` : nothing}
    </a></li>`;
  }

  #problem(problem) {
    return html`<div class="notice notice-wait task-list-notice">${icon('warn')}<p class="grow">${problem.offline ? t('problem.unreachable') : problem.message}</p>
      <button class="btn btn-sm" type="button" @click=${() => tasks.more()}>${t('outline.retry')}</button></div>`;
  }

  #empty(count, query) {
    if (count) return html`<div class="empty"><p>${t('tasks.no_match', { query })}</p>
      <button class="btn" type="button" @click=${() => tasks.search('')}>${t('palette.clear')}</button></div>`;
    if (!this.top) return html`<div class="empty"><p>${t('tasks.none')}</p></div>`;
    return html`<div class="empty task-list-empty">${icon('stage', 32)}<h2>${t('tasks.none')}</h2><p>${t('tasks.none_hint')}</p>
      <a class="btn btn-primary" href="/tasks/new">${icon('plus', 16)}${t('tasks.new')}</a></div>`;
  }

  #foot() {
    const { next, loading } = tasks.state;
    const hidden = this.#shown.reduce((sum, { items }) => sum + items.length, 0) > this.drawn;
    if (!hidden && next === null) return nothing;
    return html`<div class="task-list-foot"><button class="btn" type="button" ?disabled=${loading} data-testid="more-tasks"
      @click=${() => { this.drawn += DRAWN; if (!hidden) tasks.more(); }}>${t(loading ? 'tasks.loading' : 'tasks.more')}</button></div>`;
  }

  #step(by) {
    const focused = document.activeElement?.closest?.('.task-row')?.dataset.id;
    const id = neighbour(this.#shown, focused ?? this.selected, by);
    if (!id) return;
    if (this.selected) router.navigate(pathOf(id));
    this.#rowOf(id)?.focus();
  }

  #filterKey(event) {
    if (event.key === 'Escape') tasks.search('');
    else if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    this.querySelector('.task-row')?.focus();
  }

  #rowOf(id) {
    return [...this.querySelectorAll('.task-row')].find((row) => row.dataset.id === id);
  }

  #reveal() {
    const row = this.selected && this.#rowOf(this.selected);
    const box = this.querySelector('.task-list-rows');
    if (!row || box.clientHeight === 0) return;
    const gap = row.getBoundingClientRect().top - box.getBoundingClientRect().top;
    if (gap < 0 || gap + row.offsetHeight > box.clientHeight) box.scrollTop += gap - box.clientHeight / 3;
  }
}

customElements.define('cb-task-list', CbTaskList);
