/*
 * The one table of pages. The router draws by it; the server reads each `path` here to know which
 * addresses are pages, and writes them into sw.js, which opens them offline.
 *
 * A page names the element that draws it and the module that defines it, loaded when first needed.
 * To add a page, add a line.
 */
export const PAGES = [
  { path: '/', element: 'cb-pipeline', nav: 'pipeline', fill: true, load: () => import('./ui/cb-pipeline.js') },
  { path: '/tasks', element: 'cb-tasks', nav: 'tasks', load: () => import('./ui/cb-tasks.js') },
  { path: '/tasks/new', element: 'cb-new-task', nav: 'tasks', load: () => import('./ui/cb-new-task.js') },
  { path: '/tasks/:id', element: 'cb-task', nav: 'tasks', load: () => import('./ui/cb-task.js') },
  { path: '/projects', element: 'cb-projects', nav: 'projects', load: () => import('./ui/cb-projects.js') },
  { path: '/projects/:id', element: 'cb-project', nav: 'projects', load: () => import('./ui/cb-project.js') },
  {
    path: '/pipelines/:name',
    element: 'cb-pipeline-page',
    nav: 'pipeline',
    load: () => import('./ui/cb-pipeline-page.js'),
  },
  { path: '/audit', element: 'cb-audit', nav: 'audit', load: () => import('./ui/cb-audit.js') },
  { path: '/secrets', element: 'cb-secrets', nav: 'secrets', load: () => import('./ui/cb-secrets.js') },
  { path: '/plugins', element: 'cb-plugins', nav: 'plugins', load: () => import('./ui/cb-plugins.js') },
];
