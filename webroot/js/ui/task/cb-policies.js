/* The policies of a task's pipeline and how each stands now. */
import { CbElement, html, nothing } from '../../core/base.js';
import { fmt, t } from '../../core/i18n.js';
import { icon } from '../common/icons.js';
import '../common/cb-time.js';

const BREAKER = { closed: ['ok', 'check'], half_open: ['wait', 'clock'], open: ['bad', 'warn'] };

class CbPolicies extends CbElement {
  static properties = { task: {} };

  render() {
    const { policies = [] } = this.task;
    if (policies.length === 0) return nothing;
    return html`<section class="card policies" aria-labelledby="policies-title" data-testid="policies">
      <header class="card-head"><h2 class="facts-title" id="policies-title">${t('policy.title')}</h2><span class="muted">${policies.length}</span></header>
      <ul>${policies.map((policy) => this.#policy(policy))}</ul></section>`;
  }

  #policy(policy) {
    const { name, stages = [], circuit_breaker: breaker, rate_limit: rate, concurrency } = policy;
    const names = stages.map((id) => this.task.stages?.find((stage) => stage.id === id)?.name ?? id);
    return html`<li class="policy" data-testid="policy" data-name=${name}>
      <div class="policy-head"><code class="policy-name">${name}</code> <span class="muted small">${fmt.list(names)}</span></div>
      <ul class="policy-parts">
        <li>${this.#retry(policy)}</li>
        ${policy.timeout_seconds ? html`<li>${t('policy.timeout', { time: fmt.duration(policy.timeout_seconds * 1000) })}</li>` : nothing}
        ${breaker ? html`<li>${this.#breaker(breaker)}</li>` : nothing}
        ${rate ? html`<li>${t('policy.rate', { permits: rate.permits, time: fmt.duration(rate.per_seconds * 1000) })}${rate.waiting ? html` <span class="badge badge-wait">${t('policy.waiting', { n: rate.waiting })}</span>` : nothing}</li>` : nothing}
        ${concurrency ? html`<li>${t('policy.concurrency', { running: concurrency.running, max: concurrency.max })}</li>` : nothing}
      </ul></li>`;
  }

  #retry({ max_attempts: most = 1, backoff, delay_seconds: delay, max_delay_seconds: cap }) {
    if (most <= 1) return t('policy.once');
    const time = (seconds) => fmt.duration((seconds ?? 0) * 1000);
    return t(backoff === 'none' ? 'policy.attempts' : `policy.attempts_${backoff ?? 'exponential'}`, { n: most, delay: time(delay), max: time(cap) });
  }

  #breaker({ state, failures, threshold, open_until: until }) {
    const [tone, shape] = BREAKER[state] ?? ['wait', 'info'];
    return html`<span class="badge badge-${tone}" data-testid="breaker">${icon(shape, 12)}${t(`policy.breaker_${state}`)}</span>
      <span class="muted">${state === 'open' && until ? html`${t('policy.breaker_until')} <cb-until .at=${until}></cb-until>` : t('policy.breaker_count', { failures, threshold })}</span>`;
  }
}

customElements.define('cb-policies', CbPolicies);
