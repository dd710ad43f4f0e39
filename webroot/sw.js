/*
 * Keeps the shell of the page for the time when the server is away. Pages: the network first, the
 * last good one else. Versioned files (/ui/<build>/, /_static/): the kept copy first. Nothing else
 * is touched; the API is never cached here. The server writes the pages of js/pages.js into it.
 */
const PAGES = {{pages}};
const PREFIX = self.location.pathname.replace(/\/sw\.js$/, '');
const CACHE = 'callboard-shell-1';
const PAGE = `${PREFIX}/`;
const FIXED = /^\/(ui\/(?!dev\/)[^/]+|_static)\//;
const LIVE = /^\/ui\/dev\//;

/** The path without that under which the server is known; empty for what is no address of ours. */
function inside(path) {
  return path.startsWith(PAGE) ? path.slice(PREFIX.length) : '';
}

self.addEventListener('install', (event) => {
  event.waitUntil(refresh().catch(() => {}).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener('message', (event) => {
  const paths = event.data?.keep ?? [];
  event.waitUntil(keepAll(paths.filter((path) => FIXED.test(inside(path)) || LIVE.test(inside(path)))));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  const path = inside(url.pathname);
  if (request.mode === 'navigate' && isPage(path)) event.respondWith(page(request));
  else if (FIXED.test(path)) event.respondWith(keptFirst(request));
  else if (LIVE.test(path)) event.respondWith(networkFirst(request));
});

function isPage(path) {
  const parts = path.split('/');
  return PAGES.some((page) => {
    const wanted = page.split('/');
    const same = (want, i) => want === parts[i] || (want.startsWith(':') && parts[i] !== '');
    return wanted.length === parts.length && wanted.every(same);
  });
}

async function page(request) {
  try {
    const response = await fetch(request);
    if (response.ok) await keepPage(response.clone());
    return response;
  } catch (cause) {
    const kept = await (await caches.open(CACHE)).match(PAGE);
    if (kept) return kept;
    throw cause;
  }
}

async function refresh() {
  const response = await fetch(PAGE, { cache: 'no-store' });
  if (response.ok) await keepPage(response);
}

/** Keeps the page, and forgets the files of builds that it no longer names. */
async function keepPage(response) {
  const cache = await caches.open(CACHE);
  const text = await response.clone().text();
  const build = /\/ui\/[^/"]+\//.exec(text)?.[0];
  await cache.put(PAGE, response);
  if (!build) return;
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (inside(pathname).startsWith('/ui/') && !inside(pathname).startsWith(build)) await cache.delete(request);
  }
}

async function keptFirst(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request)) ?? fetchAndKeep(cache, request);
}

async function networkFirst(request) {
  const cache = await caches.open(CACHE);
  try {
    return await fetchAndKeep(cache, request);
  } catch (cause) {
    const kept = await cache.match(request);
    if (kept) return kept;
    throw cause;
  }
}

async function fetchAndKeep(cache, request) {
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}

async function keepAll(paths) {
  const cache = await caches.open(CACHE);
  await Promise.allSettled(
    paths.map(async (path) => {
      if (!(await cache.match(path))) await fetchAndKeep(cache, new Request(path));
    }),
  );
}
