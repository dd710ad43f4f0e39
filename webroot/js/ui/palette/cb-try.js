/*
 * Runs a definition once on sample input, without saving it.
 *
 *   <cb-try .schema=${settings schema} .purpose=${'edit ID'} .unavailable=${why it cannot, or ''}
 *     .definition=${() => definition, or null when it has faults} .refused=${(problem) => …}></cb-try>
 *
 * The sample is kept in this browser. Leaving the page, or Cancel, ends what runs.
 */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { clock } from '../../core/clock.js';
import { drafts } from '../../core/drafts.js';
import { fmt, t } from '../../core/i18n.js';
import { givenValues } from '../../core/schema-form.js';
import { ticking } from '../../core/times.js';
import { keepSample, keptSample, refusalOf, sampleOf, settingsOf, tryStage } from '../../core/try-run.js';
import { usageText } from '../../core/usage.js';
import { textField } from '../common/field.js';
import { showFirst } from '../common/first-fault.js';
import { icon } from '../common/icons.js';
import { logLine } from '../common/log-line.js';
import { problemText } from '../common/stage-actions.js';
import '../common/cb-form.js';
import '../common/cb-raw.js';

await Promise.all([useStyles('cb-log'), useStyles('cb-output'), useStyles('cb-try')]);

class CbTry extends CbElement {
  static properties = {
    schema: {}, shape: { state: true }, purpose: {}, unavailable: {}, definition: {}, refused: {}, sample: { state: true },
    fault: { state: true }, notes: { state: true }, wrong: { state: true }, since: { state: true },
    result: { state: true },
  };

  #running = null;

  constructor() {
    super();
    Object.assign(this, {
      schema: [], shape: [], unavailable: '', notes: [], wrong: new Map(), since: null, result: null, fault: '',
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#running?.abort();
  }

  willUpdate(changed) {
    if (changed.has('purpose')) Object.assign(this, { sample: keptSample(drafts, this.purpose), given: null });
    const shape = this.schema.filter(({ key }) => key);
    if (JSON.stringify(shape) === JSON.stringify(this.shape)) return;
    // The form begins anew with another schema, and keeps what was typed.
    Object.assign(this, { shape, sample: { ...this.sample, values: this.given ?? this.sample.values } });
  }

  render() {
    return html`<fieldset class="rows-editor try" data-testid="try" @keydown=${this.#keys}>
      <legend class="label">${t('try.title')}</legend>
      <p class="hint">${t('try.hint')}</p>
      ${this.unavailable ? html`<p class="notice notice-wait" role="note" data-testid="try-unavailable">${icon('warn')}<span>
        ${this.unavailable}</span></p>` : this.#form()}
    </fieldset>`;
  }

  #form() {
    const { text, kind, values } = this.sample;
    return html`
      <div class="segmented" role="radiogroup" aria-label=${t('try.kind')}>${['text', 'json'].map((each) => html`<label>
        <input type="radio" name="try-kind" value=${each} data-testid="try-${each}" .checked=${kind === each}
          @change=${() => this.#keep({ kind: each })}><span>${t(`try.${each}`)}</span></label>`)}</div>
      ${textField({
        id: 'try-input', testid: 'try-input', label: t('try.input'), lines: 4, mono: kind === 'json', value: text,
        set: (typed) => this.#keep({ text: typed }), error: this.fault,
      })}
      ${this.shape.length ? html`<cb-form .schema=${this.shape} .values=${values} .errors=${this.wrong}
        .prefix=${'try-setting'} @values=${this.#settings}></cb-form>` : nothing}
      <div class="row try-foot">
        ${this.since ? html`<button class="btn" type="button" data-testid="try-cancel" @click=${this.#cancel}>
            ${t('try.cancel')}</button>`
          : html`<button class="btn" type="button" data-testid="try-run" @click=${this.#run}>${t('try.run')}</button>`}
        <span class="grow small muted" role="status" data-testid="try-status">${this.#status()}</span>
      </div>
      ${this.notes.length ? html`<div class="notice notice-bad" role="alert" data-testid="try-refused">${icon('warn')}
        <div>${this.notes.map((each) => html`<p>${each}</p>`)}</div></div>` : nothing}
      ${this.result ? this.#outcome(this.result) : nothing}`;
  }

  #status() {
    if (this.since) return t('try.running', { time: ticking(Math.max(0, clock.state.now - this.since)) });
    if (!this.result) return '';
    const { status, duration_ms: ms, usage } = this.result;
    return [t(`try.${status}`, { time: fmt.duration(ms) }), usageText(usage)].filter(Boolean).join(' · ');
  }

  #outcome({ error, log, output, output_size: size, status }) {
    return html`<div class="try-result stack" data-testid="try-result" data-status=${status}>
      ${error ? html`<div class="notice notice-bad" data-testid="try-error">${icon('warn')}<p>${error.message}</p></div>` : nothing}
      ${status === 'completed' ? html`<h3 class="label">${t('try.output')}</h3>
        ${output === undefined && size ? html`<p class="small">${t('try.long', { size: fmt.bytes(size) })}</p>`
          : html`<cb-raw data-testid="try-output" .value=${output ?? null} ?wrap=${typeof output === 'string'}></cb-raw>`}` : nothing}
      ${log.length ? html`<h3 class="label">${t('try.log')}</h3>
        <div class="log-box" tabindex="0" role="region" aria-label=${t('try.log')} data-wrap data-testid="try-log">
          ${log.map((line) => logLine(line))}</div>` : nothing}
    </div>`;
  }

  #keep(patch) {
    this.sample = { ...this.sample, ...patch };
    this.fault = '';
    this.#store();
  }

  #store() {
    keepSample(drafts, this.purpose, { ...this.sample, values: this.given ?? this.sample.values }, this.shape);
  }

  #settings = ({ detail }) => {
    this.wrong = new Map();
    // Not `this.sample`: that would give the form its own values back while they are typed.
    this.given = givenValues(this.shape, detail.values, {});
    this.#store();
  };

  #run = async () => {
    const { text, kind, values } = this.sample;
    const input = sampleOf(text, kind);
    this.fault = input.code ? t(`check.${input.code}`) : '';
    const form = this.querySelector('cb-form');
    const definition = this.definition();
    if (input.code || form?.check().length || !definition) return showFirst(this);
    const running = new AbortController();
    const stop = clock.subscribe(() => this.requestUpdate());
    this.#running = running;
    Object.assign(this, { since: Date.now(), result: null, notes: [], wrong: new Map() });
    try {
      const settings = settingsOf(this.shape, this.given ?? values);
      this.result = await tryStage({ definition, input: input.value, settings }, running.signal);
    } catch (problem) {
      if (!running.signal.aborted) this.#turnedDown(problem);
    } finally {
      this.since = null;
      stop();
    }
    await this.updateComplete;
    if (this.isConnected) this.querySelector('[data-testid="try-run"]')?.focus();
  };

  #turnedDown(problem) {
    if (problem.status === undefined) throw problem;
    if (problem.status !== 400) {
      this.notes = [problem.status ? problem.detail || problem.title : problemText(problem)];
      return;
    }
    const { settings, definition, rest } = refusalOf(problem, this.shape);
    Object.assign(this, { wrong: settings, notes: rest });
    if (definition) this.refused(definition);
  }

  #cancel = () => this.#running?.abort();

  /** Enter here tries the stage; it does not save it. */
  #keys = (event) => {
    const line = event.target.matches('input:not([type=radio], [type=checkbox])');
    if (event.key !== 'Enter' || !(line || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!this.since) this.#run();
  };
}

customElements.define('cb-try', CbTry);
