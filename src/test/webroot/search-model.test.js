import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  askOf, facetsOf, nearnessOf, paramsOf, projectOf, searchAddress, sectionOf, toggled,
} from '../../../webroot/js/core/search-model.js';

const ask = (text) => askOf(new URLSearchParams(text));

test('the address keeps the search', () => {
  for (const address of [
    '/search', '/search?q=rift+valley',
    '/search?q=%22a+b%22&mode=text&project=none&facet=sections%3Amethods&facet=languages%3Aen',
  ]) {
    assert.equal(searchAddress(ask(address.split('?')[1] ?? '')), address);
  }
  assert.deepEqual(ask('mode=loud&facet=nothing&facet=:x'), { q: '', mode: 'hybrid', project: '', facets: [] });
  assert.deepEqual(ask('facet=documents:doi:10.1/a').facets, [{ name: 'documents', value: 'doi:10.1/a' }]);
});

test('the server is asked for what the filters let through', () => {
  assert.deepEqual(
    paramsOf(ask('q=+goats+&mode=vector&facet=languages:en')),
    { q: 'goats', mode: 'vector', project: '', facet: ['languages:en'], limit: 20 },
  );
});

test('facets come as counts by value or as lists, the most frequent first', () => {
  const facets = facetsOf({
    media_types: { 'text/html': 2, 'application/pdf': 9, 'text/plain': 0 },
    documents: [{ value: 'a', title: 'Paper A', count: 3 }, { value: 'b', count: 3 }],
    languages: { en: 11 },
  });
  assert.deepEqual(facets, [
    { name: 'media_types', values: [
      { value: 'application/pdf', label: 'application/pdf', count: 9, chosen: false },
      { value: 'text/html', label: 'text/html', count: 2, chosen: false },
    ] },
    { name: 'documents', values: [
      { value: 'a', label: 'Paper A', count: 3, chosen: false }, { value: 'b', label: 'b', count: 3, chosen: false },
    ] },
  ]);
  assert.deepEqual(facetsOf(undefined), []);
});

test('what is chosen can be removed, also where nothing has it', () => {
  const chosen = [{ name: 'languages', value: 'en' }, { name: 'sections', value: 'methods' }];
  assert.deepEqual(facetsOf({ languages: { en: 4 } }, chosen), [
    { name: 'languages', values: [{ value: 'en', label: 'en', count: 4, chosen: true }] },
    { name: 'sections', values: [{ value: 'methods', label: 'methods', count: 0, chosen: true }] },
  ]);
});

test('a click chooses a value of a facet, another one instead of it, or none', () => {
  const first = toggled([], { name: 'languages', value: 'en' });
  const both = toggled(first, { name: 'sections', value: 'methods' });
  assert.deepEqual(toggled(both, { name: 'languages', value: 'pt' }), [
    { name: 'sections', value: 'methods' }, { name: 'languages', value: 'pt' },
  ]);
  assert.deepEqual(toggled(both, { name: 'languages', value: 'en' }), [{ name: 'sections', value: 'methods' }]);
});

test('an id is no title of a section', () => {
  assert.equal(sectionOf({ section: 's12' }), '');
  assert.equal(sectionOf({ section: 's12', section_title: 'Results' }), 'Results');
  assert.equal(sectionOf({ section: 'Results' }), 'Results');
  assert.equal(projectOf({ project_id: null }), 'none');
});

test('what is there for its meaning alone is named as such', () => {
  assert.equal(nearnessOf({ mode: 'hybrid', total: 120, nearest: 90 }), 'some_nearest');
  assert.equal(nearnessOf({ mode: 'hybrid', total: 100, nearest: 100 }), 'only_nearest');
  assert.equal(nearnessOf({ mode: 'vector', total: 100, nearest: 100 }), 'by_nearness');
  assert.equal(nearnessOf({ mode: 'text', total: 30, nearest: 0 }), null);
  assert.equal(nearnessOf({ mode: 'text', total: 30 }), null);
});
