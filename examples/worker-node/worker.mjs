// A worker of Callboard: writes texts in capitals.
import { hostname } from "node:os";

if (process.argv.length < 4) {
  console.error("Usage: node worker.mjs URL TYPE [NAME]; WORKER_TOKEN is sent when it is set.");
  process.exit(2);
}
const { default: WebSocket } = await import("ws");
const [, , url, type, name = `node-${hostname().slice(0, 40)}-${process.pid}`] = process.argv;
const token = process.env.WORKER_TOKEN;
const headers = token ? { Authorization: `Bearer ${token}` } : {};
const beats = new Map();

/** What this worker is for: change it. */
async function workOn(work) {
  return { text: String(work.input).toUpperCase(), attempt: work.attempt };
}

function connect() {
  const socket = new WebSocket(`${url.replace(/^http/, "ws").replace(/\/$/, "")}/ws/worker`, { headers });
  const send = (frame) => socket.readyState === WebSocket.OPEN && socket.send(JSON.stringify(frame));
  const stop = (id) => (clearInterval(beats.get(id)), beats.delete(id));

  async function take(work) {
    const mine = { execution_id: work.execution_id, lease: work.lease };
    beats.set(mine.execution_id, setInterval(() => send({ op: "beat", ...mine }), work.lease_ms / 3));
    try {
      send({ op: "complete", ...mine, output: await workOn(work) });
    } catch (failure) {
      send({ op: "fail", ...mine, error: String(failure) });
    }
    stop(mine.execution_id);
    send({ op: "take" });
  }

  socket.on("open", () => send({ op: "offer", types: [type], name }));
  socket.on("message", (data) => {
    const frame = JSON.parse(data);
    if (frame.kind === "offered") send({ op: "take" });
    else if (frame.kind === "work") take(frame);
    else if (frame.kind === "cancel") stop(frame.execution_id); // Long work would stop here.
    else if (frame.kind === "done") console.log(frame.execution_id, frame.status);
    else if (frame.kind === "error") console.error(frame.code, frame.detail);
  });
  socket.on("error", (failure) => console.error("the server is not there:", failure.message));
  socket.on("close", () => setTimeout(connect, 1000));
}

connect();
