/*
 * The `/` screen: the palette beside what is selected in it, or the pipelines when nothing is.
 * `/?stage=ID` opens an entry, `/?view=pipelines` the outline on a narrow window, where one view is shown at a time.
 */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { palette } from '../../core/palette.js';
import { pipelines } from '../../core/pipelines.js';
import { router, setTitle } from '../../core/router.js';
import { icon } from '../common/icons.js';
import { stageDialog } from '../common/stage-actions.js';
import './cb-outline.js';
import './cb-palette.js';
import './cb-stage-detail.js';
import './cb-stage-dialog.js';
import './cb-start.js';

await useStyles('cb-pipeline');

class CbPipeline extends CbElement {
  static properties = { params: {}, query: {} };
  #last = null;

  constructor() {
    super();
    this.query = new URLSearchParams();
    this.watch(palette);
    this.watch(stageDialog);
  }

  connectedCallback() {
    super.connectedCallback();
    pipelines.follow();
  }

  render() {
    const id = this.query.get('stage');
    const item = id ? this.#item(id) : null;
    const view = id ? 'detail' : this.query.get('view') === 'pipelines' ? 'outline' : 'palette';
    setTitle(item?.title ?? t('nav.pipeline'));
    return html`<div class="workbench" data-view=${view}>
      <nav class="views" aria-label=${t('views.label')} ?hidden=${Boolean(id)}>
        <a href="/" aria-current=${view === 'palette' ? 'true' : nothing}>${t('views.palette')}</a>
        <a href="/?view=pipelines" aria-current=${view === 'outline' ? 'true' : nothing}>${t('views.pipelines')}</a>
      </nav>
      <aside class="workbench-side" aria-label=${t('palette.title')}>
        ${id ? nothing : html`<cb-start short></cb-start>`}
        <cb-palette .selected=${id} @entry-open=${({ detail }) => this.#open(detail.id)}></cb-palette>
      </aside>
      <section class="workbench-main" aria-label=${t(id ? 'views.detail' : 'views.pipelines')} tabindex="-1">
        <h1 class="visually-hidden phone-title">${id ? item?.title ?? t('views.detail') : t('views.pipelines')}</h1>
        ${id ? html`<a class="btn btn-quiet back" href="/">${icon('left', 16)}${t('views.back')}</a>
          <cb-stage-detail .item=${item} .wanted=${id}></cb-stage-detail>` : html`<cb-start></cb-start><cb-outline></cb-outline>`}
      </section>
      ${stageDialog.state.open ? html`<cb-stage-dialog .request=${stageDialog.state.open} @stage-saved=${this.#saved}></cb-stage-dialog>` : nothing}
    </div>`;
  }

  /** The entry, or how it was when it went away while it was open. */
  #item(id) {
    const item = palette.state.byId.get(id);
    if (item) this.#last = item;
    if (item || this.#last?.id !== id) return item ?? null;
    return { ...this.#last, gone: true };
  }

  #open(id) {
    router.navigate(`/?stage=${encodeURIComponent(id)}`);
    if (matchMedia('(max-width: 819px)').matches) {
      this.updateComplete.then(() => this.querySelector('.back')?.focus());
    }
  }

  #saved = ({ detail }) => {
    const target = `/?stage=${encodeURIComponent(detail.id)}`;
    router.navigate(target, { replace: Boolean(this.query.get('stage')) });
    this.updateComplete.then(() => this.querySelector('cb-palette').show(detail.id, 'new'));
  };
}

customElements.define('cb-pipeline', CbPipeline);
