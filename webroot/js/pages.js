/*
 * The one table of pages. The router draws by it; the server reads each `path` here to know which
 * addresses are pages, and writes them into sw.js, which opens them offline.
 *
 * A page names the element that draws it and the module that defines it, loaded when first needed,
 * and the entry of the menu that is marked while it is shown: the first page of an entry is where
 * the entry leads. To add a page, add a line.
 */
export const PAGES = [
  { path: '/', element: 'cb-pipeline', nav: 'pipeline', fill: true, load: () => import('./ui/palette/cb-pipeline.js') },
  { path: '/tasks', element: 'cb-tasks', nav: 'tasks', load: () => import('./ui/task/cb-tasks.js') },
  { path: '/tasks/new', element: 'cb-new-task', nav: 'tasks', load: () => import('./ui/new-task/cb-new-task.js') },
  { path: '/tasks/:id', element: 'cb-task', nav: 'tasks', load: () => import('./ui/task/cb-task.js') },
  { path: '/search', element: 'cb-search', nav: 'search', load: () => import('./ui/library/cb-search.js') },
  {
    path: '/documents',
    element: 'cb-documents',
    nav: 'documents',
    load: () => import('./ui/library/cb-documents.js'),
  },
  {
    path: '/documents/:id',
    element: 'cb-document-page',
    nav: 'documents',
    load: () => import('./ui/library/cb-document-page.js'),
  },
  { path: '/graph', element: 'cb-graph', nav: 'graph', load: () => import('./ui/library/cb-graph.js') },
  { path: '/projects', element: 'cb-projects', nav: 'projects', load: () => import('./ui/project/cb-projects.js') },
  { path: '/projects/:id', element: 'cb-project', nav: 'projects', load: () => import('./ui/project/cb-project.js') },
  {
    path: '/pipelines/:name',
    element: 'cb-pipeline-page',
    nav: 'pipeline',
    load: () => import('./ui/pipeline/cb-pipeline-page.js'),
  },
  { path: '/plugins', element: 'cb-plugins', nav: 'plugins', load: () => import('./ui/settings/cb-plugins.js') },
  { path: '/secrets', element: 'cb-secrets', nav: 'secrets', load: () => import('./ui/settings/cb-secrets.js') },
  { path: '/audit', element: 'cb-audit', nav: 'audit', load: () => import('./ui/settings/cb-audit.js') },
];

/** The entries of the menu, in the order of their first pages: `{ name, path }`. */
export function menuOf(pages) {
  const entries = new Map();
  for (const { nav, path } of pages) {
    if (!entries.has(nav)) entries.set(nav, path);
  }
  return [...entries].map(([name, path]) => ({ name, path }));
}
