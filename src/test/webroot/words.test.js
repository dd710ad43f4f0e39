import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';

const root = new URL('../../../', import.meta.url);
const strings = JSON.parse(await readFile(new URL('webroot/i18n/en.json', root), 'utf8'));

/** Words that people who use the product did not understand, and what is said in their place. */
const OLD = [
  [/\bmend(s|ed|ing)?\b/i, 'fix'],
  [/\bledger\b.*\b(writ|held|wait)|\bwrit\w* (it|the ledger)\b/i, 'set a value, save'],
  [/\bgives? up\b/i, 'times out'],
  [/\blooks? again\b/i, 'next check'],
  [/\b(goes|go) on\b/i, 'continues, resumes'],
  [/\bread again\b/i, 'refresh'],
  [/\bfrom where\b|\bof what\b/i, 'source, target'],
  [/\bthere is no page here\b|\bis gone\b|\bwhat it named\b/i, 'page not found; it may have been deleted'],
  [/\bfor good\b/i, 'cannot be changed'],
  [/\bputs? (nothing |it )?out\b|\bput out\b/i, 'output'],
  [/\bpaste text\b/i, 'write text'],
  [/\bnothing of yours\b|\btext of before\b/i, 'unsaved draft'],
  [/\bstart again from\b|\bmeanwhile\b/i, 'discard my changes; while you were editing'],
  [/\bwhere each value comes from\b/i, 'stages and settings'],
  [/\blook at this\b/i, 'warnings'],
  [/\bby itself\b/i, 'no approval'],
  [/\bwhat it sees\b/i, 'input'],
  [/\bcannot run now\b/i, 'not available'],
  [/\bleft anything yet\b|\bwritten down yet\b/i, 'empty'],
  [/\bwhat this task holds\b/i, 'task data'],
  [/\b(tried|done) again\b(?! since)/i, 'retried, redone'],
  [/\bline of text\b|\byes or no\b(?!\.)|^whole number$/i, 'text, yes/no, integer'],
  [/\bby: the file\b|^the file$/i, 'config file'],
  [/\bkept on this device\b/i, 'saved in this browser'],
  [/\btoo early\b/i, 'unexpected end of file'],
  [/\bskip to the page\b/i, 'skip to content'],
  [/\blooks first\b/i, 'runs first'],
  [/\bhardly any\b/i, 'almost every'],
  [/\bheld back\b/i, 'queued'],
  [/\bin vain\b/i, 'timed out'],
  [/\bis there twice\b/i, 'duplicate'],
  [/\bmisspelt\b/i, 'not found'],
  [/\b(GET|PUT|POST|PATCH|DELETE)\b|\/api\//, 'what to do on the page'],
];
const OLD_KEYS = /^(mend|mend_it|goes_on|gives_up|looks_again|again|told|held)$/;

/** What is right where it stands: entries that appear by themselves, and buttons that do a thing once more. */
const RIGHT = new Set(['audit.hint', 'detail.again', 'pipeline.again']);

function* texts(node, path = '') {
  if (typeof node === 'string') yield [path, node];
  else for (const [key, value] of Object.entries(node)) yield* texts(value, path ? `${path}.${key}` : key);
}

test('the page says what people say: none of the old words is left', () => {
  const found = [];
  for (const [path, text] of texts(strings)) {
    if (RIGHT.has(path)) continue;
    for (const [old, better] of OLD) if (old.test(text)) found.push(`${path}: "${text}" (${better})`);
  }
  assert.deepEqual(found, []);
});

test('no key is named by an old word', () => {
  const found = [...texts(strings)].map(([path]) => path)
    .filter((path) => !RIGHT.has(path) && path.split('.').some((key) => OLD_KEYS.test(key)));
  assert.deepEqual(found, []);
});

test('neither are the old words in the pipelines that are shipped', async () => {
  const folder = new URL('config/pipelines/', root);
  const found = [];
  for (const name of (await readdir(folder)).filter((each) => each.endsWith('.yaml'))) {
    for (const line of (await readFile(new URL(name, folder), 'utf8')).split('\n')) {
      for (const [old] of OLD.slice(0, -1)) if (old.test(line)) found.push(`${name}: ${line.trim()}`);
    }
  }
  assert.deepEqual(found, []);
});

/** The same for what the server says in errors and logs, and in the descriptions of its interface. */
const OLD_OF_SERVER = [
  [/\bmend(s|ed|ing)?\b/i, 'fix'],
  [/\b(told|tells)\b/i, 'notified, reported, published'],
  [/\bin vain\b/i, 'timed out'],
  [/\b(is|are) there twice\b/i, 'duplicate'],
  [/\bmisspelt\b|\bis gone\b|\bwas gone\b/i, 'not found, removed'],
  [/\blooked at\b/i, 'checked, scanned, read'],
  [/\bputs? (it |them )?away\b/i, 'archives'],
  [/\bteach(es)?\b/i, 'migrates'],
  [/\bnone of RE2\b|\bis no (JSON|YAML|usable|valid)\b/i, 'is not valid'],
];

/** String literals and text blocks that are sentences or parts of them. */
function saidBy(java) {
  const code = java.replace(/^\s*(\/\*|\*|\/\/).*$/gm, '');
  const literals = [...code.matchAll(/"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"/g)].map(([text]) => text);
  return literals.filter((text) => text.includes(' '));
}

test('the server says none of its old words', async () => {
  const folder = new URL('src/main/', root);
  const found = [];
  for (const name of (await readdir(folder, { recursive: true })).filter((each) => /\.(java|yaml)$/.test(each))) {
    const file = await readFile(new URL(name, folder), 'utf8');
    for (const text of name.endsWith('.java') ? saidBy(file) : file.split('\n')) {
      for (const [old, better] of OLD_OF_SERVER) if (old.test(text)) found.push(`${name}: ${text.trim()} (${better})`);
    }
  }
  assert.deepEqual(found, []);
});

test('each old word is recognised', () => {
  const said = ['To be mended', 'Write the ledger', 'gives up', 'looks again', 'goes on', 'Read again', 'From where',
    'There is no page here', 'An id stays for good.', 'This step put nothing out.', 'Paste text',
    'nothing of yours was sent', 'Somebody changed this pipeline meanwhile.', 'Stages, and where each value comes from',
    'It works, but look at this:', 'goes on by itself', 'What it sees', 'Known, but cannot run now',
    'No stage has left anything yet.', 'What this task holds', 'Tried again', 'line of text', 'the file',
    'kept on this device', 'The text ends too early.', 'Skip to the page', 'Research looks first',
    'hardly any task does without it', 'PUT /api/pipelines/NAME'];
  const java = ['"The file is to be mended"', '"everybody is told"', '"waited in vain"', '"a name is there twice"',
    '"it is gone"', '"was not looked at"', '"puts it away"', '"teaches stages"', '"is no JSON here"', '"""\n  none of RE2"""'];
  assert.equal(saidBy('// "It is gone"\nif (told.equals("told")) {}').length, 0);
  for (const each of java) {
    assert.ok(saidBy(`x(${each});`).some((text) => OLD_OF_SERVER.some(([old]) => old.test(text))), each);
  }
  for (const each of said) assert.ok(OLD.some(([old]) => old.test(each)), each);
});
