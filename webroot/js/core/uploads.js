/*
 * The inputs of a task that is being made: files on their way to the content store, texts, and addresses. No DOM.
 *
 *   const uploads = new Uploads({ send });
 *   uploads.addFiles(files);  uploads.addText('…', 'note.txt');  uploads.setText(key, text)
 *   uploads.addUrl('https://…')
 *   const putBack = uploads.remove(key);      uploads.retry(key);
 *   uploads.state.items       // [{ key, kind: 'file'|'text'|'url', name, size, status, sent, blob, problem, text }]
 *   uploads.input             // for POST /api/tasks; only what is there
 *   uploads.draft;  uploads.restore(draft)   // to be kept over a reload; a file that had not arrived is `lost` then
 *   uploads.check()           // after what `hold` says may be another: sends what may go now
 *
 * `status`: waiting, sending, done, failed, lost. A file that `hold(item)` speaks against waits and is not sent.
 * `send(file, { progress, signal })` resolves to { sha256, … }; see upload.js. Two files are sent at a time.
 */
import { addressIn } from './address.js';
import { t } from './i18n.js';
import { Store } from './store.js';

const AT_ONCE = 2;

export class Uploads extends Store {
  #send;
  #files = new Map();
  #aborts = new Map();
  #next = 1;

  #hold;

  constructor({ send, hold = () => false }) {
    super({ items: [] });
    this.#send = send;
    this.#hold = hold;
  }

  get draft() {
    const worth = ({ kind, size }) => kind !== 'file' || size > 0;
    return this.state.items
      .filter(worth)
      .map(({ kind, name, text, size, type, blob }) => (
        kind === 'file' ? { kind, name, size, type, blob } : { kind, name, text }));
  }

  restore(draft) {
    const items = draft.map((each) => ({
      ...each, key: this.#next++, sent: 0, problem: null,
      size: { text: () => bytes(each.text), url: () => 0 }[each.kind]?.() ?? each.size,
      status: each.kind !== 'file' || each.blob ? 'done' : 'lost',
    }));
    this.set({ items });
  }

  clear() {
    for (const { key } of this.state.items) this.remove(key);
  }

  check() {
    this.#pump();
  }

  /** The same file twice (name, size and time) is taken once; answers how many were new. */
  addFiles(files) {
    const known = new Set([...this.#files.values()].map(mark));
    const fresh = [...files].filter((file) => !known.has(mark(file)) && known.add(mark(file)));
    const items = fresh.map((file) => {
      const key = this.#next++;
      this.#files.set(key, file);
      return { key, kind: 'file', name: file.name, size: file.size, type: file.type, status: 'waiting', sent: 0, blob: null, problem: null };
    });
    // A file that is chosen again takes the place of the one that was lost.
    const again = ({ status, name, size }) => status === 'lost' && items.some((item) => item.name === name && item.size === size);
    this.set({ items: [...this.state.items.filter((item) => !again(item)), ...items] });
    this.#pump();
    return items.length;
  }

  addText(text = '', name = '') {
    const key = this.#next++;
    this.set({ items: [...this.state.items, { key, kind: 'text', name, text, size: bytes(text), status: 'done', problem: null }] });
    return key;
  }

  addUrl(text = '') {
    const key = this.#next++;
    const item = { key, kind: 'url', name: nameOf(text), text, size: 0, status: 'done', problem: null };
    this.set({ items: [...this.state.items, item] });
    return key;
  }

  setText(key, text) {
    const url = this.state.items.find((item) => item.key === key)?.kind === 'url';
    this.#patch(key, { text, problem: null, ...(url ? { name: nameOf(text) } : { size: bytes(text) }) });
  }

  /** A text that is an address becomes one. */
  toUrl(key) {
    const { text } = this.state.items.find((item) => item.key === key);
    this.#patch(key, { kind: 'url', text: text.trim(), name: nameOf(text), size: 0, problem: null });
  }

  /** Answers what puts it back where it was. */
  remove(key) {
    const at = this.state.items.findIndex((item) => item.key === key);
    const item = this.state.items[at];
    const file = this.#files.get(key);
    this.#aborts.get(key)?.abort();
    this.#aborts.delete(key);
    this.#files.delete(key);
    this.set({ items: this.state.items.filter((each) => each.key !== key) });
    this.#pump();
    return () => item && this.#putBack(item, at, file);
  }

  /** A file that was on its way is sent again. */
  #putBack(item, at, file) {
    if (this.state.items.some(({ key }) => key === item.key)) return;
    if (file) this.#files.set(item.key, file);
    const back = item.status === 'sending' ? { ...item, status: 'waiting', sent: 0 } : item;
    const items = [...this.state.items];
    items.splice(Math.min(at, items.length), 0, back);
    this.set({ items });
    this.#pump();
  }

  retry(key) {
    this.#patch(key, { status: 'waiting', sent: 0, problem: null });
    this.#pump();
  }

  /** Marks the input of that index in `input` as refused by the server. */
  refuse(index, detail) {
    const item = this.#usable()[index];
    if (!item) return false;
    this.#patch(item.key, { problem: { message: detail, detail } });
    return true;
  }

  get busy() {
    return this.state.items.some((item) => item.status === 'sending' || (item.status === 'waiting' && !this.#hold(item)));
  }

  get failed() {
    return this.state.items.some(({ status }) => status === 'failed' || status === 'lost');
  }

  get input() {
    return this.#usable().map(({ kind, blob, name, text }) => {
      if (kind === 'url') return { url: text.trim() };
      return { ...(kind === 'file' ? { blob } : { text }), ...(name ? { name } : {}) };
    });
  }

  stop() {
    for (const abort of this.#aborts.values()) abort.abort();
  }

  #usable() {
    return this.state.items.filter(({ kind, status, text }) => (kind === 'file' ? status === 'done' : text.trim() !== ''));
  }

  #pump() {
    const sending = this.state.items.filter(({ status }) => status === 'sending').length;
    const next = this.state.items.filter((item) => item.status === 'waiting' && !this.#hold(item)).slice(0, AT_ONCE - sending);
    for (const { key } of next) this.#start(key);
  }

  async #start(key) {
    const abort = new AbortController();
    this.#aborts.set(key, abort);
    this.#patch(key, { status: 'sending', sent: 0 });
    try {
      const progress = (sent) => this.#patch(key, { sent });
      const { sha256 } = await this.#send(this.#files.get(key), { progress, signal: abort.signal });
      this.#patch(key, { status: 'done', blob: sha256 });
    } catch (problem) {
      this.#patch(key, { status: 'failed', problem });
    }
    if (this.#aborts.get(key) === abort) this.#aborts.delete(key);
    this.#pump();
  }

  #patch(key, patch) {
    this.set({ items: this.state.items.map((item) => (item.key === key ? { ...item, ...patch } : item)) });
  }
}

const mark = ({ name, size, lastModified }) => `${name} ${size} ${lastModified}`;
const bytes = (text) => new TextEncoder().encode(text).length;

/** The last part of an address's path, by which a pipeline is chosen; nothing when it has none. */
function nameOf(text) {
  const address = addressIn(text);
  return address && URL.canParse(address) ? new URL(address).pathname.split('/').pop() : '';
}

const MOST_TITLE = 80;

/** A title from what is there: the first file's name, or the first line of a text, and how many there are beside it. */
export function titleOf(items) {
  const counts = ({ kind, size, text }) => (kind === 'file' ? size !== 0 : text.trim() !== '');
  const [first, ...others] = items.filter(counts);
  if (!first) return '';
  const named = first.kind === 'file' || (first.kind === 'text' && first.name);
  const line = named ? first.name : first.text.trim().split('\n', 1)[0];
  const more = others.length ? ` ${t('new_task.and_more', { n: others.length })}` : '';
  const most = MOST_TITLE - more.length;
  return (line.length > most ? `${line.slice(0, most - 1).trimEnd()}…` : line) + more;
}
