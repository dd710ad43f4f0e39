/* The /tasks/ID screen: the board on one side, the task on the other; only the task on a narrow window. */
import { CbElement, html, useStyles } from '../core/base.js';
import { placeIn } from '../core/document-model.js';
import { t } from '../core/i18n.js';
import { tasks } from '../core/tasks.js';
import { icon } from './icons.js';
import './cb-task-list.js';
import './cb-task-view.js';

await useStyles('cb-tasks');

class CbTask extends CbElement {
  static properties = { params: {}, query: {} };
  #place = null;

  constructor() {
    super();
    this.watch(tasks);
  }

  willUpdate(changed) {
    if (changed.has('query')) this.#place = placeIn(this.query);
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
