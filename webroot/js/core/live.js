/*
 * The feed: one WebSocket for the page, any number of topics on it.
 *
 *   const stop = live.subscribe('tasks', (frame) => {
 *     if (frame.kind === 'snapshot') replaceAll(frame.data.items);
 *     else if (frame.kind === 'error') show(frame.detail);     // e.g. unknown_topic
 *     else apply(frame);                                       // in order, no gaps, no repeats
 *   });
 *   live.subscribe('palette', handler, { since: 7, epoch: 'e1' });   // after a snapshot by HTTP
 *   live.status.subscribe(({ phase }) => …);                   // 'live' | 'reconnecting' | 'offline'
 *   live.retry();                                              // now, instead of after the backoff
 *   live.probe();                                              // is the other end still there?
 *
 * After a break the topic is resumed from its last revision; after a gap it is read afresh. A handler
 * may therefore see another snapshot at any time and must replace what it has by it.
 */
import { outside } from './prefix.js';
import { Store } from './store.js';
import { TopicCursor, backoff } from './topic-cursor.js';

const PING_MS = 10_000;
const CONNECT_MS = 6_000;
const PROBE_MS = 2_000;
const SILENT_MS = 1_000;
const OFFLINE_MS = 5_000;
const URGENT_MS = 4_000;
const EXPLAINED_AT = 2;

export class Live {
  /** `phase` as shown; `up` as it is; `first` until the first connection; `reason` why it is not live, when known. */
  status = new Store({ phase: 'reconnecting', up: false, first: true, reason: '' });
  /** Finds out why the feed does not come through; asked when a few attempts have failed. */
  explain = async () => '';
  /** Whether something waits to be written, so that the next attempt should not be far. */
  urgent = () => false;
  #topics = new Map();
  #socket = null;
  #attempt = 0;
  #retryTimer = 0;
  #pingTimer = 0;
  #probeTimer = 0;
  #openTimer = 0;
  #phaseTimers = [];
  #unanswered = 0;

  start() {
    addEventListener('online', () => this.retry());
    addEventListener('offline', () => this.#lost(this.#socket));
    addEventListener('focus', () => this.retry());
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) return;
      if (this.status.state.up) this.probe();
      else this.retry();
    });
    this.#fade();
    this.#connect();
  }

  subscribe(topic, handler, from) {
    let entry = this.#topics.get(topic);
    if (entry) {
      entry.cursor.forget();
    } else {
      entry = { cursor: new TopicCursor(topic, from), handlers: new Set() };
      this.#topics.set(topic, entry);
    }
    entry.handlers.add(handler);
    this.#send(entry.cursor.request());
    return () => {
      entry.handlers.delete(handler);
      if (entry.handlers.size > 0 || this.#topics.get(topic) !== entry) return;
      this.#topics.delete(topic);
      this.#send({ op: 'unsubscribe', topic });
    };
  }

  retry() {
    if (this.#socket) return;
    this.#attempt = 0;
    this.#connect();
  }

  probe() {
    if (!this.status.state.up || this.#probeTimer) return;
    const socket = this.#socket;
    this.#probeTimer = setTimeout(() => this.#lost(socket), PROBE_MS);
    this.#ping();
  }

  #connect() {
    clearTimeout(this.#retryTimer);
    if (this.#socket) return;
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}${outside('/ws')}`);
    this.#socket = socket;
    this.#openTimer = setTimeout(() => this.#lost(socket), CONNECT_MS);
    socket.addEventListener('open', () => {
      if (socket !== this.#socket) return;
      for (const { cursor } of this.#topics.values()) this.#send(cursor.request());
      this.#ping();
    });
    socket.addEventListener('message', (event) => {
      if (socket === this.#socket) this.#receive(event.data);
    });
    socket.addEventListener('close', () => this.#lost(socket));
  }

  #receive(text) {
    if (!this.status.state.up) this.#alive();
    clearTimeout(this.#probeTimer);
    this.#probeTimer = 0;
    this.#unanswered = 0;
    const frame = JSON.parse(text);
    if (frame.kind === 'pong') return;
    if (frame.kind === 'error') {
      this.#report(frame);
      return;
    }
    const entry = this.#topics.get(frame.topic);
    if (!entry) return;
    const verdict = entry.cursor.accept(frame);
    if (verdict === 'gap') this.#send(entry.cursor.request());
    if (verdict === 'apply') for (const handler of [...entry.handlers]) handler(frame);
  }

  #report(frame) {
    const named = this.#topics.get(frame.topic);
    const concerned = named ? [named] : [...this.#topics.values()].filter(({ cursor }) => cursor.waiting);
    for (const { handlers } of concerned) for (const handler of [...handlers]) handler(frame);
  }

  #alive() {
    clearTimeout(this.#openTimer);
    this.#attempt = 0;
    this.#phaseTimers.splice(0).forEach(clearTimeout);
    this.status.set({ phase: 'live', up: true, first: false, reason: '' });
    this.#pingTimer = setInterval(() => {
      if (this.#unanswered >= 2) this.#lost(this.#socket);
      else this.#ping();
    }, PING_MS);
  }

  #lost(socket) {
    if (!socket || socket !== this.#socket) return;
    this.#socket = null;
    socket.close();
    clearTimeout(this.#openTimer);
    clearInterval(this.#pingTimer);
    clearTimeout(this.#probeTimer);
    this.#probeTimer = 0;
    this.#unanswered = 0;
    if (this.status.state.up) {
      this.status.set({ up: false });
      this.#fade();
    }
    if (this.#attempt === EXPLAINED_AT) this.#say();
    this.#retryTimer = setTimeout(
      () => this.#connect(),
      backoff(this.#attempt++, this.urgent() ? { most: URGENT_MS } : {}),
    );
  }

  async #say() {
    const reason = await this.explain();
    if (!this.status.state.up) this.status.set({ reason });
  }

  /** A blip of under a second stays silent; after five it is called by its name. */
  #fade() {
    this.#phaseTimers.push(
      setTimeout(() => this.status.set({ phase: 'reconnecting' }), SILENT_MS),
      setTimeout(() => this.status.set({ phase: 'offline' }), OFFLINE_MS),
    );
  }

  #ping() {
    this.#unanswered++;
    this.#send({ op: 'ping' });
  }

  #send(frame) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }
}

export const live = new Live();
