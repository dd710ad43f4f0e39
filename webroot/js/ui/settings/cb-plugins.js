/* The /plugins screen: every jar in the folder and every one that comes with Callboard, what it brings, or why not. */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { fmt, t } from '../../core/i18n.js';
import { palette } from '../../core/palette.js';
import { plugins } from '../../core/plugins.js';
import { setTitle } from '../../core/router.js';
import { icon } from '../common/icons.js';

await useStyles('cb-plugins');

const STATE = { loaded: ['ok', 'check'], loading: ['wait', 'clock'], refused: ['bad', 'warn'], disabled: ['wait', 'stop'] };

class CbPlugins extends CbElement {
  static properties = { params: {}, query: {} };

  constructor() {
    super();
    this.watch(plugins);
    this.watch(palette);
  }

  connectedCallback() {
    super.connectedCallback();
    setTitle(t('nav.plugins'));
    plugins.follow();
  }

  render() {
    const { items, problem } = plugins.state;
    return html`<div class="page"><div class="page-head"><h1>${t('plugins.title')}</h1></div>
      <p class="muted plugins-hint">${t('plugins.hint')}</p>
      ${problem ? html`<div class="notice notice-wait">${icon('warn')}<p class="grow">${problem.offline ? t('problem.unreachable') : problem.message}</p>
        <button class="btn" type="button" @click=${() => plugins.load()}>${icon('retry', 16)}${t('outline.retry')}</button></div>` : nothing}
      ${items === null ? nothing : items.length ? this.#table(items) : html`<div class="card empty">${icon('plugin', 32)}<h2>${t('plugins.none')}</h2><p>${t('plugins.none_hint')}</p></div>`}
    </div>`;
  }

  #table(items) {
    return html`<div class="card table-wrap" tabindex="0" role="region" aria-label=${t('plugins.title')}><table class="table table-cards plugins-table">
      <thead><tr>${['plugin', 'state', 'stages', 'file'].map((name) => html`<th scope="col">${t(`plugins.${name}`)}</th>`)}</tr></thead>
      <tbody>${items.map((plugin) => this.#row(plugin))}</tbody></table></div>`;
  }

  #row({ file, name, version, state, stages = [], reason, sha256, size, isolation, api, bundled }) {
    const [tone, shape] = STATE[state] ?? ['wait', 'info'];
    return html`<tr data-testid="plugin" data-file=${file}>
      <th scope="row"><span class="plugin-name">${name ?? file}</span> ${version ? html`<span class="muted">${version}</span>` : nothing}
        ${isolation === 'fork' ? html`<span class="badge" title=${t('plugins.fork_hint')}>${t('plugins.fork')}</span>` : nothing}
        ${bundled ? html`<p class="muted tiny">${t('plugins.bundled')}</p>` : nothing}
        ${api ? html`<p class="muted tiny">${t('plugins.api', { version: api })}</p>` : nothing}</th>
      <td data-label=${t('plugins.state')}><div><span class="badge badge-${tone}">${icon(shape, 12)}${t(`plugins.${state}`)}</span>${reason ? html`<p class="small plugin-reason">${reason}</p>` : nothing}</div></td>
      <td data-label=${t('plugins.stages')}>${stages.length ? html`<span class="row-wrap">${stages.map((id) => html`<a href="/?stage=${encodeURIComponent(id)}">${palette.state.byId.get(id)?.title ?? id}</a>`)}</span>`
        : html`<span class="muted">${t('plugins.no_stages')}</span>`}</td>
      <td data-label=${t('plugins.file')}><div><code>${file}</code><br><span class="muted small">${size ? fmt.bytes(size) : nothing} ${sha256 ? html`· <code title=${sha256}>${sha256.slice(0, 12)}</code>` : nothing}</span></div></td>
    </tr>`;
  }
}

customElements.define('cb-plugins', CbPlugins);
