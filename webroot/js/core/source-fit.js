/*
 * How well a pipeline is for files, by its `applicable_sources`, as the server chooses one. No DOM.
 *
 *   fitOf(pipeline, { name, type })         // 6 … 0, more is more exact; -1: not for it; null: not said
 *   // the pipelines that name these files more exactly than the chosen one does
 *   betterFor(pipelines, chosen, files)
 *   fileFault({ name, size, type }, pipeline, entryOf)   // null, or { code: 'empty'|'large'|'type', params }
 */
import { blocking, ordered } from './pipelines.js';

export function fitOf({ applicable_sources: sources = [] }, file) {
  if (sources.length === 0) return null;
  return Math.max(...sources.map((source) => fit(source.toLowerCase(), file)));
}

function fit(source, { name = '', type = '', kind }) {
  if (kind === 'url') return fitUrl(source, name);
  const media = type.toLowerCase() || 'application/octet-stream';
  if (source === '*') return 0;
  if (source.startsWith('.')) return name.toLowerCase().endsWith(source) ? 6 : -1;
  if (source.endsWith('/*')) return media.startsWith(source.slice(0, -1)) ? 3 : -1;
  if (source === 'files') return 1;
  if (source === 'urls') return -1;
  if (source === 'text') return media.startsWith('text/') ? 2 : -1;
  if (source === media) return 5;
  return media.endsWith(`/${source}`) ? 4 : -1;
}

/** Of an address only its name is known. */
function fitUrl(source, name) {
  if (source === '*') return 0;
  if (source.startsWith('.')) return name.toLowerCase().endsWith(source) ? 6 : -1;
  if (source.includes('/')) return name.toLowerCase().endsWith(`.${source.split('/')[1]}`) ? 5 : -1;
  return source === 'urls' ? 4 : -1;
}

export function betterFor(pipelines, chosen, files) {
  if (!chosen || files.length === 0) return [];
  const score = (pipeline) => Math.min(...files.map((file) => fitOf(pipeline, file) ?? -1));
  const own = score(chosen);
  return pipelines.filter(
    (each) => each !== chosen && blocking(each).length === 0 && score(each) >= 4 && score(each) > own,
  );
}

/** The most bytes that the pipeline's first stage takes, where one of its settings says so. */
export function mostBytes(pipeline, entryOf) {
  const [first] = ordered(pipeline);
  const setting = first && entryOf(first.type)?.settings_schema?.find(({ key }) => key === 'max_bytes');
  const most = Number(first?.config?.max_bytes ?? setting?.default);
  return setting && Number.isFinite(most) ? most : Infinity;
}

export function fileFault(file, pipeline, entryOf) {
  if (file.kind === 'url') {
    return pipeline && fitOf(pipeline, file) === -1 ? { code: 'url', params: { pipeline: pipeline.name } } : null;
  }
  if (file.size === 0) return { code: 'empty' };
  if (!pipeline) return null;
  const most = mostBytes(pipeline, entryOf);
  if (file.size > most) return { code: 'large', params: { size: file.size, most, pipeline: pipeline.name } };
  return fitOf(pipeline, file) === -1 ? { code: 'type', params: { pipeline: pipeline.name } } : null;
}
