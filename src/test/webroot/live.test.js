import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { Live } from '../../../webroot/js/core/live.js';

let sockets;
let chance;

/** A connection that the test answers. */
class FakeSocket extends EventTarget {
  static OPEN = 1;
  readyState = 0;
  sent = [];

  constructor() {
    super();
    sockets.push(this);
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.readyState = 3;
  }

  fail() {
    this.dispatchEvent(new Event('close'));
  }

  open() {
    this.readyState = FakeSocket.OPEN;
    this.dispatchEvent(new Event('open'));
  }

  receive(frame) {
    this.dispatchEvent(Object.assign(new Event('message'), { data: JSON.stringify(frame) }));
  }
}

const last = () => sockets[sockets.length - 1];

/** How long it waits before it connects again, in ms, up to a bound. */
function waited(bound) {
  const before = sockets.length;
  for (let ms = 0; ms <= bound; ms += 10) {
    if (sockets.length > before) return ms;
    mock.timers.tick(10);
  }
  return null;
}

beforeEach(() => {
  sockets = [];
  chance = 1;
  mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  mock.method(Math, 'random', () => chance);
  Object.assign(globalThis, {
    WebSocket: FakeSocket,
    location: { protocol: 'http:', host: 'here' },
    document: new EventTarget(),
    addEventListener: () => {},
  });
});

afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
  for (const name of ['WebSocket', 'location', 'document', 'addEventListener']) delete globalThis[name];
});

function started() {
  const live = new Live();
  live.start();
  return live;
}

test('connects again after up to 0.5 s, doubling to 30 s', () => {
  started();
  for (const most of [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
    last().fail();
    assert.equal(waited(40_000), most);
  }
});

test('all of the waiting time is random', () => {
  started();
  last().fail();
  assert.equal(waited(1_000), 500);
  chance = 0.1;
  last().fail();
  assert.equal(waited(2_000), 100);
  chance = 0;
  last().fail();
  assert.ok(waited(2_000) <= 10);
});

test('begins with short times again once the server has answered, and asks for what it lacks', () => {
  const live = started();
  const frames = [];
  live.subscribe('palette', (frame) => frames.push(frame.revision), { since: 7, epoch: 'e1' });
  for (let i = 0; i < 6; i++) {
    last().fail();
    waited(40_000);
  }
  last().open();
  assert.deepEqual(last().sent, [{ op: 'subscribe', topic: 'palette', since: 7, epoch: 'e1' }, { op: 'ping' }]);
  last().receive({ topic: 'palette', kind: 'added', revision: 8 });
  last().fail();
  assert.equal(waited(40_000), 500);
  last().open();
  assert.equal(last().sent[0].since, 8);
  assert.deepEqual(frames, [8]);
});

test('a connection that was only opened does not count as an answer', () => {
  started();
  last().fail();
  waited(40_000);
  last().open();
  last().fail();
  assert.equal(waited(40_000), 1_000);
});
