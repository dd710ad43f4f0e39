/* The /tasks screen: the board; beside it, on a wide window, room for a task. */
import { CbElement, html, useStyles } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { inside } from '../../core/prefix.js';
import { router, setTitle } from '../../core/router.js';
import { NO_FILTER, fromQuery, isActive } from '../../core/task-filter.js';
import { tasks } from '../../core/tasks.js';
import { icon } from '../common/icons.js';
import './cb-task-list.js';

await useStyles('cb-tasks');

class CbTasks extends CbElement {
  static properties = { params: {}, query: {} };

  constructor() {
    super();
    this.watch(tasks, () => this.#write());
  }

  connectedCallback() {
    super.connectedCallback();
    setTitle(t('nav.tasks'));
    // A task is what is opened from here: its modules are fetched while nothing else is to do.
    const idle = globalThis.requestIdleCallback ?? setTimeout;
    idle(() => import('./cb-task.js').catch(() => {}));
  }

  /** The address says what is looked for. */
  willUpdate(changed) {
    if (changed.has('query')) tasks.use({ ...NO_FILTER, ...fromQuery(this.query) });
  }

  #write() {
    if (inside(location.pathname) === '/tasks') router.navigate(tasks.path, { replace: true });
  }

  render() {
    const empty = tasks.state.ready && tasks.state.items.length === 0 && !isActive(tasks.state.filter);
    return html`<div class="board" data-view=${empty ? 'empty' : 'list'}>
      <div class="board-side"><cb-task-list .top=${true}></cb-task-list></div>
      <section class="board-main board-blank" aria-label=${t('tasks.task')} ?hidden=${empty}><div class="empty">
        ${icon('stage', 32)}<h2>${t('tasks.pick')}</h2><p>${t('tasks.pick_hint')}</p>
        <p class="keys"><kbd>J</kbd> <kbd>K</kbd> ${t('tasks.keys_move')} <kbd>/</kbd> ${t('tasks.keys_filter')}</p></div></section>
    </div>`;
  }
}

customElements.define('cb-tasks', CbTasks);
