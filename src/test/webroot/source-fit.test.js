import assert from 'node:assert/strict';
import { test } from 'node:test';
import { betterFor, fileFault, fitOf } from '../../../webroot/js/core/source-fit.js';

const auto = { name: 'auto', applicable_sources: ['files', 'text'], stages: [{ name: 'in', type: 'take', config: {} }] };
const pdf = { name: 'pdf', applicable_sources: ['application/pdf', '.pdf'], stages: [{ name: 'in', type: 'take', config: { max_bytes: 10 } }] };
const web = { name: 'web', applicable_sources: ['urls'] };
const entryOf = () => ({ settings_schema: [{ key: 'max_bytes', default: 100 }] });
const paper = { name: 'Paper.PDF', type: 'application/pdf', size: 50 };

test('a pipeline fits a file as the server says', () => {
  assert.deepEqual([fitOf(auto, paper), fitOf(pdf, paper), fitOf(web, paper), fitOf({}, paper)], [1, 6, -1, null]);
  assert.equal(fitOf({ applicable_sources: ['text'] }, { name: 'a.txt', type: 'text/plain' }), 2);
  assert.equal(fitOf({ applicable_sources: ['text/*', 'pdf'] }, { name: 'a', type: 'text/plain' }), 3);
  assert.equal(fitOf({ applicable_sources: ['pdf'] }, { name: 'a', type: 'application/pdf' }), 4);
});

test('a pipeline that names these files is offered, for all of them or not at all', () => {
  const names = (chosen, files) => betterFor([auto, pdf, web], chosen, files).map(({ name }) => name);
  assert.deepEqual(names(auto, [paper]), ['pdf']);
  assert.deepEqual(names(auto, [paper, { name: 'a.txt', type: 'text/plain' }]), []);
  assert.deepEqual([names(pdf, [paper]), names(auto, []), names(null, [paper])], [[], [], []]);
});

test('empty, too large and unfit files are told before they are sent', () => {
  assert.equal(fileFault({ name: 'a', size: 0 }, auto, entryOf).code, 'empty');
  assert.deepEqual(fileFault(paper, pdf, entryOf), { code: 'large', params: { size: 50, most: 10, pipeline: 'pdf' } });
  assert.equal(fileFault({ ...paper, size: 101 }, auto, entryOf).code, 'large');
  assert.equal(fileFault({ name: 'a.txt', type: 'text/plain', size: 5 }, pdf, entryOf).code, 'type');
  assert.equal(fileFault(paper, auto, entryOf), null);
  assert.equal(fileFault(paper, auto, () => undefined), null);
});

test('an address is for a pipeline that fetches, or that names what it ends with', () => {
  const page = { kind: 'url', name: '' };
  const linked = { kind: 'url', name: 'paper.pdf' };
  assert.deepEqual([auto, pdf, web, {}].map((pipeline) => fitOf(pipeline, page)), [-1, -1, 4, null]);
  assert.deepEqual([auto, pdf, web].map((pipeline) => fitOf(pipeline, linked)), [-1, 6, 4]);
  assert.deepEqual(fileFault(page, auto, entryOf), { code: 'url', params: { pipeline: 'auto' } });
  assert.equal(fileFault(page, web, entryOf), null);
  assert.deepEqual(betterFor([auto, pdf, web], auto, [page]).map(({ name }) => name), ['web']);
});
