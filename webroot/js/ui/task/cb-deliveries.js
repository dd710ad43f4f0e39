/* What the sinks of a task's pipeline got, live, and *Deliver again*. Nothing without sinks. */
import { repeat } from 'lit/directives/repeat.js';
import { CbElement, html, nothing } from '../../core/base.js';
import { deliverAgain, lookOfDelivery } from '../../core/deliveries.js';
import { fmt, t } from '../../core/i18n.js';
import { toast } from '../../core/toasts.js';
import { icon } from '../common/icons.js';
import { problemText } from '../common/stage-actions.js';

class CbDeliveries extends CbElement {
  static properties = { list: {}, asked: { state: true } };

  constructor() {
    super();
    Object.assign(this, { list: [], asked: new Set() });
  }

  render() {
    if (!this.list.length) return nothing;
    return html`<section class="card policies" data-testid="deliveries" aria-labelledby="deliveries-title">
      <header class="card-head"><h2 class="facts-title" id="deliveries-title">${t('sinks.title')}</h2>
        <span class="muted">${this.list.length}</span></header>
      <ul>${repeat(this.list, ({ id }) => id, (each) => this.#row(each))}</ul></section>`;
  }

  #row(delivery) {
    const { id, sink, type, target, stages, error, attempts, status } = delivery;
    const { tone, shape, word } = lookOfDelivery(delivery);
    const said = [t(`sinks.type.${type}`), fmt.list(stages), attempts > 1 ? t('sinks.attempts', { n: attempts }) : ''];
    return html`<li class="policy" data-testid="delivery" data-sink=${sink} data-status=${status}>
      <div class="row-wrap"><span class="badge badge-${tone}">${icon(shape, 12)}${word}</span>
        <span class="grow"><code class="policy-name">${sink}</code>
          <span class="muted small">${said.filter(Boolean).join(' · ')}</span></span>
        ${type === 'result' ? nothing : html`<button class="btn btn-sm" type="button" data-testid="deliver-again"
          ?disabled=${this.asked.has(id)} aria-label=${t('sinks.again_for', { sink })}
          @click=${() => this.#again(id)}>${icon('retry', 14)}${t('sinks.deliver_again')}</button>`}</div>
      ${target ? html`<p class="small"><code class="delivery-target">${target}</code></p>` : nothing}
      ${error ? html`<p class="small error-text" role="status">${error}</p>` : nothing}</li>`;
  }

  async #again(id) {
    this.asked = new Set([...this.asked, id]);
    try {
      await deliverAgain(id);
    } catch (problem) {
      toast(problemText(problem), { tone: 'bad' });
    } finally {
      this.asked = new Set([...this.asked].filter((each) => each !== id));
    }
  }
}

customElements.define('cb-deliveries', CbDeliveries);
