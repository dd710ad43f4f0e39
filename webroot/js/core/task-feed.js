/*
 * One task, live from the topic `task:ID`.
 *
 *   const feed = new TaskFeed(id);   feed.start();   …   feed.stop();
 *   feed.model                       // a TaskModel
 *   feed.state                       // { turn, ready, missing, problem }; turn grows with every change
 *   await feed.act('retry');         // run, retry, cancel; throws an ApiProblem
 *   await feed.change({ title: 'Export' });
 *   await feed.writeLedger({ ready: true });
 *   await feed.earlier(executionId); // the thousand log lines before the first one here
 *   await feed.findInLog(executionId, 'error');   // the numbers of the lines with it, of the whole log
 *   await feed.wholeLog(executionId);
 */
import { api } from './api.js';
import { batchFrames } from './batch-frames.js';
import { deliveriesOf } from './deliveries.js';
import { live } from './live.js';
import { Store } from './store.js';
import { TaskModel } from './task-model.js';

const PATIENCE_MS = 2_500;

export class TaskFeed extends Store {
  model = new TaskModel();
  #stop = null;
  #timer = 0;
  #reading = null;

  constructor(id) {
    super({ turn: 0, ready: false, missing: false, problem: null });
    this.id = id;
    this.path = `/api/tasks/${encodeURIComponent(id)}`;
  }

  start() {
    this.#stop = live.subscribe(`task:${this.id}`, batchFrames((frames) => this.#apply(frames)));
    this.#timer = setTimeout(() => !this.state.ready && this.read(), PATIENCE_MS);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#stop?.();
    this.#stop = null;
  }

  /** Reads the task by REST: when the feed does not know it, or does not come. */
  read() {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #read() {
    try {
      const task = await api.get(this.path);
      const { items } = await api.get(`${this.path}/executions`);
      const deliveries = await deliveriesOf(this.id);
      if (!this.#stop) return;
      this.model.apply({ kind: 'snapshot', data: { task, executions: items, deliveries } });
      this.#publish({ ready: true, missing: false, problem: null });
    } catch (problem) {
      if (this.state.ready) return;
      this.#publish(problem.status === 404 ? { missing: true } : { problem });
    }
  }

  async act(verb, body = {}) {
    const answer = await api.post(`${this.path}/${verb}`, body);
    if (answer?.id === this.id) {
      this.model.heard(answer);
      this.#publish({});
    }
  }

  /** Changes the task's title or description, whatever the task does meanwhile. */
  async change(patch) {
    this.model.heard(await api.patch(this.path, patch));
    this.#publish({});
  }

  /** Writes values into the ledger; null removes one. */
  async writeLedger(values) {
    const { ledger, revision } = await api.patch(`${this.path}/ledger`, values);
    if (ledger && this.model.task) {
      this.model.heard({ ...this.model.task, ledger, revision });
      this.#publish({});
    }
  }

  async earlier(executionId) {
    const log = this.model.log(executionId);
    const { items } = await api.get(`/api/executions/${encodeURIComponent(executionId)}/log`, { query: log.page() });
    const added = log.addEarlier(items);
    if (added) this.#publish({});
    return added;
  }

  /** The numbers of all lines of an attempt's log that contain a text. */
  async findInLog(executionId, text) {
    const { seqs } = await api.get(`/api/executions/${encodeURIComponent(executionId)}/log`, {
      query: { q: text, limit: 1 },
    });
    return seqs;
  }

  /** Every line of an attempt's log, for a download. */
  async wholeLog(executionId) {
    const path = `/api/executions/${encodeURIComponent(executionId)}/log`;
    const lines = [];
    for (;;) {
      const { items } = await api.get(path, { query: { after: lines.at(-1)?.seq ?? 0, limit: 1_000 } });
      if (items.length === 0) return lines;
      lines.push(...items);
    }
  }

  #apply(frames) {
    if (!this.#stop) return;
    const news = frames.filter(({ kind }) => kind !== 'error');
    for (const frame of news) this.model.apply(frame);
    if (news.length) this.#publish({ ready: true, missing: false, problem: null });
    else if (!this.state.ready && !this.state.missing) this.read();
  }

  #publish(patch) {
    this.set({ ...patch, turn: this.state.turn + 1 });
  }
}
