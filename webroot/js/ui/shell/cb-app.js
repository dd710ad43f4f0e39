/* The shell of every page: header, banner, the page itself, toasts, and the live region. */
import { keyed } from 'lit/directives/keyed.js';
import { html as statically, unsafeStatic } from 'lit/static-html.js';
import { CbElement, html, nothing } from '../../core/base.js';
import { spoken } from '../../core/announce.js';
import { t } from '../../core/i18n.js';
import { live } from '../../core/live.js';
import { router } from '../../core/router.js';
import { theme, nextTheme } from '../../core/theme.js';
import { PAGES, menuOf } from '../../pages.js';
import { icon, mark } from '../common/icons.js';
import './cb-conn.js';
import './cb-help.js';
import './cb-stages-banner.js';
import './cb-toast.js';
import '../common/cb-who.js';

const MENU = menuOf(PAGES);
const THEME_ICON = { system: 'system', light: 'sun', dark: 'moon' };

class CbApp extends CbElement {
  constructor() {
    super();
    this.watch(router);
    this.watch(spoken);
    this.watch(theme);
    this.watch(live.status, ({ up }) => up && router.retry());
  }

  connectedCallback() {
    super.connectedCallback();
    router.start();
  }

  render() {
    const { route, path } = router.state;
    return html`
      <a class="skip" href="#main" @click=${this.#skip}>${t('app.skip')}</a>
      <header class="app-header">
        <a class="brand" href="/" aria-label=${t('app.home')}>${mark}<span class="brand-name">Callboard</span></a>
        <nav aria-label=${t('app.nav')}>
          <ul>${MENU.map(({ name, path: to }) => html`
            <li><a href=${to} aria-current=${route?.nav === name ? 'page' : nothing}>${t(`nav.${name}`)}</a></li>`)}
          </ul>
        </nav>
        <cb-conn></cb-conn>
        <cb-who></cb-who>
        ${this.#themeButton()}
      </header>
      ${this.#notLive()}
      <cb-stages-banner></cb-stages-banner>
      <main id="main" tabindex="-1" class=${route?.fill ? 'fill' : 'scroll'}>
        ${path === null ? skeleton() : this.#page()}
      </main>
      <cb-toast></cb-toast>
      <cb-help></cb-help>
      <div class="visually-hidden" role="status" aria-live="polite">${keyed(spoken.state.turn, html`<span>${spoken.state.text}</span>`)}</div>
    `;
  }

  updated() {
    const { route } = router.state;
    if (this.shown && route && this.shown !== route) this.querySelector('main').focus({ preventScroll: true });
    if (route && this.shown !== route) {
      // On a narrow screen the row of pages is wider than its room.
      this.querySelector('nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
    if (route) this.shown = route;
  }

  #page() {
    const { route, params, query, failed } = router.state;
    if (!route) return this.#nothing('app.unknown', 'app.unknown_hint');
    if (failed) return this.#nothing('app.failed', 'app.failed_hint');
    const tag = unsafeStatic(route.element);
    return statically`<${tag} .params=${params} .query=${query}></${tag}>`;
  }

  #notLive() {
    const { reason } = live.status.state;
    if (!reason) return nothing;
    return html`<section class="notice notice-bad stages-banner" role="status" data-testid="not-live">
      ${icon('warn')}<div class="grow"><p><strong>${t('conn.not_live')}</strong></p><p class="small">${reason}</p></div>
    </section>`;
  }

  #nothing(title, hint) {
    return html`<div class="empty">${icon('warn', 32)}<h1>${t(title)}</h1><p>${t(hint)}</p>
      <a class="btn" href="/">${t('app.home')}</a></div>`;
  }

  #themeButton() {
    const { choice } = theme.state;
    const label = t('theme.label', { choice: t(`theme.${choice}`) });
    return html`<button class="btn btn-quiet btn-icon" type="button" data-testid="theme-toggle" data-choice=${choice}
      aria-label=${label} title=${label} @click=${nextTheme}>${icon(THEME_ICON[choice])}</button>`;
  }

  #skip(event) {
    event.preventDefault();
    this.querySelector('main').focus();
  }
}

/** Where a page will be, as long as its modules are on their way. */
function skeleton() {
  return html`<div class="page" aria-busy="true"><h1 class="visually-hidden">${t('app.loading')}</h1>
    <div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div></div>`;
}

customElements.define('cb-app', CbApp);
