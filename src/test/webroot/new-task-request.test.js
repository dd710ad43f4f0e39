import test from 'node:test';
import assert from 'node:assert/strict';
import { NewTaskRequest } from '../../../webroot/js/core/new-task-request.js';

const said = { title: ' A title ', description: ' ', pipeline: 'p', input: [{ text: 'x' }], stages: ['One'] };

function request() {
  let keys = 0;
  return new NewTaskRequest(() => `key-${++keys}`);
}

test('what is blank is left out and the rest is trimmed', () => {
  assert.deepEqual(request().of(said).body, {
    title: 'A title', pipeline: 'p', input: [{ text: 'x' }], stages: ['One'], auto_start: true,
  });
  assert.equal(request().of({ ...said, description: ' why ' }).body.description, 'why');
});

test('the same again keeps its key, another request has its own', () => {
  const sent = request();
  assert.equal(sent.of(said).key, 'key-1');
  assert.equal(sent.of({ ...said }).key, 'key-1');
  assert.equal(sent.of({ ...said, stages: ['Two'] }).key, 'key-2');
  sent.forget();
  assert.equal(sent.of({ ...said, stages: ['Two'] }).key, 'key-3');
});
