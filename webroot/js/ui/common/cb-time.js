/*
 * Times that tick by themselves.
 *
 *   <cb-age .at=${task.updated_at}></cb-age>         "3 min", with the date, the zone and UTC as title; with .ago "3 minutes ago"
 *   <cb-spent .of=${stage}></cb-spent>               "12 s", counting while it runs; with .whole in minutes, "13 min"
 *   <cb-until .at=${waiting.until}></cb-until>       "in 18 s", the date when it is more than an hour away
 */
import { CbElement, html, nothing } from '../../core/base.js';
import { clock } from '../../core/clock.js';
import { fmt, t } from '../../core/i18n.js';
import { age, spent, ticking } from '../../core/times.js';

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
    return html`<time datetime=${this.at} title=${fmt.exact(this.at)}>${this.ago ? long() : age(this.at, now)}</time>`;
  }
}

class CbSpent extends CbElement {
  static properties = { of: {}, whole: { type: Boolean } };
  #stop = null;

  render() {
    const ms = spent(this.of, Math.max(clock.state.now, Date.now()));
    if (ms === null) return nothing;
    if (!this.#running) return html`${fmt.duration(ms)}`;
    return html`${this.whole && ms >= 60_000 ? fmt.duration(Math.floor(ms / 60_000) * 60_000) : ticking(ms)}`;
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

class CbUntil extends CbElement {
  static properties = { at: {} };

  constructor() {
    super();
    this.watch(clock);
  }

  render() {
    const left = Date.parse(this.at) - clock.state.now;
    const words = left > 3_600_000 ? fmt.date(this.at) : left <= 0 ? t('time.now') : t('time.in', { time: ticking(left) });
    return html`<time datetime=${this.at} title=${fmt.exact(this.at)}>${words}</time>`;
  }
}

customElements.define('cb-age', CbAge);
customElements.define('cb-spent', CbSpent);
customElements.define('cb-until', CbUntil);
