/* A pull request that is ready to be made: title, description and test plan, each to copy. */
import { CbElement, html, nothing } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { copyText } from '../../core/save-file.js';
import { toast } from '../../core/toasts.js';
import { icon } from '../common/icons.js';
import './cb-md.js';

class CbPr extends CbElement {
  static properties = { value: {} };

  render() {
    const { title, description, test_plan: plan } = this.value;
    return html`<div class="pr">
      ${this.#part('title', title, html`<p class="pr-title" dir="auto">${title}</p>`)}
      ${this.#part('description', description, html`<cb-md .value=${description} .level=${5}></cb-md>`)}
      ${plan ? this.#part('test_plan', plan, html`<cb-md .value=${typeof plan === 'string' ? plan : JSON.stringify(plan, null, 2)} .level=${5}></cb-md>`) : nothing}</div>`;
  }

  #part(name, text, body) {
    return html`<section class="pr-part"><header class="row"><h4 class="grow">${t(`field.${name}`)}</h4>
      <button class="btn btn-sm" type="button" data-testid="copy-${name}" aria-label=${t('pr.copy', { what: t(`field.${name}`) })} @click=${() => this.#copy(text)}>${icon('copy', 14)}${t('manual.copy')}</button></header>${body}</section>`;
  }

  async #copy(text) {
    const done = await copyText(typeof text === 'string' ? text : JSON.stringify(text, null, 2));
    toast(t(done ? 'output.copied' : 'log.not_copied'), { tone: done ? 'ok' : 'bad' });
  }
}

customElements.define('cb-pr', CbPr);
