/*
 * What a person decides about one attempt, while they decide it. No DOM.
 *
 *   const draft = draftOf(execution.id);        // a Store, the same one each time; all of it survives a reload
 *   draft.state                                 // { ticked, selected, fields, comment, output, answers, … }
 *   ruleOf(stage)                               // { kind: 'none'|'approval'|'selection'|'fields', min, max, fields }
 *   lacks({ rule, draft, value, manual, … })    // [{ at, code, params }] that keep it from being approved
 *   bodyOf({ execution, draft, … })             // for POST …/approve
 *   draftText(state)                            // all that was written, as one text
 */
import { drafts as kept } from './drafts.js';
import { answerOf, openQuestions, withAnswers } from './questions.js';
import { Store } from './store.js';
import { textOf } from './text-diff.js';

const EMPTY = {
  ticked: null, touched: new Set(), ask: null, seen: null, changed: [], reasons: {}, selected: null, fields: {},
  comment: '', output: undefined, typed: null, answers: {}, waived: false, sending: false, restored: null,
};
const KEPT = ['ticked', 'touched', 'selected', 'fields', 'comment', 'output', 'typed', 'answers', 'reasons', 'waived'];
const drafts = new Map();

export class Draft extends Store {
  #drafts;

  constructor(id, drafts = kept) {
    const found = drafts.read(`decision:${id}`);
    super({ ...EMPTY, ...found?.value, restored: found?.at ?? null });
    this.id = id;
    this.#drafts = drafts;
  }

  set(patch) {
    super.set(patch);
    if (!Object.keys(patch).some((name) => KEPT.includes(name))) return;
    if (this.written) this.#drafts.keep(`decision:${this.id}`, this.#values());
    else this.#drafts.drop(`decision:${this.id}`);
  }

  /** Whether it holds anything that a person typed, ticked or chose: ticks that follow the suggestions do not count. */
  get written() {
    const { ticked: _ticked, ...rest } = this.#values();
    return Object.keys(rest).length > 0;
  }

  #values() {
    const { state } = this;
    return Object.fromEntries(KEPT.map((name) => [name, state[name]]).filter(([name, value]) => filled(name, value)));
  }

  /** Begins again with nothing. */
  clear() {
    this.#drafts.drop(`decision:${this.id}`);
    super.set({ ...EMPTY });
  }

  forget() {
    this.clear();
    drafts.delete(this.id);
  }
}

/** To choose nothing is a choice as well. */
function filled(name, value) {
  if (value === undefined || value === null || value === '' || value === false) return false;
  if (value instanceof Set) return value.size > 0 || name === 'selected';
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
  if (Array.isArray(approval?.fields))
    return {
      kind: 'fields',
      fields: approval.fields.map((field) => (typeof field === 'string' ? field : (field.key ?? field.name))),
    };
  return { kind: 'approval' };
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
  if (manual && (draft.output === undefined || draft.output === null || draft.output === ''))
    found.push({ at: 'output', code: 'empty' });
  else if (faults.length) found.push({ at: 'output', code: 'faults', params: { n: faults.length } });
  if (rule.kind === 'selection') {
    const n = chosen(draft, value).size;
    if (n < rule.min) found.push({ at: 'selected', code: 'few', params: { n: rule.min } });
    else if (n > rule.max) found.push({ at: 'selected', code: 'many', params: { n: rule.max } });
  }
  const open =
    manual && !draft.waived ? openQuestions({}, value).filter((each) => !answerOf(each, draft.answers).trim()) : [];
  if (open.length) found.push({ at: 'questions', code: 'questions', params: { n: open.length } });
  for (const name of rule.fields ?? [])
    if (!fieldValue(name, draft, value).trim()) found.push({ at: `field:${name}`, code: 'field' });
  return found;
}

export function bodyOf({ execution, draft, rule, value, ticked = null, stages = [] }) {
  const decision = {};
  if (draft.output !== undefined) decision.output = withAnswers(draft.output, draft.answers, draft.waived);
  const list = offers(value);
  if (rule.kind === 'selection' || (Array.isArray(value?.findings) && list.length))
    decision.selected = list.map(({ id }) => id).filter((id) => chosen(draft, value).has(id));
  if (rule.kind === 'fields')
    decision.fields = Object.fromEntries(rule.fields.map((name) => [name, fieldValue(name, draft, value)]));
  if (draft.comment.trim()) decision.comment = draft.comment.trim();
  if (draft.waived) decision.waive_questions = true;
  const body = { execution_id: execution.id };
  if (ticked) body.selected_stage_ids = stages.filter(({ id }) => ticked.has(id)).map(({ id }) => id);
  if (Object.keys(decision).length) body.decision = decision;
  return body;
}

/** What a person wrote, as one text: to be read, copied, or given to another attempt. */
export function draftText({ output, typed, answers, fields, comment }) {
  const parts = [
    typed ?? textOf(output),
    ...Object.values(answers),
    ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`),
    comment,
  ];
  return parts.map((each) => String(each ?? '').trim()).filter(Boolean).join('\n\n');
}
