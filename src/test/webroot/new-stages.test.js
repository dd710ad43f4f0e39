import assert from 'node:assert/strict';
import { test } from 'node:test';
import { USUAL, bodyOf, choose, isUsual, set, stagesOf, tickedOf, valuesOf } from '../../../webroot/js/core/new-stages.js';
import { objections } from '../../../webroot/js/core/new-task.js';

const PALETTE = { chunk: { dependencies: ['parse'] }, review: { dependencies: ['nobody'] } };
const pipeline = {
  stages: [
    { name: 'Read', type: 'parse', sort_order: 1, locked: true },
    { name: 'Again', type: 'parse', sort_order: 2 },
    { name: 'Cut', type: 'chunk', sort_order: 3, config: { size: 5 } },
    { name: 'Look', type: 'review', sort_order: 4, metadata_overrides: { dependencies: ['chunk'] } },
  ],
};
const stages = stagesOf(pipeline, (type) => PALETTE[type]);
const schema = [{ key: 'size', type: 'integer', default: 9 }, { key: 'note', type: 'string', default: 'a' }];

test('a stage needs the nearest one before it of each type, as its own template says before the palette does', () => {
  assert.deepEqual(stages.map(({ id, needs }) => [id, ...needs]), [['Read'], ['Again'], ['Cut', 'Again'], ['Look', 'Cut']]);
  assert.deepEqual(stagesOf({ stages: [{ name: 'R', type: 'review' }] }, (type) => PALETTE[type])[0].needs, []);
});

test('all stages are gone through until one is left out, and locked ones always', () => {
  assert.deepEqual(bodyOf(stages, USUAL), {});
  const choice = choose(stages, USUAL, { ticked: new Set(['Read', 'Again']) });
  assert.deepEqual(choice.off, ['Cut', 'Look']);
  assert.deepEqual(bodyOf(stages, choice), { stages: ['Read', 'Again'] });
  assert.deepEqual([...tickedOf(stages, { off: ['Read'], settings: {} })], ['Read', 'Again', 'Cut', 'Look']);
  assert.ok(!isUsual(choice));
});

test('only settings that differ from the pipeline’s are sent, and none of a stage that is left out', () => {
  const given = { size: 5 };
  const choice = set(USUAL, 'Cut', schema, given, { size: 7, note: 'a' });
  assert.deepEqual(bodyOf(stages, choice), { settings: { Cut: { size: 7 } } });
  assert.deepEqual(valuesOf(choice, 'Cut', given), { size: 7 });
  assert.deepEqual(bodyOf(stages, choose(stages, choice, { ticked: new Set(['Read']) })), { stages: ['Read'] });
  assert.ok(isUsual(set(choice, 'Cut', schema, given, { size: 5, note: 'a' })));
});

test('a setting that is emptied is the default’s again, and its field stays empty', () => {
  const choice = set(USUAL, 'Cut', schema, { size: 5 }, { note: 'a' });
  assert.deepEqual(bodyOf(stages, choice), { settings: { Cut: { size: null } } });
  assert.deepEqual(valuesOf(choice, 'Cut', { size: 5 }), { size: undefined });
  assert.ok('size' in valuesOf(choice, 'Cut', { size: 5 }));
});

test('what the server says of settings and stages goes to them', () => {
  const { settings, stages: said, rest } = objections({ errors: [
    { pointer: '/settings/Cut~1it/size', detail: 'too large' }, { pointer: '/stages/0', detail: 'needs Read' },
    { pointer: '/settings/Nobody', detail: 'no such stage' },
  ] });
  assert.deepEqual([...settings.get('Cut/it')], [['/size', 'too large']]);
  assert.equal(said, 'needs Read');
  assert.deepEqual(rest, ['no such stage']);
  assert.equal(objections({ code: 'invalid_selection', detail: 'no' }).stages, 'no');
});
