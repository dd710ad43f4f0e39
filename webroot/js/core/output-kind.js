/*
 * What an output is, so that it is shown by what it means and not only as JSON. No DOM.
 *
 *   kindOf(value, format)   // 'none' | 'text' | 'markdown' | 'research' | 'options' | 'findings' | 'pr_preparation'
 *                           // | 'documents' | 'chunks' | 'files' | 'with_files' | 'json'; `format` is the stage's own
 *                           // word for it, if any
 *   documentsOf(value)
 *   besideFiles(value)      // what an output with files has beside them; undefined for nothing
 *   failedOf(value)         // [{ name, error }] of an output { documents, failed }
 */
const has = (value, ...keys) => value !== null && typeof value === 'object' && keys.every((key) => key in value);

function isDocument(value) {
  return has(value, 'doc_id', 'blocks') && Array.isArray(value.blocks);
}

const isChunk = (value) => has(value, 'text', 'start', 'end') && typeof value.text === 'string';
const isFile = (value) => has(value, 'sha256', 'size') && !has(value, 'blocks');

const isKept = (value) => has(value, 'blob', 'name') && typeof value.blob === 'string';

/** Decided by the first elements only, so that a long list costs nothing. */
function all(value, is) {
  return Array.isArray(value) && value.length > 0 && value.slice(0, 20).every(is);
}

const FORMATS = {
  research: (value) => has(value, 'research'),
  options: (value) => has(value, 'options') && Array.isArray(value.options),
  findings: (value) => has(value, 'findings') && Array.isArray(value.findings),
  pr_preparation: (value) => has(value, 'title', 'description'),
};

export function kindOf(value, format = null) {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'string' && (format === 'plan' || format === 'text')) return 'markdown';
  if (FORMATS[format]?.(value)) return format;
  if (typeof value === 'string') return 'text';
  if (isDocument(value) || all(value, isDocument) || all(value.documents, isDocument)) return 'documents';
  if (all(value, isChunk)) return 'chunks';
  if (all(value, isFile)) return 'files';
  if (all(value.files, isKept)) return 'with_files';
  return 'json';
}

export function documentsOf(value) {
  if (isDocument(value)) return [value];
  return Array.isArray(value) ? value : value.documents;
}

export function besideFiles({ files: _files, ...rest }) {
  const keys = Object.keys(rest);
  if (keys.length === 1 && keys[0] === 'output') return rest.output === '' ? undefined : rest.output;
  return keys.length ? rest : undefined;
}

/** Inputs that could not be read, beside those that could: [{ name, error }]. */
export function failedOf(value) {
  return Array.isArray(value?.failed) ? value.failed.filter((entry) => has(entry, 'name', 'error')) : [];
}
