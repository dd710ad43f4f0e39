/*
 * What a person decides about one attempt, while they decide it. No DOM.
 *
 *   const draft = draftOf(execution.id);        // a Store, the same one each time; typed text survives a reload
 *   draft.state                                 // { ticked, selected, fields, comment, output, answers, waived, … }
 *   ruleOf(stage)                               // { kind: 'none'|'approval'|'selection'|'fields', min, max, fields }
 *   lacks({ rule, draft, value, manual, … })    // [{ at, code, params }] that keep it from being approved
 *   bodyOf({ execution, draft, … })             // for POST …/approve
 *   openQuestions(execution, value)             // the questions that are still without an answer
 *   answersText(questions, answers)             // for redo's user_input
 */
import { Store } from './store.js';

const EMPTY = { ticked: null, ask: null, seen: null, changed: [], reasons: {}, selected: null, fields: {}, comment: '', output: undefined, answers: {}, waived: false, sending: false };
const KEPT = ['fields', 'comment', 'output', 'answers', 'reasons'];
const drafts = new Map();
const keyOf = (id) => `callboard.draft.${id}`;

export class Draft extends Store {
  #storage;

  constructor(id, storage = globalThis.localStorage) {
    super({ ...EMPTY, ...kept(id, storage) });
    this.id = id;
    this.#storage = storage;
  }

  set(patch) {
    super.set(patch);
    if (!Object.keys(patch).some((name) => KEPT.includes(name))) return;
    try {
      const values = Object.fromEntries(KEPT.map((name) => [name, this.state[name]]).filter(([, value]) => filled(value)));
      if (Object.keys(values).length) this.#storage?.setItem(keyOf(this.id), JSON.stringify(values));
      else this.#storage?.removeItem(keyOf(this.id));
    } catch {
      // The draft lives as long as this page then.
    }
  }

  forget() {
    super.set({ ...EMPTY });
    drafts.delete(this.id);
    try {
      this.#storage?.removeItem(keyOf(this.id));
    } catch {
      // Nothing was kept.
    }
  }
}

function kept(id, storage) {
  try {
    const values = JSON.parse(storage?.getItem(keyOf(id)) ?? '{}');
    return Object.fromEntries(Object.entries(values).filter(([name]) => KEPT.includes(name)));
  } catch {
    return {};
  }
}

function filled(value) {
  if (value === undefined || value === null || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

export function draftOf(id) {
  if (!drafts.has(id)) drafts.set(id, new Draft(id));
  return drafts.get(id);
}

export function ruleOf({ approval } = {}) {
  if (approval === 'none') return { kind: 'none' };
  if (approval?.selection) {
    const { min = 1, max = Math.max(1, min) } = approval.selection;
    return { kind: 'selection', min, max };
  }
  if (Array.isArray(approval?.fields)) return { kind: 'fields', fields: approval.fields.map((field) => (typeof field === 'string' ? field : field.key ?? field.name)) };
  return { kind: 'approval' };
}

export function openQuestions({ decision } = {}, value) {
  if (decision) return [];
  return (Array.isArray(value?.questions) ? value.questions : []).filter((each) => each && String(each.question ?? '').trim());
}

/** What an output offers to choose from. */
export function offers(value) {
  const list = Array.isArray(value?.options) ? value.options : Array.isArray(value?.findings) ? value.findings : [];
  return list.filter((each) => each && each.id !== undefined).map((each) => ({ ...each, id: String(each.id) }));
}

/** Chosen so far: the person's, else those that the output itself marks. */
export function chosen(draft, value) {
  if (draft.selected) return draft.selected;
  return new Set(offers(value).filter(({ selected }) => selected === true).map(({ id }) => id));
}

export function fieldValue(name, { fields }, value) {
  const given = fields[name] ?? value?.[name];
  return given === undefined || given === null ? '' : typeof given === 'string' ? given : JSON.stringify(given);
}

export function lacks({ rule, draft, value, manual = false, faults = [] }) {
  const found = [];
  if (manual && (draft.output === undefined || draft.output === null || draft.output === '')) found.push({ at: 'output', code: 'empty' });
  else if (faults.length) found.push({ at: 'output', code: 'faults', params: { n: faults.length } });
  if (rule.kind === 'selection') {
    const n = chosen(draft, value).size;
    if (n < rule.min) found.push({ at: 'selected', code: 'few', params: { n: rule.min } });
    else if (n > rule.max) found.push({ at: 'selected', code: 'many', params: { n: rule.max } });
  }
  for (const name of rule.fields ?? []) if (!fieldValue(name, draft, value).trim()) found.push({ at: `field:${name}`, code: 'field' });
  return found;
}

export function bodyOf({ execution, draft, rule, value, ticked = null, stages = [] }) {
  const decision = {};
  if (draft.output !== undefined) decision.output = draft.output;
  const list = offers(value);
  if (rule.kind === 'selection' || (Array.isArray(value?.findings) && list.length)) decision.selected = list.map(({ id }) => id).filter((id) => chosen(draft, value).has(id));
  if (rule.kind === 'fields') decision.fields = Object.fromEntries(rule.fields.map((name) => [name, fieldValue(name, draft, value)]));
  if (draft.comment.trim()) decision.comment = draft.comment.trim();
  if (draft.waived) decision.waive_questions = true;
  const body = { execution_id: execution.id };
  if (ticked) body.selected_stage_ids = stages.filter(({ id }) => ticked.has(id)).map(({ id }) => id);
  if (Object.keys(decision).length) body.decision = decision;
  return body;
}

/** The answer to a question: what was typed or chosen, else what the stage proposed. */
export function answerOf({ id, proposed_answer: proposed }, answers) {
  return answers[id] ?? String(proposed ?? '');
}

export function answersText(questions, answers) {
  return questions.map((each) => ({ question: String(each.question).trim(), answer: answerOf(each, answers).trim() }))
    .filter(({ answer }) => answer)
    .map(({ question, answer }) => `Question: ${question}\nAnswer: ${answer}`).join('\n\n');
}
