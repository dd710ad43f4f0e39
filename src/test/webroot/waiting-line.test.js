import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waitingLine } from '../../../webroot/js/ui/common/waiting-line.js';

test('a task that could not start says the whole reason: it names what is missing and what to do', () => {
  const reason = "The stage 'Call' cannot run: there is no secret 'api-token'; add it under Secrets.";
  for (const kind of ['secret', 'stage', 'plugin']) {
    assert.equal(waitingLine({ kind, stage: 'Call', reason }), reason);
  }
});
