/* The /tasks/ID screen: the board on one side, the task on the other; only the task on a narrow window. */
import { CbElement, html, useStyles } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { inside } from '../../core/prefix.js';
import { router } from '../../core/router.js';
import { placeIn } from '../../core/task-address.js';
import { NO_FILTER, fromQuery } from '../../core/task-filter.js';
import { tasks } from '../../core/tasks.js';
import { icon } from '../common/icons.js';
import './cb-task-list.js';
import './cb-task-view.js';

await useStyles('cb-tasks');

class CbTask extends CbElement {
  static properties = { params: {}, query: {} };
  #place = null;

  constructor() {
    super();
    this.watch(tasks, () => this.#write());
  }

  willUpdate(changed) {
    if (!changed.has('query')) return;
    const place = placeIn(this.query);
    if (JSON.stringify(place) !== JSON.stringify(this.#place)) this.#place = place;
    tasks.use({ ...NO_FILTER, ...fromQuery(this.query) });
  }

  /** The address says what the board beside the task looks for. */
  #write() {
    const { id } = this.params;
    if (inside(location.pathname) !== `/tasks/${encodeURIComponent(id)}`) return;
    const step = new URLSearchParams(location.search).get('step');
    router.navigate(tasks.pathOf(id, { step, place: this.#place }), { replace: true });
  }

  render() {
    const { id } = this.params;
    return html`<div class="board" data-view="task">
      <aside class="board-side" aria-label=${t('tasks.title')}><cb-task-list .selected=${id}></cb-task-list></aside>
      <section class="board-main" aria-label=${t('tasks.task')}>
        <a class="btn btn-quiet back" href=${tasks.path}>${icon('left', 16)}${t('nav.tasks')}</a>
        <cb-task-view .wanted=${id} .step=${this.query?.get('step') ?? null} .place=${this.#place}></cb-task-view>
      </section>
    </div>`;
  }

  updated(changed) {
    const before = changed.get('params');
    if (before && before.id !== this.params.id) this.querySelector('.board-main').scrollTop = 0;
  }
}

customElements.define('cb-task', CbTask);
