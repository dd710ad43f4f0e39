/*
 * What the board looks for: words, a status, and on demand project, pipeline, age and the archive. Beside a task, where
 * there is less room (not `whole`), the status comes on demand, too.
 * It changes tasks.state.filter; the page keeps that in its address.
 */
import { live } from 'lit/directives/live.js';
import { CbElement, html, nothing } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { pipelines } from '../../core/pipelines.js';
import { projects } from '../../core/projects.js';
import { STATUSES, lookOf } from '../../core/status.js';
import { AGES, NO_FILTER, isActive } from '../../core/task-filter.js';
import { tasks } from '../../core/tasks.js';
import { icon } from '../common/icons.js';

class CbTaskFilters extends CbElement {
  static properties = { whole: { type: Boolean }, open: { state: true } };

  constructor() {
    super();
    Object.assign(this, { whole: false, open: false });
    for (const store of [tasks, projects, pipelines]) this.watch(store);
  }

  connectedCallback() {
    super.connectedCallback();
    const { project, pipeline, label, age, archived } = tasks.state.filter;
    if (project || pipeline || label || age || archived) this.#show();
  }

  focusWords() {
    this.querySelector('.task-filter').focus();
  }

  render() {
    const { filter } = tasks.state;
    return html`<div class="search-box"><span class="search-icon">${icon('search')}</span>
        <input dir="auto" class="input task-filter" type="search" autocomplete="off" spellcheck="false" maxlength="200" data-testid="task-search"
          aria-label=${t('tasks.filter')} placeholder=${t('tasks.filter')} .value=${live(filter.q)}
          @input=${({ target }) => tasks.use({ q: target.value })} @keydown=${this.#key}></div>
      ${this.whole || this.open || filter.status ? html`<div class="chips task-chips" role="group" aria-label=${t('tasks.by_status')}>
        ${this.#chip('', t('tasks.all'))}${STATUSES.map((status) => this.#chip(status, t(lookOf(status).key)))}</div>` : nothing}
      <div class="row task-filter-row">
        <button class="btn btn-sm btn-quiet" type="button" data-testid="more-filters" aria-expanded=${String(this.open)}
          @click=${() => (this.open ? this.#hide() : this.#show())}>${icon(this.open ? 'up' : 'down', 14)}${t('tasks.filters')}</button>
        <span class="grow"></span>
        ${isActive(filter) ? html`<button class="btn btn-sm btn-quiet" type="button" data-testid="clear-filters"
          @click=${() => tasks.use(NO_FILTER)}>${icon('close', 14)}${t('tasks.clear')}</button>` : nothing}</div>
      ${this.open ? this.#more(filter) : nothing}`;
  }

  #chip(status, word) {
    const { filter, counts } = tasks.state;
    const n = status && !filter.archived ? counts?.[status] : undefined;
    return html`<button class="chip" type="button" data-testid="status-chip" data-status=${status || 'all'}
      aria-pressed=${String(filter.status === status)} @click=${() => tasks.use({ status })}>${word}${n ? html` <span class="count">${n}</span>` : nothing}</button>`;
  }

  #more(filter) {
    const named = (items) => (items ?? []).filter(({ archived_at: archived }) => !archived);
    return html`<div class="task-filter-more">
      ${this.#select('project', t('tasks.project'), named(projects.state.items).map(({ id, name }) => [id, name]), filter.project)}
      ${this.#select('pipeline', t('tasks.pipeline'), named(pipelines.state.items).map(({ name }) => [name, name]), filter.pipeline)}
      <label class="task-filter-field"><span class="small">${t('tasks.label')}</span>
        <input class="input" data-testid="filter-label" autocomplete="off" maxlength="50" list="known-labels" .value=${filter.label}
          @change=${({ target }) => tasks.use({ label: target.value.trim() })}></label>
      <datalist id="known-labels">${tasks.labels.map((label) => html`<option value=${label}></option>`)}</datalist>
      ${this.#select('age', t('tasks.age'), Object.keys(AGES).map((age) => [age, t(`tasks.age_${age}`)]), filter.age)}
      <label class="task-filter-check"><input class="check" type="checkbox" data-testid="filter-archived" .checked=${live(filter.archived)}
        @change=${({ target }) => tasks.use({ archived: target.checked })}><span>${t('tasks.archived')}</span></label></div>`;
  }

  /** One that is looked for but not listed stays a choice. */
  #select(name, label, options, value) {
    const known = value && !options.some(([each]) => each === value) ? [...options, [value, value]] : options;
    return html`<label class="task-filter-field"><span class="small">${label}</span>
      <select class="select" data-testid="filter-${name}" @change=${({ target }) => tasks.use({ [name]: target.value })}>
        <option value="" ?selected=${!value}>${t('tasks.any')}</option>
        ${known.map(([each, word]) => html`<option value=${each} ?selected=${each === value}>${word}</option>`)}</select></label>`;
  }

  #show() {
    this.open = true;
    projects.follow();
    pipelines.follow();
  }

  #hide() {
    this.open = false;
  }

  #key(event) {
    if (event.key === 'Escape') tasks.use({ q: '' });
    else if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    this.emit('leave-filter');
  }
}

customElements.define('cb-task-filters', CbTaskFilters);
