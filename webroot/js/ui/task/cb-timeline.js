/* What happened to a task, in order, newest last: who did what and when. Read again whenever the task moves. */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { api } from '../../core/api.js';
import { fmt, has, t } from '../../core/i18n.js';
import { nameOf, who, whoIs } from '../../core/who.js';
import { icon } from '../common/icons.js';

await useStyles('cb-timeline');

const FEW = 8;
const INSTANT = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
const ICONS = { approved: 'check', decided: 'check', completed: 'check', failed: 'warn', cancelled: 'stop', redo: 'retry', retry: 'retry', created: 'plus', started: 'play', run: 'play', running: 'play', selection: 'edit', suggested: 'spark', suggestions: 'spark', waiting: 'clock', awaiting_approval: 'clock', questions: 'question' };

class CbTimeline extends CbElement {
  static properties = { task: {}, items: { state: true }, problem: { state: true }, all: { state: true } };
  #asked = null;
  #timer = 0;

  constructor() {
    super();
    Object.assign(this, { items: null, problem: false, all: false });
    this.watch(who);
  }

  willUpdate(changed) {
    const mark = `${this.task.id} ${this.task.revision}`;
    if (!changed.has('task') || mark === this.#asked) return;
    if (!this.#asked?.startsWith(`${this.task.id} `)) this.items = null;
    const first = this.#asked === null;
    this.#asked = mark;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#read(), first ? 0 : 250);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#asked = null;
  }

  render() {
    if (this.problem && !this.items) return nothing;
    const items = this.items ?? [];
    const left = this.task.stages?.filter(({ selected }) => selected === false) ?? [];
    const hidden = this.all ? 0 : Math.max(0, items.length - FEW);
    return html`<section class="card timeline" data-testid="timeline" aria-labelledby="timeline-title"><header class="card-head"><h2 class="facts-title grow" id="timeline-title">${t('timeline.title')}</h2>
        <span class="muted tiny" data-testid="zone">${t('time.zone', { zone: fmt.zone() })}</span></header>
      ${left.length ? html`<p class="timeline-left small" data-testid="left-out">${icon('info', 14)}<span>${t('timeline.left_out', { n: left.length, names: fmt.list(left.map(({ name }) => name)) })}</span></p>` : nothing}
      ${hidden ? html`<button class="link-btn timeline-more" type="button" @click=${() => { this.all = true; }}>${t('timeline.earlier', { n: hidden })}</button>` : nothing}
      ${this.items === null ? html`<p class="facts-none muted">${t('tasks.loading')}</p>` : items.length === 0 ? html`<p class="facts-none muted">${t('timeline.none')}</p>` : html`<ol>${items.slice(hidden).map((each) => this.#item(each))}</ol>`}</section>`;
  }

  #item({ at, actor, by = actor, kind, detail, text = detail }) {
    const name = ICONS[kind] ?? ICONS[Object.keys(ICONS).find((key) => kind?.includes(key))] ?? 'info';
    // What follows by itself has nobody's name.
    const said = !by || whoIs(by).kind === 'server' ? '' : nameOf(by);
    return html`<li class="timeline-item" data-kind=${kind}><span class="timeline-mark">${icon(name, 14)}</span>
      <p class="grow">${words(kind, text)}${said ? html` <span class="muted">· ${said}</span>` : nothing}</p><time class="muted tiny" datetime=${at} title=${fmt.exact(at)}>${fmt.date(at)}</time></li>`;
  }

  async #read() {
    const asked = this.#asked;
    try {
      const { items } = await api.get(`/api/tasks/${encodeURIComponent(this.task.id)}/timeline`);
      if (asked === this.#asked) Object.assign(this, { items, problem: false });
    } catch {
      if (asked === this.#asked) this.problem = true;
    }
  }
}

/** The server's words, its instants as dates; an entry that says no more than its kind is shown by it. */
function words(kind, text) {
  if (!text) return has(`timeline.kind_${kind}`) ? t(`timeline.kind_${kind}`) : kind;
  return text.replace(INSTANT, (at) => fmt.date(at));
}

customElements.define('cb-timeline', CbTimeline);
