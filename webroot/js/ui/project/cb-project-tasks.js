/* The tasks of a project, live: those that wait first. */
import { repeat } from 'lit/directives/repeat.js';
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { NO_FILTER, toQuery } from '../../core/task-filter.js';
import { groups } from '../../core/task-list.js';
import { TaskSearch } from '../../core/task-search.js';
import { tasks } from '../../core/tasks.js';
import { icon } from '../common/icons.js';
import { problemText } from '../common/stage-actions.js';
import { taskRow } from '../common/task-row.js';

await useStyles('cb-tasks');

class CbProjectTasks extends CbElement {
  static properties = { project: {} };
  #search = new TaskSearch();

  constructor() {
    super();
    this.watch(this.#search);
  }

  connectedCallback() {
    super.connectedCallback();
    tasks.start();
    this.until(tasks.listen((frames) => this.#heard(frames)));
    if (this.hasUpdated) this.#run();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#search.stop();
  }

  willUpdate(changed) {
    if (changed.has('project')) this.#run();
  }

  get #filter() {
    return { ...NO_FILTER, project: this.project };
  }

  #run() {
    this.#search.run(this.#filter);
  }

  /** After a snapshot changes may have been missed. */
  #heard(frames) {
    if (frames.some(({ kind }) => kind === 'snapshot') && !this.#search.state.loading) this.#run();
    else this.#search.apply(frames);
  }

  render() {
    const { items, loading, problem, done } = this.#search.state;
    const shown = groups(items).flatMap((group) => group.items);
    return html`<section class="card" aria-labelledby="project-tasks-title" data-testid="project-tasks">
      <header class="card-head"><h2 class="grow" id="project-tasks-title">${t('project.tasks')}${done ? html` <span class="count muted">${items.length}</span>` : nothing}</h2>
        <a class="btn btn-sm" href="/tasks${toQuery(this.#filter)}">${t('project.tasks_board')}</a></header>
      ${problem ? html`<div class="notice notice-wait">${icon('warn')}<p class="grow">${problemText(problem)}</p>
        <button class="btn btn-sm" type="button" @click=${() => this.#search.more()}>${t('outline.retry')}</button></div>` : nothing}
      ${done && shown.length === 0 ? html`<p class="card-body muted">${t('project.tasks_none')}</p>` : nothing}
      ${shown.length ? html`<ul class="project-tasks">${repeat(shown, ({ id }) => id, (task) => html`<li>${taskRow(task)}</li>`)}
        ${done ? nothing : html`<li class="task-list-foot"><button class="btn" type="button" ?disabled=${loading} data-testid="more-project-tasks"
          @click=${() => this.#search.more()}>${t(loading ? 'tasks.loading' : 'tasks.more')}</button></li>`}</ul>` : nothing}
    </section>`;
  }
}

customElements.define('cb-project-tasks', CbProjectTasks);
