/*
 * What a new task needs, checked before it is sent, and where the server's objections belong. No DOM.
 *
 *   faults({ title, pipeline, coming, input, busy, failed, stages })
 *                                                        // [{ at: 'title'|'pipeline'|'input'|'stages', code }]
 *   standing(pipeline, entryOf)                          // { errors: [...], missing: [{ name, reason }] }
 *   objections(problem)   // { title?, description?, pipeline?, input?, stages?, inputs: Map, settings: Map, rest: [] }
 *
 * `settings` are by stage, each a Map of pointer → sentence. The code `busy` is of what ends without the person: files
 * on their way (`busy`), pipelines that the server has not answered yet (`coming`).
 */
import { addressFault } from './address.js';
import { blocking, ordered } from './pipelines.js';

export function faults({
  title, pipeline, coming = false, input, busy, failed, large = false, address = false, needed = true, stages,
}) {
  const found = [];
  if (busy) found.push({ at: 'input', code: 'busy' });
  else if (failed) found.push({ at: 'input', code: 'failed' });
  else if (large) found.push({ at: 'input', code: 'large' });
  else if (address) found.push({ at: 'input', code: 'address' });
  else if (needed && input.length === 0) found.push({ at: 'input', code: 'empty' });
  if (!pipeline) found.push({ at: 'pipeline', code: coming ? 'busy' : 'none' });
  else if (blocking(pipeline).length) found.push({ at: 'pipeline', code: 'broken' });
  if (stages?.length === 0) found.push({ at: 'stages', code: 'empty' });
  if (!title.trim()) found.push({ at: 'title', code: 'empty' });
  return found;
}

/** What speaks against the inputs themselves; `faultOf` says what speaks against a file. */
export function inputFaults(items, faultOf) {
  return {
    large: items.some((item) => item.kind === 'file' && faultOf(item)?.code === 'large'),
    address: items.some(({ kind, text }) => kind === 'url' && text.trim() && addressFault(text)),
  };
}

/** What stands against a pipeline: its own errors, and stages that nothing can run now. */
export function standing(pipeline, entryOf) {
  const missing = ordered(pipeline).flatMap(({ name, type }) => {
    const entry = entryOf(type);
    if (entry && entry.available !== false) return [];
    return [{ name, type, known: Boolean(entry), reason: entry?.reason ?? null }];
  });
  return { errors: blocking(pipeline), missing };
}

/** The pipeline to begin with: the one asked for, the one used last, else the first that works. */
export function firstChoice(items, asked, last) {
  const works = (each) => blocking(each).length === 0;
  return items.find(({ name }) => name === asked)?.name
    ?? items.find((each) => each.name === last && works(each))?.name
    ?? items.find(works)?.name ?? items[0]?.name ?? '';
}

const FIELDS = ['title', 'description', 'pipeline', 'input', 'stages'];

export function objections({ errors = [], detail, title, code }) {
  const result = { title: null, pipeline: null, input: null, inputs: new Map(), settings: new Map(), rest: [] };
  for (const error of errors) {
    const [, field, under, ...inside] = (error.pointer ?? '').replace(/^#/, '').split('/');
    if (field === 'input' && /^\d+$/.test(under ?? '')) result.inputs.set(Number(under), error.detail);
    else if (field === 'settings' && inside.length) ofStage(result.settings, unescape(under), inside, error.detail);
    else if (FIELDS.includes(field)) result[field] = error.detail;
    else result.rest.push(error.detail);
  }
  if (errors.length === 0) {
    if (code === 'invalid_selection') result.stages = detail || title;
    else if (/pipeline|stage/.test(code ?? '')) result.pipeline = detail || title;
    else result.rest.push(detail || title || code);
  }
  return result;
}

const unescape = (part) => part.replaceAll('~1', '/').replaceAll('~0', '~');

function ofStage(settings, stage, [key], detail) {
  settings.set(stage, new Map([...settings.get(stage) ?? [], [`/${key}`, detail]]));
}
