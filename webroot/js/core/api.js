/*
 * The REST client.
 *
 *   const { items } = await api.get('/api/tasks', { query: { status: 'running' } });
 *   const task = await api.post('/api/tasks', { title, pipeline });
 *   await api.put(path, body, { ifMatch: entry.revision, key: 'idempotency key' });
 *   await api.put(path, body, { ifNone: true });       // makes a new one, and replaces none
 *   const blob = await api.upload('/api/blobs', file, { query: { name: file.name } });
 *
 * Every failure is an ApiProblem: `status` (0 when the server cannot be reached), `code`, `title`,
 * `detail`, `errors: [{pointer, detail}]`. `problem.offline` says that trying later may help.
 * Writes carry an Idempotency-Key (one is made when none is given) and X-Callboard-Actor.
 */
import { outside } from './prefix.js';
import { uuid } from './uuid.js';
import { actorHeader } from './who.js';

export class ApiProblem extends Error {
  constructor({ status = 0, code = 'unknown', title = '', detail = '', errors = [], ...rest }) {
    super(detail || title || code);
    this.name = 'ApiProblem';
    Object.assign(this, { status, code, title, detail, errors, more: rest });
  }

  /** The server could not be reached, or something between here and it could not. */
  get offline() {
    return this.status === 0 || this.status === 502 || this.status === 504;
  }

  toJSON() {
    const { status, code, title, detail, errors } = this;
    return { status, code, title, detail, errors };
  }
}

const READ_TIMEOUT_MS = 20_000;
const WRITE_TIMEOUT_MS = 30_000;

async function problemOf(response) {
  let body = {};
  try {
    if ((response.headers.get('content-type') ?? '').includes('json')) body = await response.json();
  } catch {
    // An unreadable body says no more than its status.
  }
  const code = body.code ?? `http_${response.status}`;
  return new ApiProblem({ title: response.statusText, ...body, status: response.status, code });
}

function within(signal, ms) {
  const limit = AbortSignal.timeout(ms);
  return signal ? AbortSignal.any([signal, limit]) : limit;
}

async function call(method, path, { query, headers, body, signal, timeout } = {}) {
  const url = new URL(outside(path), location.origin);
  for (const [name, value] of Object.entries(query ?? {})) {
    // A list is a parameter that is there several times.
    for (const each of [value].flat()) {
      if (each !== undefined && each !== null && each !== '') url.searchParams.append(name, each);
    }
  }
  let response;
  try {
    response = await fetch(url, { method, headers, body, signal: within(signal, timeout ?? READ_TIMEOUT_MS) });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiProblem({ code: 'unreachable', title: 'Server not reachable', detail: cause.message });
  }
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return null;
  const type = response.headers.get('content-type') ?? '';
  return type.includes('json') ? response.json() : response.text();
}

function send(
  method,
  path,
  body,
  { key, ifMatch, ifNone = false, query, signal, timeout = WRITE_TIMEOUT_MS, type = 'application/json' } = {},
) {
  const headers = { 'Idempotency-Key': key ?? uuid(), 'X-Callboard-Actor': actorHeader() };
  if (ifMatch !== undefined && ifMatch !== null) headers['If-Match'] = `"${ifMatch}"`;
  if (ifNone) headers['If-None-Match'] = '*';
  let payload = body;
  if (body !== undefined && body !== null) {
    headers['Content-Type'] = type;
    if (type === 'application/json') payload = JSON.stringify(body);
  }
  return call(method, path, { query, headers, body: payload, signal, timeout });
}

export const api = {
  get: (path, options) => call('GET', path, options),
  post: (path, body, options) => send('POST', path, body, options),
  put: (path, body, options) => send('PUT', path, body, options),
  patch: (path, body, options) => send('PATCH', path, body, options),
  delete: (path, options) => send('DELETE', path, undefined, options),
  upload: (path, blob, options) =>
    send('POST', path, blob, { timeout: 3_600_000, type: blob.type || 'application/octet-stream', ...options }),
};
