/*
 * A pipeline as a graph: its sources, stages and sinks with their ports, and the wires between them. No DOM.
 *
 *   const flow = flowOf(pipeline, (type) => entry);
 *   flow.nodes   // [{ id, kind, type, label, inputs, outputs, faulty }], what feeds before what is fed
 *   flow.wires   // [{ from, output, to, input }]: places of nodes and of their ports
 *
 * An entry is one of the palette, null for one that is not there. A port that only the pipeline names is a port too.
 */
import { needsOf, ordered } from './pipelines.js';

const ports = (entry, side) => (entry?.ports?.[side] ?? []).map(({ name, type }) => ({ name, type }));

export function flowOf(pipeline, entryOf) {
  const { sources = [], sinks = [] } = pipeline;
  const stages = ordered(pipeline);
  const nodes = [
    ...sources.map(({ name, type }) => node('source', name, type, entryOf)),
    ...stages.map(({ name, type, resolved }) => node('stage', name, type, entryOf, resolved?.available === false)),
    ...sinks.map(({ name, type }) => node('sink', name, type, entryOf)),
  ];
  const byName = new Map(nodes.map((each, i) => [each.id, i]));
  const wires = [];
  const wire = (from, output, to, input) => {
    if (!wires.some((each) => each.from === from && each.to === to && each.output === output && each.input === input)) {
      wires.push({ from, output, to, input });
    }
  };
  const needs = needsOf(pipeline);
  for (const { name, inputs = {} } of stages) {
    const to = byName.get(name);
    const wired = new Set();
    for (const [port, value] of Object.entries(inputs)) {
      const [from, output] = splitReference(String(value), byName);
      if (from === undefined) continue;
      wired.add(from);
      wire(from, portAt(nodes[from].outputs, output), to, portAt(nodes[to].inputs, port));
    }
    const plain = needs.get(name).map((each) => byName.get(each))
      .filter((from) => from !== undefined && !wired.has(from));
    for (const from of plain) {
      for (const [output, input] of alike(nodes[from].outputs, nodes[to].inputs)) wire(from, output, to, input);
    }
    if (!plain.length && !wired.size) sources.forEach((source) => wire(byName.get(source.name), 0, to, 0));
  }
  const fed = new Set([...needs.values()].flat());
  const ends = stages.map(({ name }) => name).filter((name) => !fed.has(name));
  for (const { name, after } of sinks) {
    const from = after === undefined || after === null ? ends : [after].flat();
    for (const each of from) if (byName.has(each)) wire(byName.get(each), 0, byName.get(name), 0);
  }
  return { nodes, wires };
}

function node(kind, id, type, entryOf, faulty = false) {
  const entry = entryOf(type);
  return {
    id, kind, type, label: id, inputs: ports(entry, 'inputs'), outputs: ports(entry, 'outputs'),
    faulty: faulty || !entry,
  };
}

/** What is put out goes on whole: to the ports of the same names, else to the first one. */
function alike(outputs, inputs) {
  const pairs = outputs.map(({ name }, output) => [output, inputs.findIndex((port) => port.name === name)])
    .filter(([, input]) => input >= 0);
  return pairs.length ? pairs : [[0, 0]];
}

/** `STAGE`, `STAGE.PORT` or `SOURCE`; a name may have dots itself, so the longest one that is there is meant. */
function splitReference(text, byName) {
  if (byName.has(text)) return [byName.get(text), undefined];
  const dot = text.lastIndexOf('.');
  return dot > 0 && byName.has(text.slice(0, dot)) ? [byName.get(text.slice(0, dot)), text.slice(dot + 1)] : [];
}

function portAt(list, name) {
  if (name === undefined) return 0;
  const i = list.findIndex((port) => port.name === name);
  return i < 0 ? list.push({ name, type: 'any' }) - 1 : i;
}
