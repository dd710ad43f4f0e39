/* Says that the custom stages file cannot be read or was removed: where, why, and what can be done. */
import { CbElement, html, nothing } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { stagesFile } from '../../core/stages-file.js';
import { toast } from '../../core/toasts.js';
import { icon } from '../common/icons.js';

class CbStagesBanner extends CbElement {
  static properties = { busy: { state: true } };

  constructor() {
    super();
    this.busy = false;
    this.watch(stagesFile);
  }

  render() {
    const { status, path, line, column, detail, backup, removed } = stagesFile.state;
    if (status !== 'unreadable' && !removed) return nothing;
    const where = line ? t('file.where', { path, line, column: column ?? 1 }) : path;
    return html`<section class="notice notice-bad stages-banner" aria-label=${t('file.label')} data-testid="stages-file-banner">
      ${icon('warn')}
      <div class="grow">
        <p><strong>${t(removed ? 'file.removed' : 'file.unreadable')}</strong> <code>${where}</code></p>
        ${detail ? html`<p class="small">${detail}</p>` : nothing}
        ${removed ? nothing : html`<p class="small">${t(backup ? 'file.hint' : 'file.hint_no_backup')}</p>`}
      </div>
      ${backup ? html`<button class="btn" type="button" data-testid="restore" ?disabled=${this.busy} @click=${this.#restore}>${t('file.restore')}</button>` : nothing}
    </section>`;
  }

  async #restore() {
    this.busy = true;
    try {
      await stagesFile.restore();
      toast(t('file.restored'));
    } catch (problem) {
      toast(problem.offline ? t('problem.unreachable') : problem.message, { tone: 'bad' });
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('cb-stages-banner', CbStagesBanner);
