/*
 * A client of Vert.x, for EventBusIT: node client.mjs http://HOST:PORT < addresses
 *
 * It listens to what may be listened to, then sends to, publishes at and registers at every address of its standard input,
 * one a line. On standard output it says what happens to it, one JSON object a line.
 */
import { createInterface } from 'node:readline';
import EventBus from '@vertx/eventbus-bridge-client.js';

const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
const bus = new EventBus(`${process.argv[2]}/eventbus`);

bus.onerror = ({ body, failureType }) => say({ refused: body ?? failureType });
bus.onclose = () => say({ closed: true });

bus.onopen = async () => {
  for (const address of ['palette.updates', 'tasks.updates'])
    bus.registerHandler(address, (error, message) => say(error ? { error } : { address, body: message.body }));
  say({ open: true });
  for await (const address of createInterface({ input: process.stdin })) {
    bus.send(address, { forged: true }, (error, message) => say(error ? { refused: error } : { answered: address, message }));
    bus.publish(address, { forged: true });
    if (!bus.handlers[address])
      bus.registerHandler(address, (error, message) => say(error ? { refused: error } : { heard: address, message }));
    say({ tried: address });
  }
};
