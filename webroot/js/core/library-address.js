/*
 * The addresses of documents and of the graph that is made of them. No DOM.
 *
 *   documentAddress(id, { project, view, passage })   // '/documents/ID?project=none#passage=120-480'
 *   passageIn('#passage=120-480')                     // { start: 120, end: 480 }, code points of the text; null
 *   graphAddress({ node, to, name, depth, type, limit, project, pick, view })
 *                                                     // '/graph?…', without what is as usual
 *   graphAsk(query)                                   // the same, out of an address
 *   sameAnswer(ask, other)                            // whether the server answers both the same
 *   documentNode(id)                                  // the node of the graph that stands for a document
 *
 * `project` is a project's id, 'none' for what is in no project, '' for all. Of the graph: what is around `node`, the
 * nodes that match `name`, or the most connected ones; `pick` is the node that is selected, `view` one of VIEWS if not
 * the usual one.
 */
const DEPTHS = [1, 2, 3];
export const LIMITS = [50, 100, 200, 500];
const USUAL = { node: '', to: '', name: '', depth: 1, type: '', limit: 100, project: '', pick: '', view: '' };
export const VIEWS = ['nodes', 'relations'];

export function documentAddress(id, { project = '', view = '', passage = null } = {}) {
  const query = new URLSearchParams();
  if (project) query.set('project', project);
  if (view) query.set('view', view);
  const hash = passage ? `#passage=${passage.start}-${passage.end}` : '';
  return `/documents/${encodeURIComponent(id)}${query.size ? `?${query}` : ''}${hash}`;
}

export function passageIn(hash) {
  const [, start, end] = /^#passage=(\d{1,9})-(\d{1,9})$/.exec(hash ?? '') ?? [];
  return start && Number(end) > Number(start) ? { start: Number(start), end: Number(end) } : null;
}

export function graphAddress(ask) {
  const given = Object.entries(USUAL).filter(([name, usual]) => ask[name] && ask[name] !== usual);
  const query = new URLSearchParams(given.map(([name]) => [name, String(ask[name])]));
  return query.size ? `/graph?${query}` : '/graph';
}

export function graphAsk(query) {
  const text = (name) => query?.get(name) ?? '';
  const number = (name, known) => (known.includes(Number(text(name))) ? Number(text(name)) : USUAL[name]);
  const node = text('node').slice(0, 300);
  return {
    node,
    to: node ? text('to').slice(0, 300) : '',
    name: node ? '' : text('name').slice(0, 300),
    depth: number('depth', DEPTHS),
    type: text('type').slice(0, 64),
    limit: number('limit', LIMITS),
    project: text('project').slice(0, 64),
    pick: text('pick').slice(0, 300),
    view: VIEWS.includes(text('view')) ? text('view') : '',
  };
}

export function sameAnswer(ask, other) {
  return Object.keys(USUAL).every((key) => key === 'pick' || key === 'view' || ask[key] === other[key]);
}

export function documentNode(id) {
  return `document:${id}`;
}
