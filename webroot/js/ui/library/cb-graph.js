/* The /graph screen: what documents say as a graph, drawn and in tables. The address keeps what of it is shown. */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { api } from '../../core/api.js';
import { announce } from '../../core/announce.js';
import { graphOf, looksOf, sameGraph, typesOf } from '../../core/graph-model.js';
import { hotkey } from '../../core/hotkeys.js';
import { fmt, t } from '../../core/i18n.js';
import { graphAddress, graphAsk, sameAnswer } from '../../core/library-address.js';
import { projects } from '../../core/projects.js';
import { router, setTitle } from '../../core/router.js';
import { whenTasksMove } from '../../core/task-moves.js';
import { tasks } from '../../core/tasks.js';
import { icon } from '../common/icons.js';
import { graphControls } from './graph-controls.js';
import { shapeMark } from './graph-parts.js';
import { LONG_MS, notThere, problemNotice, startHere, working } from './library-parts.js';
import './cb-graph-drawing.js';
import './cb-graph-tables.js';

await useStyles('cb-graph');
await useStyles('cb-library');

class CbGraph extends CbElement {
  static properties = {
    params: {}, query: {}, answer: { state: true }, graph: { state: true }, picked: { state: true },
    problem: { state: true }, slow: { state: true }, busy: { state: true }, later: { state: true },
  };
  #turn = 0;

  constructor() {
    super();
    Object.assign(this, {
      query: new URLSearchParams(), answer: null, graph: null, picked: null, problem: null, slow: false, busy: false,
      later: null,
    });
    this.watch(projects);
  }

  connectedCallback() {
    super.connectedCallback();
    setTitle(t('graph.title'));
    projects.follow();
    this.until(whenTasksMove(tasks, () => this.#read(true), { busy: () => this.busy }));
    this.until(hotkey('/', () => this.querySelector('cb-node-find').focusField()));
  }

  willUpdate(changed) {
    if (!changed.has('query')) return;
    const ask = graphAsk(this.query);
    const before = this.ask;
    this.ask = ask;
    if (before && sameAnswer(ask, before)) {
      if (this.graph?.byId.has(ask.pick)) this.picked = ask.pick;
      return;
    }
    Object.assign(this, { later: null, problem: null });
    this.#read();
  }

  render() {
    const { ask, answer, graph, problem } = this;
    const any = answer && (answer.nodes.length > 0 || ask.node || ask.name || ask.type || ask.project);
    return html`<div class="page graph-page"><div class="page-head"><h1>${t('graph.title')}</h1>
        ${graph?.nodes.length ? this.#exports() : nothing}</div>
      ${any || problem ? graphControls({ ask, graph, types: this.#types(), go: (patch) => this.#go(patch) }) : nothing}
      ${this.slow ? working(t('graph.working')) : nothing}
      ${problem ? this.#problem(problem) : nothing}
      ${this.later ? html`<div class="notice" role="status" data-testid="graph-changed">${icon('info')}
        <p class="grow">${t('graph.changed')}</p>
        <button class="btn btn-sm" type="button"
          @click=${() => this.#show(this.later)}>${t('graph.show_changes')}</button></div>` : nothing}
      <div aria-busy=${String(this.busy)}>
        ${answer && !problem ? (graph.nodes.length ? this.#shown() : this.#none()) : nothing}</div></div>`;
  }

  #exports() {
    const address = (format) => {
      const query = new URLSearchParams({ format });
      if (this.ask.project) query.set('project', this.ask.project);
      return `/api/graph/export?${query}`;
    };
    return html`<div class="row-wrap" role="group" aria-label=${t('graph.export')}>
      ${['graphml', 'turtle', 'jsonld'].map((format) => html`<a class="btn btn-sm" download data-testid="export-${format}"
        href=${address(format)}>${icon('download', 14)}${t(`graph.${format}`)}</a>`)}</div>`;
  }

  #problem(problem) {
    if (problem.code !== 'unknown_node') return problemNotice(problem, () => this.#read());
    return notThere({
      name: 'pipeline', title: t('graph.no_node'), hint: [problem.detail, t('graph.no_node_hint')],
      action: html`<button class="btn" type="button" data-testid="whole-graph"
        @click=${() => this.#go({ node: '', to: '' })}>${t('graph.whole')}</button>`,
    });
  }

  #none() {
    const { node, to, name, type, project } = this.ask;
    if (to) return notThere({
      name: 'pipeline', title: t('graph.no_path'), hint: t('graph.no_path_hint'),
      action: html`<button class="btn" type="button"
        @click=${() => this.#go({ to: '' })}>${t('graph.drop_path')}</button>`,
    });
    if (node || name || type || project) return notThere({
      name: 'pipeline', title: t('graph.no_match'), hint: t('graph.no_match_hint'),
      action: html`<button class="btn" type="button"
        @click=${() => this.#go({ node: '', to: '', name: '', type: '', project: '' })}>${t('graph.whole')}</button>`,
    });
    return notThere({ name: 'pipeline', title: t('graph.none'), hint: t('graph.none_hint'), action: startHere() });
  }

  /** The type that was asked for stays a choice. */
  #types() {
    const types = this.graph ? typesOf(this.graph) : [];
    const { type } = this.ask;
    return type && !types.some((each) => each.type === type) ? [...types, { type, count: 0 }] : types;
  }

  #shown() {
    const { ask, answer, graph, picked } = this;
    const looks = looksOf(graph.nodes.map(({ type }) => type));
    const n = graph.nodes.length;
    const way = ask.to ? answer.nodes.map(({ id }) => id) : [];
    const pick = ({ detail }) => this.#pick(detail.id === picked ? null : detail.id);
    return html`<p class="graph-sum small muted" role="status" data-testid="graph-sum">${this.#sum(n)}</p>
      <div class="graph-cols"><section class="card graph-drawn" aria-label=${t('graph.picture')}>
          <cb-graph-drawing .graph=${graph} .looks=${looks} .picked=${picked} .way=${way} @pick=${pick}
            @open=${({ detail }) => this.#go(detail.patch)}></cb-graph-drawing>
          ${this.#legend(looks)}<p class="tiny muted graph-keys">${t('graph.keys')}</p></section>
        <section class="card graph-listed" aria-label=${t('graph.table')}>
          <cb-graph-tables .graph=${graph} .looks=${looks} .picked=${picked} .way=${way} .ask=${ask} .project=${ask.project}
            @pick=${pick} @view=${({ detail }) => this.#keep({ view: detail.view })}
            @open=${({ detail }) => this.#go(detail.patch)}></cb-graph-tables></section></div>`;
  }

  /** The nodes of a name come without their relations. */
  #sum(n) {
    const { ask, answer: { total: of }, graph } = this;
    const { name } = ask;
    if (name) return of > n ? t('graph.sum_name_of', { n, of, name }) : t('graph.sum_name', { n, name });
    const nodes = ask.to ? t('graph.path_sum', { n: n - 1 })
      : !ask.node && of > n ? t('graph.sum_of', { n, of }) : t('graph.sum', { n });
    return `${nodes} ${t('graph.sum_relations', { n: graph.relations.length })}`;
  }

  #legend(looks) {
    return html`<ul class="graph-legend" aria-label=${t('graph.legend')}
      data-testid="legend">${typesOf(this.graph).map(({ type, count }) => html`
      <li><button class="chip" type="button" aria-pressed=${String(this.ask.type === type)}
        title=${t('graph.only_type', { type })}
        @click=${() => this.#go({ type: this.ask.type === type ? '' : type })}>${shapeMark(looks.get(type))}${type.replaceAll('_', ' ')}
        <span class="count">${fmt.number(count)}</span></button></li>`)}</ul>`;
  }

  #go(patch) {
    router.navigate(graphAddress({ ...this.ask, ...(patch.node ? { name: '' } : {}), pick: '', view: '', ...patch }));
  }

  /** What is selected is no step of the history. */
  #keep(patch) {
    router.navigate(graphAddress({ ...this.ask, ...patch }), { replace: true });
  }

  /** The node in the middle is selected at first. */
  #pick(id) {
    const { node, to } = this.ask;
    this.picked = id;
    this.#keep({ pick: !id || (id === node && !to) ? '' : id, view: '' });
  }

  #show(answer) {
    const graph = graphOf(answer);
    const stays = this.picked && graph.byId.has(this.picked);
    Object.assign(this, { answer, graph, later: null, picked: stays ? this.picked : null });
  }

  /** What changes while somebody reads is shown when they say so. */
  #changed(answer) {
    if (sameGraph(answer, this.answer)) return;
    const reading = this.picked || this.querySelector('.graph-cols :focus, .graph-cols:hover');
    if (reading) this.later = answer;
    else this.#show(answer);
  }

  async #read(again = false) {
    const turn = ++this.#turn;
    const { node, to, name, depth, type, limit, project } = this.ask;
    // What is shown stays shown while it is read once more.
    const quiet = again && this.answer !== null && !this.problem;
    const timer = setTimeout(() => { this.slow = !quiet; }, LONG_MS);
    this.busy = !quiet;
    try {
      const answer = to ? await api.get('/api/graph/path', { query: { from: node, to, project } })
        : await api.get('/api/graph', { query: { node, name, depth: node ? depth : null, type, limit, project } });
      if (turn !== this.#turn) return;
      this.problem = null;
      if (quiet) this.#changed(answer);
      else {
        this.#show(answer);
        const first = this.ask.pick || (to ? '' : node);
        if (this.graph.byId.has(first)) this.picked = first;
        announce(t('graph.sum', { n: answer.nodes.length }));
      }
    } catch (problem) {
      if (turn === this.#turn && !quiet) this.problem = problem;
    } finally {
      clearTimeout(timer);
      if (turn === this.#turn) Object.assign(this, { slow: false, busy: false });
    }
  }
}

customElements.define('cb-graph', CbGraph);
