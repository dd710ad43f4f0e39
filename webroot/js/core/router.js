/*
 * Pages by path, with the history API.
 *
 *   router.navigate('/tasks/7');            router.navigate('/?stage=parse', { replace: true });
 *   router.state                            // { path, query: URLSearchParams, params, route, failed }
 *   <a href="/tasks">                       // plain links inside the page are followed without a reload
 *
 * A route names the element that draws the page and the module that defines it, loaded when first
 * needed. The element gets `params` (from the path, decoded) and `query` as properties and sets the
 * page's title with setTitle(). To add a page, add a line to ROUTES.
 */
import { Store } from './store.js';

export const ROUTES = [
  { path: '/', element: 'cb-pipeline', nav: 'pipeline', fill: true, load: () => import('../ui/cb-pipeline.js') },
  { path: '/tasks', element: 'cb-tasks', nav: 'tasks', load: () => import('../ui/cb-tasks.js') },
  { path: '/tasks/new', element: 'cb-new-task', nav: 'tasks', load: () => import('../ui/cb-new-task.js') },
  { path: '/tasks/:id', element: 'cb-task', nav: 'tasks', load: () => import('../ui/cb-task.js') },
  { path: '/projects', element: 'cb-projects', nav: 'projects', load: () => import('../ui/cb-projects.js') },
  { path: '/projects/:id', element: 'cb-project', nav: 'projects', load: () => import('../ui/cb-project.js') },
  { path: '/pipelines/:name', element: 'cb-pipeline-page', nav: 'pipeline', load: () => import('../ui/cb-pipeline-page.js') },
  { path: '/audit', element: 'cb-audit', nav: 'audit', load: () => import('../ui/cb-audit.js') },
  { path: '/plugins', element: 'cb-plugins', nav: 'plugins', load: () => import('../ui/cb-plugins.js') },
];

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

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

class Router extends Store {
  #routes = ROUTES;
  #turn = 0;

  constructor() {
    super({ path: null, query: new URLSearchParams(), params: {}, route: null, failed: null });
  }

  start() {
    addEventListener('popstate', () => this.#show());
    document.addEventListener('click', (event) => this.#follow(event));
    this.#show();
  }

  /** Starts loading the page's own module; what goes wrong is told when it is shown. */
  preload() {
    match(this.#routes, location.pathname)?.route.load().catch(() => {});
  }

  navigate(to, { replace = false } = {}) {
    const url = new URL(to, location.href);
    if (url.href === location.href) return;
    history[replace ? 'replaceState' : 'pushState'](null, '', url);
    this.#show();
  }

  async #show() {
    const turn = ++this.#turn;
    const found = match(this.#routes, location.pathname);
    let failed = null;
    try {
      await found?.route.load();
    } catch (cause) {
      failed = cause;
    }
    if (turn !== this.#turn) return;
    this.set({
      path: location.pathname,
      query: new URLSearchParams(location.search),
      params: found?.params ?? {},
      route: found?.route ?? null,
      failed,
    });
  }

  #follow(event) {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest?.('a[href]');
    if (!link || link.target || link.hasAttribute('download')) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || !match(this.#routes, url.pathname)) return;
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
