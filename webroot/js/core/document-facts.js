/*
 * What lists say of documents, in short. No DOM.
 *
 *   typeOf('application/pdf')       // 'PDF'; what has no short name stays as it is
 *   qualityOf(quality)              // { tone: 'ok'|'wait'|'bad', share } or null; share 0…1, null for a mere verdict
 *   lackOf(document)                // why it may not be whole: 'failed' | 'cancelled' | 'open', its task's doing; null
 *   rerunOf(document, task)         // the body of a new task that reads the same file once more; null without a file
 *   partsOf(document)               // [{ name, blob }]
 *   chunksIn(value)                 // out of the part `chunks`
 *   entitiesIn(value)  claimsIn(value)       // out of the part `entities`
 *   placesOf(entities)              // [{ start, end, entity }], marks for a text
 */
const TYPES = {
  'application/pdf': 'PDF', 'text/html': 'HTML', 'application/xhtml+xml': 'HTML', 'text/plain': 'Text',
  'text/markdown': 'Markdown', 'application/xml': 'XML', 'text/xml': 'XML', 'application/json': 'JSON',
  'application/jats+xml': 'JATS', 'text/csv': 'CSV',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'PowerPoint',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'Excel',
  'application/vnd.oasis.opendocument.text': 'OpenDocument',
};

export function typeOf(mediaType) {
  if (!mediaType) return '';
  const [bare] = mediaType.split(';');
  return TYPES[bare.trim().toLowerCase()] ?? bare.trim();
}

/** References and front matter may be a good part of a source, and are no part of its text. */
const LEAST = 0.4;

const share = (value) => (typeof value === 'number' && value >= 0 ? Math.min(value, 1) : null);

export function qualityOf(quality) {
  if (!quality || typeof quality !== 'object') return null;
  const figure = share(quality.score) ?? share(quality.text_ratio);
  if (quality.valid === false) return { tone: 'bad', share: figure };
  const warned = (Array.isArray(quality.warnings) && quality.warnings.length > 0)
    || quality.replacement_share > 0 || (figure !== null && figure < LEAST);
  return { tone: warned ? 'wait' : 'ok', share: figure };
}

/** Members of a quality that are figures or words, as [name, value]. */
export function figuresOf(quality) {
  return Object.entries(quality ?? {}).filter(([, value]) => ['number', 'string', 'boolean'].includes(typeof value));
}

export function lackOf({ complete, task_status: status }) {
  if (complete !== false) return null;
  return status === 'failed' || status === 'cancelled' ? status : 'open';
}

/** Only the document's own file, however many the task had. Without the task, the server chooses the pipeline. */
export function rerunOf({ sha256, title, doc_id: id, source, project_id: project }, task) {
  if (!sha256) return null;
  const given = (task?.input ?? []).find((input) => input.sha256 === sha256 || input.blob === sha256);
  const name = given?.name ?? source?.name ?? (typeof source === 'string' ? source : '');
  const of = task?.project ?? project ?? null;
  const where = of ? { project: of } : task?.pipeline ? { pipeline: task.pipeline } : {};
  const input = [{ blob: sha256, ...(name ? { name } : {}) }];
  return { title: (title || name || id).slice(0, 500), ...where, input, auto_start: true };
}

export function partsOf({ parts }) {
  return Object.entries(parts ?? {}).map(([name, blob]) => ({ name, blob }));
}

export function chunksIn(value) {
  return Array.isArray(value) ? value : value?.chunks ?? [];
}

export function entitiesIn(value) {
  return Array.isArray(value) ? value : value?.entities ?? [];
}

export function claimsIn(value) {
  return Array.isArray(value) ? [] : value?.claims ?? [];
}

export function placesOf(entities) {
  return entities
    .flatMap((entity) => (entity.places ?? []).map(({ start, end }) => ({ start, end, entity })))
    .filter(({ start, end }) => start >= 0 && end > start)
    .sort((a, b) => a.start - b.start || b.end - a.end);
}
