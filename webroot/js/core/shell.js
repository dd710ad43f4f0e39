/*
 * Keeps the page itself for the time when the server is away: registers /sw.js and names to it
 * what this page has already loaded.
 */
import { inside, outside } from './prefix.js';

const WORKER = outside('/sw.js');
const policy = globalThis.trustedTypes?.createPolicy('callboard', {
  createScriptURL(url) {
    if (url === WORKER) return url;
    throw new TypeError(`Not a script of this page: ${url}`);
  },
});

export async function keepShell() {
  if (!('serviceWorker' in navigator) || !globalThis.isSecureContext) return;
  try {
    await navigator.serviceWorker.register(policy ? policy.createScriptURL(WORKER) : WORKER);
    const registration = await navigator.serviceWorker.ready;
    const loaded = performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name))
      .filter(({ origin, pathname }) => origin === location.origin && /^\/(ui|_static)\//.test(inside(pathname) ?? ''))
      .map(({ pathname }) => pathname);
    registration.active?.postMessage({ keep: [...new Set(loaded)] });
  } catch {
    // Without it the page works as before, except for a reload while the server is away.
  }
}
