/*
 * Who the person at this browser says they are, for as long as nobody signs in. Kept in the browser.
 *
 *   who.state.name            // '' as long as they have not said
 *   setName(' Zoë ')          // kept for all tabs; '' forgets it
 *   nameFault('a/b')          // null, 'long', 'signs' or 'taken'
 *   actorHeader()             // for X-Callboard-Actor: headers take no letters beyond Latin-1
 *   whoIs(by)                 // { kind: 'me'|'nobody'|'server'|'place'|'other', name }
 *   decidedWords(decision)    // "Approved by Ada", "Cancelled by you"
 *   byWords(by)               // "you", "Ada", "Callboard"; '' for somebody who gave no name
 *   nameOf(by)                // the same, with a word for everybody: "local", "somebody"
 */
import { t } from './i18n.js';
import { Store } from './store.js';

const KEY = 'callboard.actor';
const MOST = 128;
const NAME = /^[\p{L}\p{M}\p{N} ._@+'’-]+$/u;
/** Names that stand for parts of the server; nobody else may have them. */
const TAKEN = new Set(['engine', 'rules', 'model', 'person']);
/** What the server calls somebody who gives no name. */
const NOBODY = 'local';

export const who = new Store({ name: kept() });

globalThis.addEventListener?.('storage', ({ key }) => {
  if (key === KEY || key === null) who.set({ name: kept() });
});

function kept() {
  try {
    const name = globalThis.localStorage?.getItem(KEY) ?? '';
    return nameFault(name) === null && name !== NOBODY ? name.trim() : '';
  } catch {
    return '';
  }
}

export function nameFault(text) {
  const name = text.normalize('NFC').trim();
  if (name === '') return null;
  if (name.length > MOST) return 'long';
  if (!NAME.test(name)) return 'signs';
  return TAKEN.has(name.toLowerCase()) ? 'taken' : null;
}

export function setName(text) {
  const name = text.normalize('NFC').trim();
  if (nameFault(name)) return;
  try {
    if (name) localStorage.setItem(KEY, name);
    else localStorage.removeItem(KEY);
  } catch {
    // It is not remembered; it still applies to this page.
  }
  who.set({ name });
}

export function actorHeader() {
  return (who.state.name || NOBODY).replaceAll(/[^\x20-\x7e]+|%/gu, encodeURIComponent);
}

export function whoIs(by) {
  if (!by || by === NOBODY) return { kind: 'nobody', name: '' };
  if (by === who.state.name) return { kind: 'me', name: by };
  if (TAKEN.has(by)) return { kind: 'server', name: by };
  const place = /^(?:file|folder): (.*)$/.exec(by);
  return place ? { kind: 'place', name: place[1] } : { kind: 'other', name: by };
}

export function byWords(by) {
  const { kind, name } = whoIs(by);
  if (kind === 'me') return t('who.you');
  return kind === 'server' ? t(`who.server_${name}`) : name;
}

export function nameOf(by) {
  return byWords(by) || by || t('decided.someone');
}

/** What was decided about an attempt, and by whom: it need not be an approval. */
export function decidedWords({ action = 'approved', by }) {
  const name = byWords(by);
  return name ? t(`decided.${action}_by`, { by: name }) : t(`decided.${action}`);
}
