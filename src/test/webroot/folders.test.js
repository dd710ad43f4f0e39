import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';

const js = new URL('../../../webroot/js/', import.meta.url);
/** Every relative path of a module, also one that is chosen when it is loaded. */
const IMPORT = /['`](\.{1,2}\/[^'`$?]+\.js)/g;
const COMMENT = /^\s*(\/\*|\*|\/\/).*$/gm;

/** Which modules each module imports, by their paths below js/, also those that it loads later. */
async function imports() {
  const found = new Map();
  for (const name of (await readdir(js, { recursive: true })).filter((each) => each.endsWith('.js'))) {
    const url = new URL(name, js);
    const text = (await readFile(url, 'utf8')).replace(COMMENT, '');
    found.set(name, [...text.matchAll(IMPORT)].map(([, path]) => new URL(path, url).href.slice(js.href.length)));
  }
  return found;
}

/** `core`, `ui/task`, or the file itself for those that stand above all folders. */
function folderOf(module) {
  return module.split('/').slice(0, module.startsWith('ui/') ? 2 : 1).join('/');
}

/** Which folders a module of a folder may import from, beside its own. */
function below(folder) {
  if (folder === 'core') return [];
  if (folder === 'ui/common') return ['core'];
  // The shell has the menu, which is made of the table of pages.
  return ['core', 'ui/common', ...(folder === 'ui/shell' ? ['pages.js'] : [])];
}

test('core imports nothing of the screens, and a screen nothing of another', async () => {
  const all = await imports();
  assert.ok(all.size > 150);
  for (const [module, imported] of all) {
    const folder = folderOf(module);
    if (folder.endsWith('.js')) continue;
    for (const other of imported) {
      assert.ok(all.has(other), `${module} imports ${other}, which is not there`);
      assert.ok([folder, ...below(folder)].includes(folderOf(other)), `${module} imports ${other}`);
    }
  }
});

test('what stands in ui/common is used by two screens or by another module there', async () => {
  const all = await imports();
  for (const module of all.keys()) {
    if (folderOf(module) !== 'ui/common') continue;
    const importing = [...all].filter(([, imported]) => imported.includes(module)).map(([user]) => folderOf(user));
    const users = new Set(importing);
    assert.ok(users.has('ui/common') || users.size > 1, `${module} is used by ${[...users]} alone`);
  }
});

test('no file stands beside the folders of the screens', async () => {
  const flat = (await readdir(new URL('ui/', js), { withFileTypes: true })).filter((entry) => entry.isFile());
  assert.deepEqual(flat.map(({ name }) => name), []);
});
