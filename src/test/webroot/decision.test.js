import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Draft, bodyOf, chosen, draftText, fieldValue, lacks, ruleOf } from '../../../webroot/js/core/decision.js';
import { Drafts } from '../../../webroot/js/core/drafts.js';
import { answersText, openQuestions, withAnswers } from '../../../webroot/js/core/questions.js';
import { kindOf } from '../../../webroot/js/core/output-kind.js';
import { checkOutput, emptyOf, isText, kindOfField, newRow, pasted, putAt, schemaOf } from '../../../webroot/js/core/output-form.js';
import { fakeStorage } from './fake-storage.js';
import { approvalParts, moved, templateBody } from '../../../webroot/js/core/projects.js';

const storage = () => new Drafts(fakeStorage());

const options = { options: [{ id: 1, title: 'One' }, { id: 'b', title: 'Two' }] };
const findings = { summary: '', findings: [{ id: 'f1', selected: true }, { id: 'f2', selected: false }] };

test('what was typed, ticked and chosen survives a reload, and a decision forgets it', () => {
  const kept = fakeStorage();
  const draft = new Draft('e1', new Drafts(kept));
  draft.set({ answers: { q1: 'yes' }, ticked: new Set(['a']), touched: new Set(['b']), selected: new Set(['1']), output: { research: 'x' } });
  const again = new Draft('e1', new Drafts(kept));
  const { answers, ticked, touched, selected, output, restored } = again.state;
  assert.deepEqual([answers, [...ticked], [...touched], [...selected], output], [{ q1: 'yes' }, ['a'], ['b'], ['1'], { research: 'x' }]);
  assert.ok(restored > 0);
  again.forget();
  assert.equal(kept.length, 0);
  assert.equal(new Draft('e2', new Drafts({ getItem: () => '{broken' })).state.ticked, null);
});

test('ticks that only follow the suggestions are no draft', () => {
  const kept = fakeStorage();
  const draft = new Draft('e1', new Drafts(kept));
  draft.set({ ticked: new Set(['a']) });
  assert.deepEqual([draft.written, kept.length], [false, 0]);
  draft.set({ comment: 'x' });
  assert.deepEqual([draft.written, kept.length], [true, 1]);
  draft.set({ comment: '' });
  assert.equal(kept.length, 0);
});

test('a draft as one text, to be copied or given to another attempt', () => {
  const draft = new Draft('e1', storage());
  draft.set({ output: 'Result of B', answers: { q: 'Semicolon' }, fields: { title: 'T' }, comment: ' fine ' });
  assert.equal(draftText(draft.state), 'Result of B\n\nSemicolon\n\ntitle: T\n\nfine');
  draft.set({ typed: '{"half' });
  assert.match(draftText(draft.state), /^\{"half/);
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
  const open = openQuestions({}, { questions });
  assert.equal(answersText(open, { q2: ' there ' }), 'Question: Which?\nAnswer: This\n\nQuestion: Where?\nAnswer: there');
  assert.equal(answersText(open.slice(0, 1), { q1: '' }), '');
});

test('every question that the server counts can be answered, whatever its form', () => {
  const output = { questions: ['Which?', { id: 'a', question: 'One?' }, { id: 'a', question: 'Two?', options: [{ label: 'x' }] }, { text: 'Three?' }, null, { id: 'b', question: 'Done?', answer: 'yes' }] };
  const open = openQuestions({}, output);
  assert.deepEqual(open.map(({ key, question }) => [key, question]), [['#0', 'Which?'], ['a', 'One?'], ['#2', 'Two?'], ['#3', 'Three?']]);
  const answered = withAnswers(output, { '#0': 'this', a: ' 1 ', '#2': 'x', '#3': '' });
  assert.deepEqual(answered.questions, [{ question: 'Which?', answer: 'this' }, { id: 'a', question: 'One?', answer: '1' }, { id: 'a', question: 'Two?', options: [{ label: 'x' }], answer: 'x' }, { text: 'Three?' }, null, { id: 'b', question: 'Done?', answer: 'yes' }]);
  assert.deepEqual(openQuestions({}, answered).map(({ question }) => question), ['Three?']);
  assert.equal(withAnswers(output, { a: '1' }, true), output);
  const proposed = { questions: [{ id: 'q', question: 'Q?', proposed_answer: 'Comma' }] };
  assert.equal(withAnswers(proposed, {}).questions[0].answer, 'Comma');
});

test('an unanswered question of a result that a person fills in keeps it from being approved', () => {
  const value = { research: 'x', questions: [{ id: 'q', question: 'Which?' }] };
  const codes = (state, manual = true) => lacks({ rule: { kind: 'approval' }, draft: { ...new Draft('x', storage()).state, output: value, ...state }, value, manual }).map(({ code }) => code);
  assert.deepEqual(codes({}), ['questions']);
  assert.deepEqual([codes({ answers: { q: 'This' } }), codes({ waived: true }), codes({}, false)], [[], [], []]);
  const body = bodyOf({ execution: { id: 'e' }, draft: { ...new Draft('x', storage()).state, output: value, answers: { q: 'This' } }, rule: { kind: 'approval' }, value });
  assert.equal(body.decision.output.questions[0].answer, 'This');
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
