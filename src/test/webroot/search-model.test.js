import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  askOf, canNarrow, facetsOf, fitsOnly, paramsOf, projectOf, searchAddress, sectionOf,
} from '../../../webroot/js/core/search-model.js';

const ask = (text) => askOf(new URLSearchParams(text));

test('the address keeps the search', () => {
  for (const address of ['/search', '/search?q=rift+valley', '/search?q=%22a+b%22&mode=text&project=none&only=sections%3Amethods']) {
    assert.equal(searchAddress(ask(address.split('?')[1] ?? '')), address);
  }
  assert.deepEqual(ask('mode=loud&only=nothing'), { q: '', mode: 'hybrid', project: '', only: null });
  assert.deepEqual(ask('only=documents:doi:10.1/a').only, { name: 'documents', value: 'doi:10.1/a' });
});

test('with a filter as much is asked for as one answer may have', () => {
  assert.deepEqual(paramsOf(ask('q=+goats+&mode=vector')), { q: 'goats', mode: 'vector', project: '', limit: 20 });
  assert.equal(paramsOf(ask('q=goats&only=documents:a')).limit, 100);
});

test('facets come as counts by value or as lists, the most frequent first', () => {
  const facets = facetsOf({
    media_types: { 'text/html': 2, 'application/pdf': 9, 'text/plain': 0 },
    documents: [{ value: 'a', title: 'Paper A', count: 3 }, { value: 'b', count: 3 }],
    languages: { en: 11 },
  });
  assert.deepEqual(facets, [
    { name: 'media_types', values: [
      { value: 'application/pdf', label: 'application/pdf', count: 9 }, { value: 'text/html', label: 'text/html', count: 2 },
    ] },
    { name: 'documents', values: [{ value: 'a', label: 'Paper A', count: 3 }, { value: 'b', label: 'b', count: 3 }] },
  ]);
  assert.deepEqual(facetsOf(undefined), []);
});

test('a passage fits a facet by what it says of itself', () => {
  const item = { doc_id: 'a', section_title: '2.1 Methods' };
  assert.ok(fitsOnly(item, null));
  assert.ok(fitsOnly(item, { name: 'documents', value: 'a' }));
  assert.ok(fitsOnly(item, { name: 'sections', value: 'methods' }));
  assert.ok(!fitsOnly(item, { name: 'sections', value: 'results' }));
  assert.ok(canNarrow([item], 'sections'));
  assert.ok(!canNarrow([item], 'media_types'));
});

test('an id is no title of a section', () => {
  assert.equal(sectionOf({ section: 's12' }), '');
  assert.equal(sectionOf({ section: 's12', section_title: 'Results' }), 'Results');
  assert.equal(sectionOf({ section: 'Results' }), 'Results');
  assert.equal(projectOf({ project_id: null }), 'none');
});
