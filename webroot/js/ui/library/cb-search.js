/* The /search screen: passages of documents by words and by meaning. The address keeps what is looked for. */
import { live } from 'lit/directives/live.js';
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { api } from '../../core/api.js';
import { announce } from '../../core/announce.js';
import { hotkey } from '../../core/hotkeys.js';
import { t } from '../../core/i18n.js';
import { projects } from '../../core/projects.js';
import { router, setTitle } from '../../core/router.js';
import { MODES, askOf, nearnessOf, paramsOf, searchAddress, toggled } from '../../core/search-model.js';
import { whenTasksMove } from '../../core/task-moves.js';
import { tasks } from '../../core/tasks.js';
import { icon } from '../common/icons.js';
import { LONG_MS, notThere, problemNotice, projectField, startHere, working } from './library-parts.js';
import { facetGroups, hitList } from './search-hits.js';

await useStyles('cb-search');
await useStyles('cb-library');

/** The first search may start the plugin's process and make its index anew. */
const SEARCH_MS = 65_000;

class CbSearch extends CbElement {
  static properties = {
    params: {}, query: {}, typed: { state: true }, found: { state: true }, problem: { state: true },
    busy: { state: true }, slow: { state: true }, anything: { state: true },
  };
  #abort = null;

  constructor() {
    super();
    Object.assign(this, {
      query: new URLSearchParams(), typed: null, found: null, problem: null, busy: false, slow: false, anything: null,
    });
    this.watch(projects);
  }

  connectedCallback() {
    super.connectedCallback();
    setTitle(t('search.title'));
    projects.follow();
    this.#look();
    this.until(whenTasksMove(tasks, () => this.#look()));
    this.until(hotkey('/', () => this.#field.focus()));
    for (const key of ['j', 'J']) this.until(hotkey(key, () => this.#step(1)));
    for (const key of ['k', 'K']) this.until(hotkey(key, () => this.#step(-1)));
    this.until(() => this.#abort?.abort());
  }

  firstUpdated() {
    if (!this.ask.q && !matchMedia('(pointer: coarse)').matches) this.#field.focus();
  }

  willUpdate(changed) {
    if (!changed.has('query')) return;
    this.ask = askOf(this.query);
    this.typed = null;
    const key = JSON.stringify(paramsOf(this.ask));
    if (key === this.asked) return;
    this.asked = key;
    this.found = null;
    this.#search();
  }

  get #field() {
    return this.querySelector('.search-words');
  }

  render() {
    const { ask, found, problem } = this;
    return html`<div class="page search-page"><div class="page-head"><h1>${t('search.title')}</h1></div>
      ${this.#form()}
      <div aria-busy=${String(this.busy)}>
        ${this.slow ? working(t('search.working')) : nothing}
        ${problem ? problemNotice(problem, () => this.#search()) : nothing}
        ${found ? this.#results(found) : nothing}
        ${!ask.q && !problem ? this.#before() : nothing}</div></div>`;
  }

  #form() {
    const { ask } = this;
    const mode = (name) => html`<label><input type="radio" name="search-mode" value=${name} data-testid="mode-${name}"
      .checked=${live(ask.mode === name)}
        @change=${() => this.#go({ mode: name })}><span>${t(`search.mode_${name}`)}</span></label>`;
    return html`<search><form class="search-form" @submit=${this.#submit}>
      <div class="search-row"><div class="library-box grow"><span class="search-icon">${icon('search')}</span>
        <input dir="auto" class="input search-words" type="search" autocomplete="off" spellcheck="false"
          maxlength="1000"
          enterkeyhint="search" data-testid="search-words" aria-label=${t('search.words')}
            placeholder=${t('search.words')}
          .value=${live(this.typed ?? ask.q)} @input=${({ target }) => { this.typed = target.value; }}
            @keydown=${this.#key}>
        <kbd aria-hidden="true">/</kbd></div>
        <button class="btn btn-primary" type="submit" data-testid="search-go">${t('search.go')}</button></div>
      <div class="search-options"><fieldset class="search-mode"><legend class="label">${t('search.mode')}</legend>
        <div class="segmented">${MODES.map(mode)}</div></fieldset>
        ${projectField({ id: 'search-project', value: ask.project, set: (project) => this.#go({ project }) })}</div>
    </form></search>`;
  }

  #before() {
    if (this.anything === false) return notThere({
      name: 'search', title: t('search.nothing_yet'), hint: [t('search.nothing_yet_hint')], action: startHere(),
    });
    return html`<div class="search-before muted"><p>${t('search.hint')}</p><p>${t('search.hint_phrase')}</p></div>`;
  }

  #results({ items, next, total, nearest, mode, facets, counts_exact: exact, warnings }) {
    const { facets: chosen } = this.ask;
    const notes = warnings.map((warning) => html`<div class="notice notice-wait search-warning"
      data-testid="search-warning">
      ${icon('info')}<p>${warning}</p></div>`);
    if (items.length === 0 && chosen.length === 0) return html`${notes}${this.#none()}`;
    const all = Math.max(total, items.length);
    const sum = next ? t('search.found_more', { n: items.length, of: all }) : t('search.found', { n: all });
    const near = nearnessOf({ mode, total, nearest });
    return html`${notes}<div class="search-cols">
      ${facetGroups({ facets, exact, chosen, narrow: (facet) => this.#go({ facets: toggled(chosen, facet) }) })}
      <section class="search-found" aria-labelledby="search-sum">
        <h2 class="search-sum small muted" id="search-sum" data-testid="search-sum">${sum}</h2>
        ${near ? html`<p class="search-near small muted"
          data-testid="search-near">${t(`search.${near}`, { n: nearest })}</p>` : nothing}
        ${items.length ? hitList(items, { mode })
          : html`<p class="muted" data-testid="filtered-none">${t('search.filtered_none')}</p>`}
        ${next ? html`<p class="search-more"><button class="btn" type="button" data-testid="search-more" ?disabled=${this.busy}
          @click=${() => this.#more()}>${t(this.busy ? 'tasks.loading' : 'tasks.more')}</button></p>` : nothing}
      </section></div>`;
  }

  #none() {
    const { ask, anything } = this;
    if (anything === false) return this.#before();
    const all = html`<button class="btn" type="button"
      @click=${() => this.#go({ project: '' })}>${t('search.try_all')}</button>`;
    const both = html`<button class="btn" type="button"
      @click=${() => this.#go({ mode: 'hybrid' })}>${t('search.try_both')}</button>`;
    return notThere({
      name: 'search', title: t('search.none', { q: ask.q }),
      hint: t(/"/.test(ask.q) ? 'search.none_phrase' : 'search.none_hint'),
      action: html`<div class="row-wrap">${ask.project ? all : nothing}${ask.mode === 'hybrid' ? nothing : both}</div>`,
    });
  }

  #submit = (event) => {
    event.preventDefault();
    this.#go({ q: this.#field.value, facets: [] });
    if (!this.found && !this.busy) this.#search();
  };

  #key = (event) => {
    if (event.key === 'Escape' && this.#field.value) {
      event.preventDefault();
      this.typed = '';
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      this.#step(1);
    }
  };

  #step(by) {
    const links = [...this.querySelectorAll('.hit-link')];
    const at = links.indexOf(document.activeElement);
    const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by];
    if (by < 0 && at === 0) this.#field.focus();
    else next?.focus();
  }

  #go(patch) {
    const typed = this.#field.value;
    const next = { ...this.ask, q: typed, ...patch };
    if (next.q.trim() !== this.ask.q.trim() || next.project !== this.ask.project) next.facets = patch.facets ?? [];
    router.navigate(searchAddress(next), { replace: !('q' in patch) });
  }

  /** Whether there is anything to be found at all. */
  async #look() {
    try {
      const { items } = await api.get('/api/documents', { query: { limit: 1 } });
      this.anything = items.length > 0;
    } catch {
      this.anything = null;
    }
  }

  async #search(cursor = null) {
    this.#abort?.abort();
    Object.assign(this, { problem: null, slow: false, busy: false });
    const { ask } = this;
    if (!ask.q.trim()) return;
    const abort = new AbortController();
    this.#abort = abort;
    this.busy = true;
    const timer = setTimeout(() => { this.slow = true; }, LONG_MS);
    try {
      const query = { ...paramsOf(ask), cursor };
      const answer = await api.get('/api/search', { query, signal: abort.signal, timeout: SEARCH_MS });
      const items = cursor ? [...this.found.items, ...answer.items] : answer.items;
      this.found = { ...answer, facets: answer.facets ?? {}, warnings: answer.warnings ?? [], items };
      announce(t('search.found', { n: Math.max(answer.total ?? 0, items.length) }));
    } catch (problem) {
      if (!abort.signal.aborted) this.problem = problem;
    } finally {
      clearTimeout(timer);
      if (this.#abort === abort) Object.assign(this, { busy: false, slow: false });
    }
  }

  #more() {
    return this.#search(this.found.next);
  }
}

customElements.define('cb-search', CbSearch);
