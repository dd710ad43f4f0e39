/* Everything about one palette entry, and what can be done with it. `item` may be null: not known (yet). */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { definitionOf, executorOf } from '../../core/definition.js';
import { has, t } from '../../core/i18n.js';
import { endExample } from '../../core/pipeline-examples.js';
import { palette } from '../../core/palette.js';
import { memberDiff } from '../../core/text-diff.js';
import { servedBy, workers } from '../../core/workers.js';
import { stateBadge } from './badges.js';
import '../common/cb-form.js';
import { conflictNotice } from '../common/conflict-notice.js';
import { icon } from '../common/icons.js';
import { kindTile } from '../common/kind-tile.js';
import { port } from '../common/ports.js';
import { bringBack, discard, keepMine, openCopy, openEdit, removeStage } from '../common/stage-actions.js';

await useStyles('cb-stage-detail');

class CbStageDetail extends CbElement {
  static properties = { item: {}, wanted: {} };

  constructor() {
    super();
    this.watch(workers);
  }

  render() {
    if (!this.item) return this.#unknown();
    const { item } = this;
    const { entry, kind, title, gone } = item;
    return html`<article class="detail" data-testid="stage-detail" data-id=${item.id}>
      <header class="detail-head">
        ${kindTile(kind, 24)}
        <div class="grow">
          <h1 class="detail-title" dir="auto">${title}</h1>
          <p class="detail-meta"><span>${t(`kind.${kind}`)}</span><code>${item.id}</code>
            ${entry.version ? html`<span>${t('detail.version', { version: entry.version })}</span>` : nothing}${stateBadge(item)}</p>
        </div>
        ${gone ? nothing : this.#actions(item)}
      </header>
      ${this.#notices(item)}
      <p class="detail-about">${entry.description || t('detail.no_description')}</p>
      ${this.#ports(entry)}
      ${this.#settings(entry)}
      ${this.#running(entry)}
    </article>`;
  }

  #unknown() {
    if (!palette.state.ready) return html`<div class="empty">${icon('clock', 32)}<h2>${t('detail.loading')}</h2></div>`;
    return html`<div class="empty">${icon('search', 32)}<h2>${t('detail.unknown', { id: this.wanted })}</h2><p>${t('detail.unknown_hint')}</p>
      <a class="btn" href="/">${t('views.back')}</a></div>`;
  }

  #actions(item) {
    // No pipeline takes a source or sink of one's own.
    const copy = item.entry.type !== 'stage' ? nothing : html`<button class="btn" type="button" data-testid="copy-stage" @click=${() => openCopy(item)}>${icon('copy', 16)}${t('detail.copy')}</button>`;
    if (!item.entry.custom) return html`<div class="row-wrap detail-actions">${copy}</div>`;
    return html`<div class="row-wrap detail-actions">
      <button class="btn" type="button" data-testid="edit-stage" @click=${() => openEdit(item)}>${icon('edit', 16)}${t('detail.edit')}</button>
      ${copy}
      <button class="btn btn-danger" type="button" data-testid="delete-stage" @click=${() => removeStage(item)}>${icon('trash', 16)}${t('detail.delete')}</button>
    </div>`;
  }

  #notices(item) {
    const { entry, pending, gone, op } = item;
    if (gone) return note('bad', 'warn', t('detail.gone'), entry.custom
      ? html`<button class="btn" type="button" @click=${() => bringBack(entry)}>${icon('plus', 16)}${t('detail.again')}</button>` : nothing);
    const said = op?.problem?.errors?.map(({ detail }) => detail).join(' ') || op?.problem?.detail;
    if (pending === 'waiting') return note('wait', 'clock', html`${t('detail.waiting')} ${said ?? nothing}`);
    if (pending === 'rejected') {
      return note('bad', 'warn', html`<strong>${t('detail.rejected')}</strong> ${said}`, html`
        ${op.kind === 'remove' ? nothing : html`<button class="btn" type="button" @click=${() => openEdit(item)}>${t('detail.edit')}</button>`}
        <button class="btn" type="button" data-testid="discard" @click=${() => discard(item)}>${t('detail.discard')}</button>`);
    }
    if (pending === 'conflict') {
      const theirs = palette.known(item.id)?.entry;
      const parts = theirs && op.definition ? memberDiff(op.definition, definitionOf(theirs)).map((each) => ({ ...each, label: each.key })) : [];
      return conflictNotice({ text: t('detail.conflict'), parts, mine: () => keepMine(item), theirs: () => discard(item) });
    }
    if (entry.available === false) return note('wait', 'warn', html`<strong>${t('detail.unavailable')}</strong> ${entry.reason ?? ''}`);
    return nothing;
  }

  #ports({ ports }) {
    const side = (name) => {
      const list = ports?.[name] ?? [];
      return html`<div class="port-side"><h2>${t(`ports.${name}`)}</h2>${list.length
        ? html`<ul class="port-list">${list.map((each) => html`<li>${port(each)}</li>`)}</ul>`
        : html`<p class="muted small">${t(`ports.no_${name}`)}</p>`}</div>`;
    };
    return html`<section class="card detail-ports">${side('inputs')}<span class="port-arrow muted" aria-hidden="true">${icon('arrow')}</span>${side('outputs')}</section>`;
  }

  #settings({ type, settings_schema: schema = [] }) {
    return html`<section class="card"><div class="card-head"><h2 class="grow">${t('detail.settings')}</h2>
        <span class="muted small">${t('detail.settings_count', { n: schema.length })}</span></div>
      <div class="card-body">${schema.length
        ? html`<p class="muted small preview-hint">
          ${t(type === 'stage' ? 'detail.settings_hint' : 'detail.settings_hint_end')}</p>
          <cb-form .schema=${schema} .preview=${true} .prefix=${'preview'}></cb-form>`
        : html`<p class="muted small">${t('detail.no_settings')}</p>`}</div></section>`;
  }

  #availability(entry) {
    if (entry.available === false) return t('detail.not_available');
    if (entry.needs_prompt) return t('detail.needs_prompt');
    if (entry.type === 'stage') return t('detail.available');
    if (entry.origin !== 'builtin') return t('detail.end_only');
    return html`${t(`detail.${entry.type}_use`)}
      <pre class="mono config" data-testid="end-example">${endExample(entry)}</pre>`;
  }

  /** Who serves it now. */
  #workers(id) {
    workers.follow();
    const { items } = workers.state;
    if (!items) return nothing;
    const serving = servedBy(items).get(id) ?? [];
    if (serving.length === 0) return html`<span data-testid="workers-of">${t('workers.none')}</span>`;
    return html`<ul class="row-wrap" data-testid="workers-of">${serving.map(({ name, leases }) => html`
      <li><code>${name}</code> <span class="muted">${t('workers.leases', { n: leases })}</span></li>`)}</ul>`;
  }

  #running(entry) {
    const { type, config } = executorOf(entry);
    const dependencies = entry.dependencies ?? [];
    const keys = [entry.state_key ?? []].flat();
    const ledger = Object.entries(entry.ledger ?? {});
    const fact = (name, value) => html`<div><dt>${t(`detail.${name}`)}</dt><dd>${value}</dd></div>`;
    return html`<section class="card"><div class="card-head"><h2>${t('detail.running')}</h2></div>
      <dl class="card-body facts">
        ${fact('executor', html`<strong>${type}</strong>${has(`executor.${type}`) ? html`<span class="muted"> · ${t(`executor.${type}`)}</span>` : nothing}`)}
        ${Object.keys(config).length ? fact('executor_config', html`<pre class="mono config">${JSON.stringify(config, null, 2)}</pre>`) : nothing}
        ${fact('dependencies', dependencies.length ? html`<span class="row-wrap">${dependencies.map((id) => html`
          <a href="/?stage=${encodeURIComponent(id)}">${palette.state.byId.get(id)?.title ?? id}</a>`)}</span>` : t('detail.no_dependencies'))}
        ${ledger.length ? fact('ledger', html`<ul>${ledger.map(([key, path]) => html`
          <li><code>${key} = ${path}</code></li>`)}</ul>`) : nothing}
        ${keys.length ? fact('state_key', html`<code>${keys.join(', ')}</code>`) : nothing}
        ${entry.plugin ? fact('plugin', html`<a href="/plugins">${entry.plugin}</a>`) : nothing}
        ${type === 'worker' ? fact('workers', this.#workers(entry.id)) : nothing}
        ${fact('availability', this.#availability(entry))}
      </dl></section>`;
  }
}

function note(tone, shape, text, actions = nothing) {
  return html`<div class="notice notice-${tone}" role="note">${icon(shape)}<div class="grow">${text}</div><div class="row-wrap">${actions}</div></div>`;
}

customElements.define('cb-stage-detail', CbStageDetail);
