/*
 * Sends one file to the content store and says how much of it was sent: fetch() does not say that, XMLHttpRequest
 * does.
 */
import { ApiProblem } from './api.js';
import { outside } from './prefix.js';
import { actorHeader } from './who.js';

export function upload(file, { progress, signal }) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    const unreachable = () => fail(new ApiProblem({ code: 'unreachable', title: 'Server not reachable' }));
    request.open('POST', outside(`/api/blobs?name=${encodeURIComponent(file.name)}`));
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    request.setRequestHeader('X-Callboard-Actor', actorHeader());
    request.upload.addEventListener('progress', ({ loaded }) => progress(Math.min(loaded, file.size)));
    request.addEventListener('load', () => {
      const body = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300 && body) done(body);
      else
        fail(
          new ApiProblem({
            title: request.statusText,
            code: `http_${request.status}`,
            ...body,
            status: request.status,
          }),
        );
    });
    request.addEventListener('error', unreachable);
    request.addEventListener('timeout', unreachable);
    request.addEventListener('abort', () => fail(new ApiProblem({ code: 'aborted' })));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
