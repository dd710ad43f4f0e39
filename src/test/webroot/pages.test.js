import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { fmt, t, useStrings } from '../../../webroot/js/core/i18n.js';
import { ordered, usersOf } from '../../../webroot/js/core/pipelines.js';
import { lookOf } from '../../../webroot/js/core/port-type.js';
import { inside, outside } from '../../../webroot/js/core/prefix.js';
import { match } from '../../../webroot/js/core/router.js';
import { PAGES, menuOf } from '../../../webroot/js/pages.js';
import { Store } from '../../../webroot/js/core/store.js';

const root = new URL('../../../webroot/', import.meta.url);

async function files(folder, ending) {
  const names = await readdir(new URL(folder, root), { recursive: true });
  return Promise.all(names.filter((name) => name.endsWith(ending)).map(async (name) => [name, await readFile(new URL(`${folder}/${name}`, root), 'utf8')]));
}

test('finds the page of a path', () => {
  assert.equal(match(PAGES, '/').route.element, 'cb-pipeline');
  assert.equal(match(PAGES, '/tasks/new').route.element, 'cb-new-task');
  assert.deepEqual(match(PAGES, '/tasks/a%2Fb').params, { id: 'a/b' });
  assert.equal(match(PAGES, '/tasks/').route.element, 'cb-tasks');
  assert.equal(match(PAGES, '/nowhere'), null);
});

test('the menu leads to the first page of each entry', async () => {
  const menu = menuOf(PAGES);
  assert.deepEqual(menu.map(({ path }) => path), ['/', '/tasks', '/search', '/documents', '/graph', '/projects', '/plugins', '/secrets', '/audit']);
  const { nav } = JSON.parse(await readFile(new URL('i18n/en.json', root), 'utf8'));
  for (const { name, path } of menu) {
    assert.equal(match(PAGES, path).route.nav, name);
    assert.ok(nav[name], name);
  }
});

test('addresses have the path under which the server is known, and the pages do not', () => {
  assert.equal(outside('/tasks/7?step=a', '/board'), '/board/tasks/7?step=a');
  assert.equal(outside('https://example.org/', '/board'), 'https://example.org/');
  assert.equal(inside('/board/tasks', '/board'), '/tasks');
  assert.equal(inside('/board', '/board'), '/');
  assert.equal(inside('/boards/tasks', '/board'), null);
  assert.equal(inside('/tasks', ''), '/tasks');
});

test('a store tells once for a batch, and not at all when nothing changed', () => {
  const store = new Store({ a: 1, b: 1 });
  let told = 0;
  store.subscribe(() => { told++; });
  store.set({ a: 1 });
  store.batch(() => {
    store.set({ a: 2 });
    store.set({ b: 2 });
  });
  assert.equal(told, 1);
  assert.deepEqual(store.state, { a: 2, b: 2 });
});

test('strings have parameters and plurals', () => {
  useStrings({ hello: 'Hello {name}', n: { one: '{n} entry', other: '{n} entries' } });
  assert.equal(t('hello', { name: '<b>' }), 'Hello <b>');
  assert.equal(t('n', { n: 1 }), '1 entry');
  assert.equal(t('n', { n: 1_200 }), '1,200 entries');
  assert.equal(t('no.such'), 'no.such');
  assert.equal(fmt.bytes(1_536), '1.5 KB');
  assert.equal(fmt.duration(61_000), '1 min 1 s');
});

test('every string that is asked for by its whole key is there', async () => {
  const strings = JSON.parse(await readFile(new URL('i18n/en.json', root), 'utf8'));
  for (const [name, text] of await files('js', '.js')) {
    for (const [, key] of text.replace(/^\s*(\*|\/\*).*$/gm, '').matchAll(/\bt\('([a-z_]+(?:\.[a-z_]+)*)'/g)) {
      assert.notEqual(key.split('.').reduce((at, part) => at?.[part], strings), undefined, `${key} in ${name}`);
    }
  }
});

test('no style attribute, no HTML from strings, no inline handler', async () => {
  for (const [name, text] of await files('js', '.js')) {
    for (const forbidden of [/\sstyle=/, /\.innerHTML/, /styleMap/, /unsafeHTML/, /insertAdjacentHTML/, /\son[a-z]+="/, /\beval\(/]) {
      assert.ok(!forbidden.test(text.replace(/^\s*(\*|\/\*).*$/gm, '')), `${forbidden} in ${name}`);
    }
  }
});

test('the look of a port type depends on its name only', () => {
  assert.deepEqual(lookOf('plan'), { shape: 'diamond', hue: 2 });
  assert.deepEqual(lookOf('chunks'), lookOf('chunks'));
  for (const type of ['a', 'vectors', 'x'.repeat(64)]) assert.ok(lookOf(type).hue >= 1 && lookOf(type).hue <= 7);
});

test('stage templates come after what they depend on, even in a circle', () => {
  const names = (stages) => ordered({ stages }).map(({ name }) => name);
  assert.deepEqual(names([{ name: 'b', sort_order: 1, depends_on: ['a'] }, { name: 'a', sort_order: 2 }, { name: 'c', sort_order: 3, depends_on: ['gone'] }]), ['a', 'b', 'c']);
  assert.deepEqual(names([{ name: 'a', depends_on: ['b'] }, { name: 'b', depends_on: ['a'] }]).sort(), ['a', 'b']);
  const follows = (name, sort_order) => ({ name, sort_order, follows_previous: true, depends_on: [] });
  assert.deepEqual(names([follows('c', 3), follows('b', 2), { name: 'a', sort_order: 1, depends_on: ['z'] },
    { name: 'z', sort_order: 4, depends_on: [] }]), ['z', 'a', 'b', 'c']);
  assert.deepEqual(usersOf([{ name: 'auto', stages: [{ type: 'parse' }] }, { name: 'other', stages: [] }], 'parse'), ['auto']);
});
