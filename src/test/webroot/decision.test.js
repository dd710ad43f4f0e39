import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Draft, answersText, bodyOf, chosen, fieldValue, lacks, openQuestions, ruleOf } from '../../../webroot/js/core/decision.js';
import { kindOf } from '../../../webroot/js/core/output-kind.js';
import { checkOutput, emptyOf, isText, kindOfField, newRow, pasted, putAt, schemaOf } from '../../../webroot/js/core/output-form.js';
import { approvalParts, moved, templateBody } from '../../../webroot/js/core/projects.js';

function storage() {
  const values = new Map();
  return { values, getItem: (key) => values.get(key) ?? null, setItem: (key, value) => values.set(key, value), removeItem: (key) => values.delete(key) };
}

const options = { options: [{ id: 1, title: 'One' }, { id: 'b', title: 'Two' }] };
const findings = { summary: '', findings: [{ id: 'f1', selected: true }, { id: 'f2', selected: false }] };

test('what was typed survives, what was ticked does not, and a decision forgets it', () => {
  const kept = storage();
  const draft = new Draft('e1', kept);
  draft.set({ answers: { q1: 'yes' }, ticked: new Set(['a']), output: { research: 'x' } });
  const again = new Draft('e1', kept);
  assert.deepEqual([again.state.answers, again.state.ticked, again.state.output], [{ q1: 'yes' }, null, { research: 'x' }]);
  again.forget();
  assert.equal(kept.values.size, 0);
  assert.deepEqual(new Draft('e2', { getItem: () => '{broken' }).state.answers, {});
  const full = new Draft('e3', { getItem: () => null, setItem: () => { throw new Error('quota'); } });
  full.set({ comment: 'kept for this page' });
  assert.equal(full.state.comment, 'kept for this page');
});

test('approval rules, and what each lacks', () => {
  assert.deepEqual(ruleOf({ approval: 'approval' }), { kind: 'approval' });
  assert.deepEqual(ruleOf({}), { kind: 'approval' });
  assert.deepEqual(ruleOf({ approval: { selection: { min: 2 } } }), { kind: 'selection', min: 2, max: 2 });
  const codes = (rule, state, value, more) => lacks({ rule: ruleOf({ approval: rule }), draft: new Draft('x', storage()).state && { ...new Draft('x', storage()).state, ...state }, value, ...more }).map(({ code }) => code);
  assert.deepEqual(codes({ selection: { min: 1, max: 1 } }, {}, options), ['few']);
  assert.deepEqual(codes({ selection: { min: 1, max: 1 } }, { selected: new Set(['1', 'b']) }, options), ['many']);
  assert.deepEqual(codes({ fields: ['title', 'note'] }, { fields: { note: ' ' } }, { title: 'T' }), ['field']);
  assert.deepEqual(codes('approval', {}, null, { manual: true }), ['empty']);
  assert.deepEqual(codes('approval', { output: {} }, null, { manual: true, faults: [{}] }), ['faults']);
});

test('the body says what was decided and nothing else', () => {
  const state = { ...new Draft('x', storage()).state };
  const plain = { execution: { id: 'e' }, draft: state, rule: { kind: 'approval' }, value: 'text' };
  assert.deepEqual(bodyOf(plain), { execution_id: 'e' });
  assert.deepEqual(bodyOf({ ...plain, ticked: new Set(['b', 'a']), stages: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] }).selected_stage_ids, ['a', 'b']);
  assert.deepEqual(bodyOf({ ...plain, value: findings }).decision, { selected: ['f1'] });
  assert.deepEqual(bodyOf({ ...plain, rule: { kind: 'selection', min: 1, max: 2 }, value: options, draft: { ...state, selected: new Set(['b', '1']), comment: ' fine ', waived: true } }).decision, { selected: ['1', 'b'], comment: 'fine', waive_questions: true });
  assert.deepEqual(bodyOf({ ...plain, rule: { kind: 'fields', fields: ['title'] }, value: { title: 'T' }, draft: { ...state, output: 'new' } }).decision, { output: 'new', fields: { title: 'T' } });
  assert.equal(fieldValue('n', { fields: {} }, { n: { a: 1 } }), '{"a":1}');
  assert.deepEqual([...chosen({ selected: null }, findings)], ['f1']);
});

test('questions are open until somebody decides; answers become text', () => {
  const questions = [{ id: 'q1', question: 'Which?', proposed_answer: 'This' }, { id: 'q2', question: 'Where? ' }, { id: 'q3', question: ' ' }];
  assert.equal(openQuestions({}, { questions }).length, 2);
  assert.equal(openQuestions({ decision: { by: 'x' } }, { questions }).length, 0);
  assert.equal(openQuestions({}, { questions: 'none' }).length, 0);
  assert.equal(answersText(questions.slice(0, 2), { q2: ' there ' }), 'Question: Which?\nAnswer: This\n\nQuestion: Where?\nAnswer: there');
  assert.equal(answersText(questions.slice(0, 1), { q1: '' }), '');
});

test('forms come from the stage’s schema, else from its format', () => {
  assert.equal(isText(schemaOf({ output_format: 'plan' })), true);
  const research = schemaOf({ output_format: 'research' });
  assert.deepEqual(Object.entries(research.properties).map(([key, each]) => kindOfField(each, key)), ['lines', 'rows', 'rows']);
  assert.deepEqual(emptyOf(research), { questions: [] });
  assert.deepEqual(newRow(research.properties.questions, [{ id: '2' }]), { id: '3' });
  assert.deepEqual(newRow(schemaOf({ output_format: 'findings' }).properties.findings, []), { id: '1', selected: true, severity: 'warning' });
  assert.equal(schemaOf({ output_format: 'plan', output_schema: '{"type":"object","properties":{"n":{"type":"integer"}}}' }).type, 'object');
  assert.deepEqual(schemaOf({}), {});
  assert.equal(kindOfField({ type: ['string', 'null'] }), 'line');
  assert.equal(kindOfField({ type: ['string', 'number'] }), 'json');
});

test('what is filled in is checked where it stands', () => {
  const codes = (schema, value) => checkOutput(schema, value).map(({ pointer, code }) => `${pointer} ${code}`);
  const research = schemaOf({ output_format: 'research' });
  assert.deepEqual(codes(research, { questions: [] }), ['/research required']);
  assert.deepEqual(codes(research, { research: 'x', questions: [{ id: '1' }] }), ['/questions/0/question required']);
  assert.deepEqual(codes(schemaOf({ output_format: 'options' }), { options: [] }), ['/options min_items']);
  assert.deepEqual(codes(schemaOf({ output_format: 'text' }), ' '), [' required']);
  assert.deepEqual(codes({ type: 'object', properties: { n: { type: 'integer', minimum: 2 }, s: { enum: ['a'] }, 'a/b': { type: 'array', items: { type: 'string' } } } }, { n: 1, s: 'b', 'a/b': [''] }), ['/n min', '/s option', '/a~1b/0 required']);
  assert.deepEqual(codes({}, { any: 'thing' }), []);
  assert.deepEqual(codes({ type: 'object' }, []), [' object']);
});

test('parts are put at their pointers, and pasted text is read', () => {
  assert.deepEqual(putAt({ a: [{ b: 1 }] }, '/a/0/b', 2), { a: [{ b: 2 }] });
  assert.deepEqual(putAt({ a: 1, b: 2 }, '/a', undefined), { b: 2 });
  assert.deepEqual(putAt({}, '/x~1y', 1), { 'x/y': 1 });
  assert.deepEqual(pasted('```json\n{"a": 1}\n```', { type: 'object' }), { value: { a: 1 } });
  assert.deepEqual(pasted('{a', { type: 'object' }), { fault: 'json' });
  assert.deepEqual(pasted('{a', { type: 'string' }), { value: '{a' });
});

test('an output of a known format is shown as what it is, a misfit as JSON', () => {
  assert.equal(kindOf({ research: 'x', questions: [] }, 'research'), 'research');
  assert.equal(kindOf({ other: 1 }, 'research'), 'json');
  assert.equal(kindOf(options, 'options'), 'options');
  assert.equal(kindOf(findings, 'findings'), 'findings');
  assert.equal(kindOf('# x', 'plan'), 'markdown');
  assert.equal(kindOf('# x'), 'text');
});

test('stage templates: order, approval rules and what is wrong with a form', () => {
  assert.deepEqual(moved(['a', 'b', 'c'], 0, 2), ['b', 'c', 'a']);
  const form = { name: ' X ', prompt_template: '', input_source: 'both', output_format: '', output_schema: '', ...approvalParts({ selection: { min: 1, max: 2 } }) };
  assert.deepEqual(templateBody(form).body, { name: 'X', prompt_template: '', input_source: 'both', output_format: null, approval: { selection: { min: 1, max: 2 } }, output_schema: null });
  assert.deepEqual(templateBody({ ...form, name: '', max: '0', output_schema: '{' }).faults.map(({ at }) => at), ['name', 'max', 'output_schema']);
  assert.deepEqual(templateBody({ ...form, ...approvalParts({ fields: ['a', 'b'] }) }).body.approval, { fields: ['a', 'b'] });
  assert.deepEqual(templateBody({ ...form, ...approvalParts({ fields: [] }) }).faults, [{ at: 'fields', code: 'required' }]);
  assert.equal(approvalParts('none').rule, 'none');
});
