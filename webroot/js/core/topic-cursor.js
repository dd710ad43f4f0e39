/*
 * Where a subscriber stands in one topic: which revision it has, and what to do with the next frame.
 * No DOM, no socket; live.js holds one for each topic.
 */
export class TopicCursor {
  constructor(topic, { since = null, epoch = null } = {}) {
    this.topic = topic;
    this.revision = since;
    this.epoch = epoch;
  }

  /** True until the first snapshot, and again after a gap. */
  get waiting() {
    return this.revision === null;
  }

  /** The frame that asks for this topic; resumes only when revisions are comparable. */
  request() {
    const frame = { op: 'subscribe', topic: this.topic };
    if (this.revision !== null && this.epoch !== null) {
      frame.since = this.revision;
      frame.epoch = this.epoch;
    }
    return frame;
  }

  /** `apply`, `drop` (already known, or a snapshot is awaited) or `gap` (ask again without since). */
  accept(frame) {
    if (frame.kind === 'snapshot') {
      this.revision = frame.revision ?? 0;
      if (frame.epoch !== undefined) this.epoch = frame.epoch;
      return 'apply';
    }
    if (this.waiting) return 'drop';
    if (frame.epoch !== undefined && this.epoch !== null && frame.epoch !== this.epoch) return this.#lost();
    if (frame.revision <= this.revision) return 'drop';
    if (frame.revision !== this.revision + 1) return this.#lost();
    this.revision = frame.revision;
    return 'apply';
  }

  forget() {
    this.revision = null;
  }

  #lost() {
    this.forget();
    return 'gap';
  }
}

const FIRST_MS = 500;
const MOST_MS = 30_000;

/**
 * Waiting time before attempt n (from 0), in ms: at random any time up to 0.5 s, doubling to 30 s (or `most`). All
 * of it is random: when a server comes back, its clients do not come at once.
 */
export function backoff(attempt, { most = MOST_MS, random = Math.random } = {}) {
  return Math.round(random() * Math.min(most, FIRST_MS * 2 ** Math.min(attempt, 10)));
}
