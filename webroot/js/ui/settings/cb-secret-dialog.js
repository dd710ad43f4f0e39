/*
 * Adds a secret, or gives one another value. `secret` = {} or what GET /api/secrets says of it. Emits `secret-saved` and
 * `secret-closed`. What is typed is kept nowhere.
 */
import { api } from '../../core/api.js';
import { CbElement, html, nothing } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { field, selectField, textField } from '../common/field.js';
import { showFirst } from '../common/first-fault.js';
import { icon } from '../common/icons.js';
import { problemText } from '../common/stage-actions.js';

class CbSecretDialog extends CbElement {
  static properties = {
    secret: {}, projects: {}, name: { state: true }, value: { state: true }, project: { state: true },
    wrong: { state: true }, note: { state: true }, busy: { state: true },
  };

  willUpdate(changed) {
    if (!changed.has('secret')) return;
    const { name = '', project = null } = this.secret;
    Object.assign(this, { name, project: project ?? '', value: '', wrong: new Map(), note: null, busy: false });
  }

  firstUpdated() {
    this.querySelector('dialog').showModal();
    this.querySelector(this.secret.name ? '#secret-value' : '#secret-name').focus();
  }

  render() {
    const { secret, name, value, project, projects, wrong, note, busy } = this;
    const title = t(secret.name ? 'secrets.change_title' : 'secrets.add_title', { name: secret.name ?? '' });
    return html`<dialog class="dialog" aria-labelledby="secret-title" data-testid="secret-dialog"
      @close=${() => this.emit('secret-closed')}><form novalidate @submit=${this.#submit}>
      <header class="dialog-head"><h2 class="grow" id="secret-title">${title}</h2></header>
      <div class="dialog-body stack">
        ${note ? html`<div class="notice notice-bad" role="alert">${icon('warn')}<p>${note}</p></div>` : nothing}
        ${textField({
          id: 'secret-name', testid: 'secret-name', label: t('secrets.name'), mono: true, required: true,
          readonly: Boolean(secret.name), value: name, hint: t('secrets.name_hint'), error: wrong.get('/name'),
          set: (text) => { this.name = text; },
        })}
        ${field(
          { id: 'secret-value', label: t('secrets.value'), required: true, hint: t('secrets.value_hint'), error: wrong.get('/value') },
          ({ says, invalid }) => html`<textarea class="textarea mono veiled" id="secret-value" data-testid="secret-value" rows="2"
            autocomplete="off" spellcheck="false" aria-describedby=${says} aria-invalid=${invalid} .value=${value}
            @input=${({ target }) => { this.value = target.value; }}></textarea>`,
        )}
        ${selectField({
          id: 'secret-project', testid: 'secret-project', label: t('secrets.project'), hint: t('secrets.project_hint'),
          value: project, set: (id) => { this.project = id; },
          options: [{ value: '', label: t('secrets.all') }, ...projects.map(({ id, name: label }) => ({ value: id, label }))],
        })}
      </div>
      <footer class="dialog-foot">
        <button class="btn" type="button" @click=${() => this.querySelector('dialog').close()}>${t('dialog.cancel')}</button>
        <button class="btn btn-primary" type="submit" data-testid="save-secret" ?disabled=${busy}>${t('dialog.save')}</button>
      </footer></form></dialog>`;
  }

  #submit = async (event) => {
    event.preventDefault();
    const name = this.name.trim();
    if (this.busy) return;
    if (!name) {
      this.#say(new Map([['/name', t('check.required')]]));
      return;
    }
    this.busy = true;
    try {
      const body = this.project ? { value: this.value, project: this.project } : { value: this.value };
      await api.put(`/api/secrets/${encodeURIComponent(name)}`, body);
      this.value = '';
      this.emit('secret-saved', { name });
      this.querySelector('dialog').close();
    } catch (problem) {
      const wrong = new Map((problem.errors ?? []).map(({ pointer, detail }) => [pointer, detail]));
      this.#say(wrong, wrong.has('/name') || wrong.has('/value') ? null : problemText(problem));
    } finally {
      this.busy = false;
    }
  };

  async #say(wrong, note = null) {
    Object.assign(this, { wrong, note });
    await showFirst(this);
  }
}

customElements.define('cb-secret-dialog', CbSecretDialog);
