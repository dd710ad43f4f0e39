/*
 * Times that tick by themselves.
 *
 *   <cb-age .at=${task.updated_at}></cb-age>         "3 min", with the date as title; with .ago "3 minutes ago"
 *   <cb-spent .of=${stage}></cb-spent>               "12 s", counting while it runs
 */
import { CbElement, html, nothing } from '../core/base.js';
import { clock } from '../core/clock.js';
import { fmt, t } from '../core/i18n.js';
import { age, spent, ticking } from '../core/times.js';

class CbAge extends CbElement {
  static properties = { at: {}, ago: { type: Boolean } };

  constructor() {
    super();
    this.watch(clock);
  }

  render() {
    if (!this.at) return nothing;
    const { now } = clock.state;
    const long = () => (now - Date.parse(this.at) < 60_000 ? t('time.just_now') : fmt.ago(this.at, now));
    return html`<time datetime=${this.at} title=${fmt.date(this.at)}>${this.ago ? long() : age(this.at, now)}</time>`;
  }
}

class CbSpent extends CbElement {
  static properties = { of: {} };
  #stop = null;

  render() {
    const ms = spent(this.of, Math.max(clock.state.now, Date.now()));
    if (ms === null) return nothing;
    return html`${this.#running ? ticking(ms) : fmt.duration(ms)}`;
  }

  /** Only what still runs listens to the clock. */
  updated() {
    if (this.#running && !this.#stop) {
      this.#stop = clock.subscribe(() => this.requestUpdate());
      this.until(() => this.#rest());
    } else if (!this.#running) this.#rest();
  }

  get #running() {
    const { started_at: from, completed_at: to, duration_ms: counted } = this.of ?? {};
    return Boolean(from) && !to && (counted === null || counted === undefined);
  }

  #rest() {
    this.#stop?.();
    this.#stop = null;
  }
}

customElements.define('cb-age', CbAge);
customElements.define('cb-spent', CbSpent);
