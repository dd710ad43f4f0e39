/* What can stand in a pipeline's definition, to copy from. No DOM. */

export const STAGE = `stages:
  - name: translate
    type: translate               # the ID of a palette entry
    depends_on: [parse]           # the names of the stages before it
    config: {tone: plain, token: "secret:service"}`;

export const SOURCES = `sources:
  - name: nightly
    type: schedule
    config: {cron: "0 3 * * *", time_zone: Europe/Berlin}
  - name: hook
    type: webhook
  - name: inbox
    type: folder
    config: {path: /srv/inbox, pattern: "*.xml", then: move}`;

export const SINKS = `sinks:
  - name: archive
    type: file
    config: {path: /srv/results, name: "{{task.title}}.json"}
  - name: team
    type: webhook
    config: {url: "https://example.org/results", secret: "secret:results"}`;

/** The lines with which a pipeline lists a source or sink of the palette; only what it has to have. */
export function endExample({ id, type, settings_schema: schema = [] }) {
  const needed = schema.filter(({ required }) => required).map(({ key, type: kind }) =>
    `${key}: ${kind === 'secret' ? '"secret:NAME"' : '…'}`);
  const config = needed.length ? `, config: {${needed.join(', ')}}` : '';
  return `${type}s:\n  - {name: ${id}, type: ${id}${config}}`;
}
