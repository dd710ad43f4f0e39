/* The /secrets screen: the names of secrets, never their values; a value goes in here and to the stage that names it. */
import { api } from '../../core/api.js';
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { fmt, t } from '../../core/i18n.js';
import { live } from '../../core/live.js';
import { projects } from '../../core/projects.js';
import { setTitle } from '../../core/router.js';
import { toast } from '../../core/toasts.js';
import { icon } from '../common/icons.js';
import './cb-secret-dialog.js';
import { problemText } from '../common/stage-actions.js';

await useStyles('cb-secrets');

class CbSecrets extends CbElement {
  static properties = {
    params: {}, query: {}, items: { state: true }, problem: { state: true }, fault: { state: true },
    edited: { state: true }, removed: { state: true },
  };

  constructor() {
    super();
    Object.assign(this, { items: null, problem: null, fault: null, edited: null, removed: null });
    this.watch(projects);
  }

  connectedCallback() {
    super.connectedCallback();
    setTitle(t('secrets.title'));
    projects.follow();
    this.#load();
    // What somebody else does to a secret is in the audit log as soon as it is stored.
    this.until(live.subscribe('audit', ({ kind, entry }) => {
      if (kind === 'snapshot' || entry?.kind.startsWith('secret.')) this.#load();
    }));
  }

  render() {
    const { items, problem, edited, removed } = this;
    return html`<div class="page"><div class="page-head"><h1 class="grow">${t('secrets.title')}</h1>
        <button class="btn btn-primary" type="button" data-testid="new-secret" @click=${() => { this.edited = {}; }}>
          ${icon('plus', 16)}${t('secrets.add')}</button></div>
      <p class="muted secrets-hint">${t('secrets.hint')}</p>
      ${problem ? html`<div class="notice notice-bad" role="alert">${icon('warn')}<p class="grow">${problem}</p>
        <button class="btn" type="button" @click=${() => this.#load()}>${icon('retry', 16)}${t('outline.retry')}</button>
      </div>` : nothing}
      ${this.fault ? html`<div class="notice notice-bad" role="alert" data-testid="secrets-fault">${icon('warn')}
        <p class="grow">${this.fault}</p></div>` : nothing}
      ${items === null ? nothing : items.length ? this.#table(items) : html`<div class="card empty" data-testid="no-secrets">
        ${icon('lock', 32)}<h2>${t('secrets.none')}</h2><p>${t('secrets.none_hint')}</p></div>`}
      ${edited ? html`<cb-secret-dialog .secret=${edited} .projects=${projects.state.items ?? []}
        @secret-saved=${this.#saved} @secret-closed=${() => { this.edited = null; }}></cb-secret-dialog>` : nothing}
      ${removed ? this.#confirm(removed) : nothing}
    </div>`;
  }

  #table(items) {
    const columns = ['name', 'project', 'updated'];
    return html`<div class="card table-wrap" tabindex="0" role="region" aria-label=${t('secrets.title')}>
      <table class="table table-cards secrets-table"><thead><tr>
        ${columns.map((name) => html`<th scope="col">${t(`secrets.${name}`)}</th>`)}
        <th scope="col"><span class="visually-hidden">${t('secrets.actions')}</span></th></tr></thead>
      <tbody>${items.map((item) => this.#row(item))}</tbody></table></div>`;
  }

  #row(item) {
    const { name, project, updated_at: at, updated_by: by } = item;
    const of = (projects.state.items ?? []).find(({ id }) => id === project);
    return html`<tr data-testid="secret" data-name=${name}><th scope="row"><code>secret:${name}</code></th>
      <td data-label=${t('secrets.project')}>${project ? of?.name ?? project : html`<span class="muted">${t('secrets.all')}</span>`}</td>
      <td data-label=${t('secrets.updated')}>${fmt.date(at)} <span class="muted">${by}</span></td>
      <td><div class="row-wrap">
        <button class="btn btn-sm" type="button" data-testid="change-secret" @click=${() => { this.edited = item; }}>
          ${icon('edit', 16)}${t('secrets.change')}</button>
        <button class="btn btn-sm btn-danger" type="button" data-testid="remove-secret"
          @click=${() => this.#ask({ name })}>${icon('trash', 16)}${t('secrets.remove')}</button></div></td></tr>`;
  }

  /** Its value cannot be read, so it cannot be taken back: asked first, and again when something uses it. */
  #confirm({ name, inUse }) {
    return html`<dialog class="dialog" aria-labelledby="remove-secret-title" data-testid="confirm-secret"
      @close=${() => { this.removed = null; }}>
      <header class="dialog-head"><h2 class="grow" id="remove-secret-title">${t('secrets.remove_title', { name })}</h2></header>
      <div class="dialog-body stack"><p>${inUse ?? t('secrets.remove_hint')}</p></div>
      <footer class="dialog-foot">
        <button class="btn" type="button" @click=${() => this.#dialog().close()}>${t('dialog.cancel')}</button>
        <button class="btn btn-danger" type="button" data-testid="confirm-remove"
          @click=${() => this.#remove(name, Boolean(inUse))}>${t(inUse ? 'secrets.remove_anyway' : 'secrets.remove')}</button>
      </footer></dialog>`;
  }

  #dialog() {
    return this.querySelector('dialog');
  }

  async #ask(removed) {
    this.removed = removed;
    await this.updateComplete;
    if (!this.#dialog().open) this.#dialog().showModal();
  }

  async #remove(name, force) {
    try {
      await api.delete(`/api/secrets/${encodeURIComponent(name)}`, { query: force ? { force: 'true' } : {} });
      this.#dialog().close();
      toast(t('secrets.gone', { name }));
      this.#load();
    } catch (problem) {
      if (problem.code === 'secret_in_use') this.#ask({ name, inUse: problem.detail });
      else toast(problemText(problem), { tone: 'bad' });
    }
  }

  async #load() {
    try {
      const { items, fault = null } = await api.get('/api/secrets');
      Object.assign(this, { items, fault, problem: null });
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  #saved = ({ detail }) => {
    toast(t('secrets.saved', { name: detail.name }));
    this.#load();
  };
}

customElements.define('cb-secrets', CbSecrets);
