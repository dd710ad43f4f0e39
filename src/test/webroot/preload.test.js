import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

const root = new URL('../../../webroot/', import.meta.url);

/** Every module of ours that the first screen imports, however deep. */
async function modulesOf(...entries) {
  const found = new Set();
  const waiting = entries.map((path) => new URL(path, root));
  while (waiting.length) {
    const url = waiting.pop();
    if (found.has(url.href)) continue;
    found.add(url.href);
    const text = await readFile(url, 'utf8');
    for (const [, path] of text.matchAll(/^(?:import|export)\s[^;]*?'(\.[^']+)'/gm)) waiting.push(new URL(path, url));
  }
  return [...found].map((href) => href.slice(root.href.length)).sort();
}

test('the page names every module of its first screen, so that none is found late', async () => {
  const page = await readFile(new URL('index.html', root), 'utf8');
  const named = [...page.matchAll(/rel="modulepreload" href="\{\{ui\}\}\/([^"]+)"/g)].map(([, path]) => path).sort();
  const wanted = (await modulesOf('js/app.js', 'js/ui/shell/cb-app.js', 'js/ui/palette/cb-pipeline.js')).filter((path) => path !== 'js/app.js');
  assert.deepEqual(named, wanted);
});
