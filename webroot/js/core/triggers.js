/*
 * What starts a pipeline: its triggers as the feed publishes them, and what its sources let a person give. No DOM.
 *
 *   merged(items, frame, pipeline)     // the list after a frame; null when it has to be read again
 *   sampleCall(url, signed)            // shell lines that call a webhook
 *   offers(pipeline)                   // { files, text, urls }: what a person may give to a new task
 */

/** Frames never have the address of a webhook: a known one stays. */
export function merged(items, { kind, trigger, data }, pipeline) {
  const known = new Map((items ?? []).map((each) => [each.id, each]));
  if (kind === 'snapshot') {
    const mine = data.items.filter((each) => each.pipeline === pipeline);
    const next = mine.map((each) => withUrl(each, known.get(each.id)));
    return next.some(lacksUrl) ? null : next;
  }
  if (trigger.pipeline !== pipeline) return items;
  if (kind === 'removed') return items.filter(({ id }) => id !== trigger.id);
  const next = withUrl(trigger, known.get(trigger.id));
  if (lacksUrl(next)) return null;
  const rest = items.filter(({ id }) => id !== trigger.id);
  return [...rest, next].sort((a, b) => (a.source < b.source ? -1 : 1));
}

function withUrl(trigger, known) {
  return known?.url ? { ...trigger, url: known.url } : trigger;
}

function lacksUrl({ type, state, url }) {
  return type === 'webhook' && state !== 'invalid' && !url;
}

/** What can be pasted into a shell. The key of a signature is in a variable: the page does not have it. */
export function sampleCall(url, signed) {
  const json = "-H 'Content-Type: application/json'";
  if (!signed) return `curl -X POST '${url}' \\\n  ${json} \\\n  -d '{"hello": "world"}'`;
  return [
    `body='{"hello": "world"}'; t=$(date +%s)`,
    `v1=$(printf '%s.%s' "$t" "$body" | openssl dgst -sha256 -hmac "$HOOK_SECRET" -r | cut -d ' ' -f 1)`,
    `curl -X POST '${url}' \\\n  ${json} \\\n  -H "Callboard-Signature: t=$t,v1=$v1" \\\n  -d "$body"`,
  ].join('\n');
}

/** Without sources a person may give anything. */
export function offers(pipeline) {
  const types = (pipeline?.sources ?? []).map(({ type }) => type);
  const has = (type) => types.length === 0 || types.includes(type);
  return { files: has('files'), text: has('text'), urls: has('urls') };
}

/** Whether a new task has to have an input: not where the pipeline starts by itself, from nothing. */
export function needsInput(pipeline) {
  return Object.values(offers(pipeline)).some(Boolean);
}
