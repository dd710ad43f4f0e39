/*
 * The board as a list: tasks in groups, or those that were looked for. `selected` is the open task's id,
 * `top` says that this list is the page itself. `/` goes to the filter, J and K to the next and previous task.
 */
import { repeat } from 'lit/directives/repeat.js';
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { hotkey } from '../../core/hotkeys.js';
import { t } from '../../core/i18n.js';
import { router } from '../../core/router.js';
import { NO_FILTER, isActive } from '../../core/task-filter.js';
import { groups, neighbour } from '../../core/task-list.js';
import { tasks } from '../../core/tasks.js';
import { icon } from '../common/icons.js';
import { taskRow } from '../common/task-row.js';
import './cb-task-bulk.js';
import './cb-task-filters.js';

await useStyles('cb-tasks');

/** Rows of a group that are drawn before somebody asks for more. */
const DRAWN = 100;

class CbTaskList extends CbElement {
  static properties = { selected: {}, top: { type: Boolean }, drawn: { state: true }, picked: { state: true } };
  #shown = [];

  constructor() {
    super();
    Object.assign(this, { selected: null, top: false, drawn: {}, picked: null });
    this.watch(tasks);
    this.watch(tasks.search);
  }

  connectedCallback() {
    super.connectedCallback();
    tasks.start();
    for (const key of ['j', 'J']) this.until(hotkey(key, () => this.#step(1)));
    for (const key of ['k', 'K']) this.until(hotkey(key, () => this.#step(-1)));
    this.until(hotkey('/', () => this.querySelector('cb-task-filters')?.focusWords()));
  }

  get #found() {
    return isActive(tasks.state.filter) ? tasks.search.state : null;
  }

  render() {
    const { items, ready, problem } = tasks.state;
    const found = this.#found;
    this.#shown = groups(found?.items ?? items);
    const any = items.length > 0 || found;
    return html`<div class="task-list-head"><div class="row">
        ${this.top ? html`<h1 class="task-list-title grow">${t('tasks.title')}</h1>` : html`<h2 class="task-list-title grow">${t('tasks.title')}</h2>`}
        ${any ? html`<button class="btn btn-quiet" type="button" data-testid="pick-tasks" aria-pressed=${String(this.picked !== null)}
          @click=${() => { this.picked = this.picked ? null : new Set(); }}>${t('bulk.start')}</button>` : nothing}
        <a class="btn" href="/tasks/new" data-testid="new-task">${icon('plus', 16)}${t('tasks.new')}</a></div>
        ${any ? html`<cb-task-filters .whole=${this.top} @leave-filter=${() => this.querySelector('.task-row')?.focus()}></cb-task-filters>` : nothing}
      </div>
      <div class="task-list-rows" data-testid="task-list" @scroll=${({ target }) => { tasks.scroll = target.scrollTop; }}>
        ${problem || found?.problem ? this.#problem(problem ?? found.problem) : nothing}
        ${found ? this.#summary(found) : nothing}
        ${this.#shown.map((group) => this.#group(group, found))}
        ${found ? this.#foundFoot(found) : ready && items.length === 0 ? this.#empty() : nothing}
      </div>
      ${this.picked ? html`<cb-task-bulk .tasks=${this.#all().filter(({ id }) => this.picked.has(id))}
        @picked-all=${() => { this.picked = new Set(this.#all().map(({ id }) => id)); }}
        @picked-none=${() => { this.picked = null; }}></cb-task-bulk>` : nothing}`;
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

  #all() {
    return this.#shown.flatMap(({ items }) => items);
  }

  #group({ key, items }, found) {
    const most = this.drawn[key] ?? DRAWN;
    const size = found ? items.length : Math.max(items.length, tasks.state.sizes[key]);
    const title = html`${t(`tasks.group_${key}`)} <span class="count">${size}</span>`;
    return html`<section class="task-group" aria-labelledby="group-${key}" data-group=${key}>
      ${this.top ? html`<h2 class="task-group-title" id="group-${key}">${title}</h2>` : html`<h3 class="task-group-title" id="group-${key}">${title}</h3>`}
      <ul>${repeat(items.slice(0, most), ({ id }) => id, (task) => this.#row(task))}</ul>
      ${this.#groupFoot(key, items.length > most, !found && tasks.state.left[key])}</section>`;
  }

  #groupFoot(key, hidden, left) {
    if (!hidden && !left) return nothing;
    const { loading } = tasks.state;
    const more = () => {
      this.drawn = { ...this.drawn, [key]: (this.drawn[key] ?? DRAWN) + DRAWN };
      if (!hidden) tasks.more(key);
    };
    return html`<div class="task-list-foot"><button class="btn" type="button" ?disabled=${!hidden && loading}
      data-testid="more-tasks" @click=${more}>${t(!hidden && loading ? 'tasks.loading' : 'tasks.more')}</button></div>`;
  }

  #row(task) {
    const row = taskRow(task, { current: task.id === this.selected, path: tasks.pathOf(task.id) });
    if (!this.picked) return html`<li>${row}</li>`;
    return html`<li class="task-pick"><input class="check" type="checkbox" data-testid="pick-task" aria-label=${t('bulk.pick', { title: task.title })}
      .checked=${this.picked.has(task.id)} @change=${({ target }) => this.#pick(task.id, target.checked)}>${row}</li>`;
  }

  #pick(id, on) {
    const picked = new Set(this.picked);
    if (on) picked.add(id);
    else picked.delete(id);
    this.picked = picked;
  }

  #problem(problem) {
    const again = () => (this.#found ? tasks.search.more() : tasks.read());
    return html`<div class="notice notice-wait task-list-notice">${icon('warn')}<p class="grow">${problem.offline ? t('problem.unreachable') : problem.message}</p>
      <button class="btn btn-sm" type="button" @click=${again}>${t('outline.retry')}</button></div>`;
  }

  /** It says that all has been searched only when it has. */
  #summary({ items, loading, done }) {
    const n = items.length;
    const text = done ? t('tasks.found', { n }) : loading ? t('tasks.searching') : t('tasks.found_more', { n });
    return html`<p class="task-list-sum small muted" role="status" data-testid="found">${text}</p>`;
  }

  #foundFoot({ items, loading, done }) {
    if (done && items.length === 0) return html`<div class="empty" data-testid="no-match"><p>${t('tasks.no_match')}</p>
      <button class="btn" type="button" @click=${() => tasks.use(NO_FILTER)}>${t('tasks.clear')}</button></div>`;
    if (done || items.length === 0) return nothing;
    return html`<div class="task-list-foot"><button class="btn" type="button" ?disabled=${loading} data-testid="more-found"
      @click=${() => tasks.search.more()}>${t(loading ? 'tasks.loading' : 'tasks.more')}</button></div>`;
  }

  #empty() {
    if (!this.top) return html`<div class="empty"><p>${t('tasks.none')}</p></div>`;
    return html`<div class="empty task-list-empty">${icon('stage', 32)}<h2>${t('tasks.none')}</h2><p>${t('tasks.none_hint')}</p>
      <a class="btn btn-primary" href="/tasks/new">${icon('plus', 16)}${t('tasks.new')}</a></div>`;
  }

  #step(by) {
    const focused = document.activeElement?.closest?.('.task-row')?.dataset.id;
    const id = neighbour(this.#shown, focused ?? this.selected, by);
    if (!id) return;
    if (this.selected) router.navigate(tasks.pathOf(id));
    this.#rowOf(id)?.focus();
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
