/* The jars of the plugins folder, kept up to date: see live-list.js. */
import { LiveList } from './live-list.js';

export const plugins = new LiveList({ topic: 'plugins', member: 'plugin', key: 'file', path: '/api/plugins' });
