/*
 * One task as its topic publishes it. No DOM, no socket; task-feed.js feeds it.
 *
 *   model.apply(frame);                          // snapshot, task, execution, log, deliveries
 *   model.task  model.attempts(stageId)          // attempts of a stage, oldest first
 *   model.log(executionId)                       // its LogModel
 *   steps(task)                                  // the selected stages, numbered 1…n
 *   currentStep(task)                            // the one to look at: running, waiting, failed, else the last begun
 */
import { LogModel } from './log-model.js';

export class TaskModel {
  task = null;
  executions = new Map();
  deliveries = [];
  #logs = new Map();

  apply(frame) {
    if (frame.kind === 'snapshot') this.#replace(frame.data);
    else if (frame.kind === 'task') this.task = newer(this.task, frame.task);
    else if (frame.kind === 'execution') this.#put(frame.execution);
    else if (frame.kind === 'log') this.log(frame.execution_id).add(frame.lines);
    else if (frame.kind === 'deliveries') this.deliveries = frame.deliveries;
  }

  /** The answer of a write, which may come before or after the same news from the feed. */
  heard(task) {
    this.task = newer(this.task, task);
  }

  log(id) {
    if (!this.#logs.has(id)) this.#logs.set(id, new LogModel());
    return this.#logs.get(id);
  }

  attempts(stageId) {
    return [...this.executions.values()]
      .filter((each) => each.stage_template_id === stageId)
      .sort((a, b) => a.attempt - b.attempt);
  }

  #replace({ task, executions = [], log = {}, deliveries = [] }) {
    this.task = task;
    this.deliveries = deliveries;
    this.executions = new Map(executions.map((each) => [each.id, each]));
    for (const id of [...this.#logs.keys()]) if (!this.executions.has(id)) this.#logs.delete(id);
    for (const [id, lines] of Object.entries(log)) this.log(id).add(lines);
  }

  #put(execution) {
    const before = this.executions.get(execution.id);
    this.executions.set(execution.id, { ...before, ...execution });
  }
}

function newer(old, task) {
  return old && old.id === task.id && (task.revision ?? 0) < (old.revision ?? 0) ? old : { ...old, ...task };
}

export function steps({ stages = [] }) {
  const chosen = stages.filter(({ selected }) => selected !== false);
  chosen.sort((a, b) => (a.number ?? Infinity) - (b.number ?? Infinity) || (a.sort_order ?? 0) - (b.sort_order ?? 0));
  return chosen.map((stage, i) => ({ ...stage, number: i + 1 }));
}

export function currentStep(task) {
  const all = steps(task);
  const first = (status) => all.find((step) => step.status === status);
  return first('running') ?? first('awaiting_approval') ?? first('failed')
    ?? all.find(({ id, status }) => id === task.current_stage_id && status !== 'pending')
    ?? all.findLast(({ status }) => status !== 'pending') ?? all[0] ?? null;
}

/**
 * Where a task is, in numbers: { number, of, name } of its current step; null before it begins. `of` is null while a
 * person chooses which stages come next.
 */
export function place(task) {
  const all = steps(task);
  const step = all.find(({ id }) => id === task.current_stage_id) ?? currentStep(task);
  if (!step || step.status === 'pending') return null;
  const choosing = step.status === 'awaiting_approval' && step.output_format === 'research';
  return { number: step.number, of: choosing ? null : all.length, name: step.name };
}

/** The share of a progress in percent, null when the total is not known or is all in one piece. */
export function percent(progress) {
  if (!progress || !(progress.total > 1)) return null;
  return Math.max(0, Math.min(100, Math.round((progress.done / progress.total) * 100)));
}
