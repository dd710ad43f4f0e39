/* What a task holds: its inputs, the state that its stages left, and the ledger. */
import { CbElement, html, nothing } from '../../core/base.js';
import { fmt, t } from '../../core/i18n.js';
import { preview } from '../../core/json-view-model.js';
import { filesTable } from './files-table.js';
import { icon } from '../common/icons.js';
import './cb-json.js';
import './cb-ledger-edit.js';

class CbTaskFacts extends CbElement {
  static properties = { task: {}, feed: {}, open: { state: true }, writing: { state: true } };

  constructor() {
    super();
    this.open = new Set();
  }

  render() {
    const { input = [], state_keys: state = {}, ledger = {} } = this.task;
    return html`<section class="facts" aria-label=${t('facts.title')}>
      ${this.#card('inputs', input.length, input.length ? filesTable(input) : html`<p class="muted facts-none">${t('facts.no_inputs')}</p>`)}
      ${this.#card('state', Object.keys(state).length, this.#pairs('state', state))}
      ${this.#card('ledger', Object.keys(ledger).length, html`${this.#pairs('ledger', ledger)}${this.#ledgerAdd()}`)}
    </section>`;
  }

  #card(name, count, body) {
    return html`<article class="card facts-card" data-testid="facts-${name}"><header class="card-head"><h2 class="facts-title">${t(`facts.${name}`)}</h2><span class="muted">${count}</span></header>${body}</article>`;
  }

  #pairs(name, pairs) {
    const entries = Object.entries(pairs);
    if (entries.length === 0) return html`<p class="muted facts-none">${t(`facts.no_${name}`)}</p>`;
    return html`<dl class="pairs" tabindex="0" aria-label=${t(`facts.${name}`)}>${entries.map(([key, value]) => html`<div class="pair"><dt><code>${key}</code></dt><dd>${this.#value(`${name} ${key}`, value)}</dd></div>`)}</dl>`;
  }

  #ledgerAdd() {
    if (!this.feed || this.task.archived_at) return nothing;
    return html`<button class="btn btn-sm ledger-add" type="button" data-testid="ledger-add" @click=${() => { this.writing = true; }}>${icon('edit', 14)}${t('ledger.write')}</button>
      ${this.writing ? html`<cb-ledger-edit .task=${this.task} .feed=${this.feed} @closed=${() => { this.writing = false; }}></cb-ledger-edit>` : nothing}`;
  }

  #value(mark, value) {
    if (value === null || typeof value !== 'object') return html`<code class="pair-value">${preview(value)}</code>`;
    const ref = value.output_ref;
    if (ref && Object.keys(value).length === 1) return this.#away(ref);
    const size = Array.isArray(value) ? t('json.elements', { n: value.length }) : t('json.keys', { n: Object.keys(value).length });
    return html`<details @toggle=${({ target }) => this.#toggled(mark, target.open)}><summary>${size}</summary>${this.open.has(mark) ? html`<cb-json .value=${value}></cb-json>` : nothing}</details>`;
  }

  /** A large value stands in the output of the step that left it. */
  #away({ execution_id: id, size = 0 }) {
    const step = this.task.stages?.find(({ execution_id: latest }) => latest === id);
    if (!step) return html`<span class="muted small">${t('facts.away', { size: fmt.bytes(size) })}</span>`;
    return html`<a class="small pair-link" href="/tasks/${encodeURIComponent(this.task.id)}?step=${encodeURIComponent(step.id)}">${t('facts.away_in', { size: fmt.bytes(size), name: step.name })}</a>`;
  }

  #toggled(mark, open) {
    const marks = new Set(this.open);
    if (open) marks.add(mark);
    else marks.delete(mark);
    this.open = marks;
  }
}

customElements.define('cb-task-facts', CbTaskFacts);
