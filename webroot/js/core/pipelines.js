/*
 * The pipelines, kept up to date, and what can be read off them.
 *
 *   pipelines.follow();   pipelines.state   // { items, loading, problem }, see live-list.js
 *   usersOf(items, stageId)                 // names of the pipelines with a stage of that type
 *   blocking(pipeline)                      // the errors that keep tasks from starting with it
 */
import { LiveList } from './live-list.js';

export const pipelines = new LiveList({ topic: 'pipelines', member: 'pipeline', key: 'name', path: '/api/pipelines' });

export function usersOf(items, stageId) {
  return (items ?? []).filter(({ stages = [] }) => stages.some(({ type }) => type === stageId)).map(({ name }) => name);
}

/** Errors of a file keep nothing from starting as long as its last good revision is used in its place. */
export function blocking({ errors, last_good_used: lastGood }) {
  return lastGood ? [] : errors ?? [];
}

/** What each stage runs after: name → names. One that says nothing of what it depends on follows the one before it. */
export function needsOf({ stages = [] }) {
  const sorted = sortedStages(stages);
  return new Map(sorted.map(({ name, follows_previous: follows, depends_on: needs = [] }, i) =>
    [name, follows && i > 0 ? [sorted[i - 1].name, ...needs] : needs]));
}

const sortedStages = (stages) => [...stages].sort((a, b) => (a.sort_order ?? 0) - (b.sort_order ?? 0));

/** The stage templates of a pipeline in the order in which they run: after what they depend on, then by sort order. */
export function ordered({ stages = [] }) {
  const needs = needsOf({ stages });
  const rest = sortedStages(stages);
  const placed = new Set();
  const result = [];
  while (rest.length) {
    const free = rest.findIndex(({ name }) => needs.get(name).every((other) => placed.has(other) || !needs.has(other)));
    const [stage] = rest.splice(Math.max(free, 0), 1);
    placed.add(stage.name);
    result.push(stage);
  }
  return result;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export const isPipelineName = (name) => NAME.test(name);

/** The text of a definition under another name; comments and order stay as they were written. */
export function namedCopy(text, name) {
  if (text.trimStart().startsWith('{')) return JSON.stringify({ ...JSON.parse(text), name }, null, 2);
  return text.replace(/^name[ \t]*:.*$/m, `name: ${JSON.stringify(name)}`);
}

/**
 * The stages that a new pipeline may begin with, those that run as they are first: { value, label, runs }. One that has
 * to be given settings is left out.
 */
export function firstStages(entries) {
  return entries
    .filter(({ type, settings_schema: schema = [] }) => type === 'stage'
      && !schema.some(({ required, default: start }) => required && start === undefined))
    .map(({ id, label, name, available, needs_prompt: lacks }) => ({
      value: id, label: label ?? name, runs: available !== false && !lacks,
    }))
    .sort((a, b) => Number(b.runs) - Number(a.runs) || a.label.localeCompare(b.label));
}

/** A pipeline of one stage. */
export function newPipeline(name, description, stage) {
  const stages = [{ name: stage.label ?? stage.name ?? stage.id, type: stage.id, depends_on: [] }];
  return { name, version: '1.0.0', ...(description ? { metadata: { description } } : {}), stages };
}
