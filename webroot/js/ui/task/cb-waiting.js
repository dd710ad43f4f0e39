/* What an attempt waits for, since when and until when; a wait for the ledger offers to write it. */
import { CbElement, html, nothing } from '../../core/base.js';
import { api } from '../../core/api.js';
import { gateRows } from '../../core/gate-rows.js';
import { t } from '../../core/i18n.js';
import { ledgerValue } from '../../core/ledger.js';
import { toast } from '../../core/toasts.js';
import { icon } from '../common/icons.js';
import { problemText } from '../common/stage-actions.js';
import './cb-ledger-edit.js';
import '../common/cb-time.js';

class CbWaiting extends CbElement {
  static properties = {
    waiting: {}, task: {}, feed: {}, step: {}, writing: { state: true }, conditions: { state: true }, typed: { state: true },
    busy: { state: true },
  };
  #asked = null;

  constructor() {
    super();
    Object.assign(this, { writing: false, conditions: [], typed: {}, busy: false });
  }

  willUpdate() {
    const { pipeline } = this.task;
    const asked = this.waiting.kind === 'ledger' && pipeline ? `${pipeline} ${this.step?.name}` : null;
    if (asked === this.#asked) return;
    this.#asked = asked;
    if (asked) this.#read(pipeline, this.step?.name);
  }

  /** What the gate waits for stands in its pipeline; without it the sentence says enough. */
  async #read(pipeline, name) {
    try {
      const { stages = [] } = await api.get(`/api/pipelines/${encodeURIComponent(pipeline)}`, { query: { resolved: true } });
      this.conditions = stages.find((each) => each.name === name)?.config?.conditions ?? [];
    } catch {
      this.conditions = [];
    }
  }

  render() {
    const { kind, reason, since, until, next_check: next } = this.waiting;
    return html`<div class="card waiting" data-testid="waiting" data-kind=${kind}>
      <span class="waiting-mark" aria-hidden="true">${icon(['ledger', 'worker'].includes(kind) ? 'clock' : 'retry', 20)}</span>
      <div class="grow stack">
        <div><h3 class="waiting-title">${t(`waiting.${kind}`)}</h3><p class="waiting-reason">${reason}</p></div>
        <dl class="waiting-facts">
          ${since ? html`<div><dt>${t('waiting.since')}</dt><dd><cb-age .at=${since} .ago=${true}></cb-age></dd></div>` : nothing}
          ${until ? html`<div><dt>${t(kind === 'ledger' ? 'waiting.until' : 'waiting.resumes')}</dt><dd><cb-until .at=${until}></cb-until></dd></div>` : nothing}
          ${next && next !== until ? html`<div><dt>${t('waiting.next')}</dt><dd><cb-until .at=${next}></cb-until></dd></div>` : nothing}
        </dl>
        ${kind === 'ledger' ? this.#rows(reason) : nothing}
        ${kind === 'ledger' ? html`<div><button class="btn" type="button" data-testid="write-ledger" @click=${() => { this.writing = true; }}>${icon('edit', 16)}${t('ledger.write')}</button></div>` : nothing}
      </div>
      ${this.writing ? html`<cb-ledger-edit .task=${this.task} .feed=${this.feed} .reason=${reason} @closed=${() => { this.writing = false; }}></cb-ledger-edit>` : nothing}
    </div>`;
  }

  #rows(reason) {
    const rows = gateRows(this.conditions, this.task.ledger, reason).filter(({ met }) => !met);
    if (rows.length === 0) return nothing;
    return html`<ul class="gate-rows">${rows.map((row) => this.#row(row))}</ul>`;
  }

  #row({ key, operator, wanted, text, now }) {
    const value = this.typed[key] ?? text;
    const id = `gate-${key}`;
    return html`<li class="gate-row" data-testid="gate-row" data-key=${key}>
      <label for=${id}><code>${key}</code> <span class="small muted">${t(`gate.${operator}`, { value: JSON.stringify(wanted) })} ·
        ${now === undefined || now === null ? t('gate.unset') : t('gate.now', { value: JSON.stringify(now) })}</span></label>
      <span class="row"><input dir="auto" class="input mono" id=${id} data-testid="gate-value" .value=${value} autocomplete="off"
          @input=${({ target }) => { this.typed = { ...this.typed, [key]: target.value }; }}>
        <button class="btn" type="button" data-testid="gate-set" ?disabled=${this.busy} @click=${() => this.#set(key, value)}>${t('gate.set')}</button></span></li>`;
  }

  async #set(key, text) {
    this.busy = true;
    try {
      await this.feed.writeLedger({ [key]: ledgerValue(text).value });
      toast(t('ledger.saved', { key }));
    } catch (problem) {
      toast(problem.errors?.[0]?.detail ?? problemText(problem), { tone: 'bad' });
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('cb-waiting', CbWaiting);
