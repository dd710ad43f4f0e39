/*
 * Pages by path, with the history API.
 *
 *   router.navigate('/tasks/7');            router.navigate('/?stage=parse', { replace: true });
 *   router.state                            // { path, query: URLSearchParams, params, route, failed }
 *   <a href="/tasks">                       // plain links inside the page are followed without a reload
 *
 * The pages are those of the table that use() is given. Their elements get `params` (from the path,
 * decoded) and `query` as properties and set the page's title with setTitle(). Paths are those of the
 * pages, without the path under which the server may be known outside.
 */
import { inside, keepLinks, outside } from './prefix.js';
import { Store } from './store.js';

/** The first route that fits, and what its `:names` stand for; null when none does. No DOM. */
export function match(routes, path) {
  const parts = path.replace(/(?<=.)\/+$/, '').split('/');
  for (const route of routes) {
    const wanted = route.path.split('/');
    if (wanted.length !== parts.length) continue;
    const params = {};
    const fits = wanted.every((want, i) => {
      if (!want.startsWith(':')) return want === parts[i];
      params[want.slice(1)] = decode(parts[i]);
      return parts[i] !== '';
    });
    if (fits) return { route, params };
  }
  return null;
}

function here() {
  return inside(location.pathname) ?? location.pathname;
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

class Router extends Store {
  #routes = [];
  #turn = 0;

  constructor() {
    super({ path: null, query: new URLSearchParams(), params: {}, route: null, failed: null });
  }

  /** Draws by this table of pages (see ../pages.js). */
  use(routes) {
    this.#routes = routes;
  }

  start() {
    keepLinks();
    addEventListener('popstate', () => this.#show());
    document.addEventListener('click', (event) => this.#follow(event));
    this.#show();
  }

  /** Starts loading the page's own module; what goes wrong is reported when it is shown. */
  preload() {
    match(this.#routes, here())?.route.load().catch(() => {});
  }

  navigate(to, { replace = false } = {}) {
    const url = new URL(outside(to), location.href);
    if (url.href === location.href) return;
    history[replace ? 'replaceState' : 'pushState'](null, '', url);
    this.#show();
  }

  /** Tries again to load a page that could not be loaded. */
  retry() {
    if (this.state.failed) this.#show();
  }

  async #show() {
    const turn = ++this.#turn;
    const path = here();
    const found = match(this.#routes, path);
    let failed = null;
    try {
      await found?.route.load();
    } catch (cause) {
      failed = cause;
    }
    if (turn !== this.#turn) return;
    this.set({
      path,
      query: new URLSearchParams(location.search),
      params: found?.params ?? {},
      route: found?.route ?? null,
      failed,
    });
  }

  #follow(event) {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest?.('a[href]');
    if (!link || link.target || link.hasAttribute('download')) return;
    const url = new URL(link.href);
    const path = inside(url.pathname);
    if (url.origin !== location.origin || path === null || !match(this.#routes, path)) return;
    if (url.hash && url.pathname === location.pathname && url.search === location.search) return;
    event.preventDefault();
    this.navigate(url.href);
  }
}

export const router = new Router();

let pageTitle = '';
let waiting = 0;

function drawTitle() {
  const name = pageTitle ? `${pageTitle} · Callboard` : 'Callboard';
  document.title = waiting > 0 ? `(${waiting}) ${name}` : name;
}

/** The page's own part of the window title. */
export function setTitle(title) {
  pageTitle = title;
  drawTitle();
}

/** How many tasks wait for a person: "(2) …" in front of the title. */
export function setWaiting(count) {
  waiting = count;
  drawTitle();
}
