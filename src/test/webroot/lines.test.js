import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';

const root = new URL('../../../webroot/', import.meta.url);
const MOST = 120;
/** Files with longer lines from before this was held; nothing is added here. */
const OLDER = new Set(['js/core/chunks.js', 'js/core/document-model.js', 'js/core/uploads.js']);

async function tooLong(folder, ending) {
  const found = [];
  for (const name of (await readdir(new URL(folder, root))).filter((each) => each.endsWith(ending))) {
    if (OLDER.has(`${folder}/${name}`)) continue;
    const lines = (await readFile(new URL(`${folder}/${name}`, root), 'utf8')).split('\n');
    lines.forEach((line, i) => { if (line.length > MOST) found.push(`${folder}/${name}:${i + 1} has ${line.length}`); });
  }
  return found;
}

for (const [folder, ending] of [['css', '.css'], ['js', '.js'], ['js/core', '.js']]) {
  test(`no line in ${folder} has more than ${MOST} characters`, async () => {
    assert.deepEqual(await tooLong(folder, ending), []);
  });
}
