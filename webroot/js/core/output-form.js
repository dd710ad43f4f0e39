/*
 * Forms for an output that a person fills in, drawn from its JSON Schema. No DOM; cb-value-form draws them.
 *
 *   schemaOf({ output_format, output_schema }, entry)   // the stage's own schema, else the format's, else that of
 *                                                       // its one port when that is a text
 *   schemaToEdit(step, entry, value)                    // the same for an output that is there: a text stays one,
 *                                                       // where nothing is said of its form
 *   kindOfField(schema, key)     // 'line'|'lines'|'number'|'switch'|'choice'|'words'|'rows'|'group'|'json'
 *   emptyOf(schema)              // what an empty form stands for
 *   checkOutput(schema, value)   // [{ pointer, code, params }], empty when fine
 *   putAt(value, pointer, part)  // a copy with that part set; undefined takes it out
 *   pasted(text, schema)         // what was pasted, as { value } or { fault }
 */
const line = { type: 'string' };
const text = { type: 'string', format: 'markdown' };
const words = { type: 'array', items: line };
const FORMATS = {
  research: {
    type: 'object',
    required: ['research', 'questions'],
    properties: {
      research: { ...text, minLength: 1 },
      questions: {
        type: 'array',
        items: {
          type: 'object',
          required: ['id', 'question'],
          properties: { id: line, question: line, proposed_answer: line, options: words },
        },
      },
      suggested_stages: {
        type: 'array',
        items: { type: 'object', required: ['name'], properties: { name: line, reason: line } },
      },
    },
  },
  options: {
    type: 'object',
    required: ['options'],
    properties: {
      summary: text,
      options: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['id', 'title', 'description'],
          properties: { id: line, title: line, description: text, pros: words, cons: words },
        },
      },
    },
  },
  plan: { ...text, minLength: 1 },
  text: { ...text, minLength: 1 },
  findings: {
    type: 'object',
    required: ['summary', 'findings'],
    properties: {
      summary: text,
      findings: {
        type: 'array',
        items: {
          type: 'object',
          required: ['id', 'title', 'description', 'severity', 'selected'],
          properties: {
            id: line,
            title: line,
            description: text,
            severity: { type: 'string', enum: ['critical', 'warning', 'info'] },
            category: line,
            file_path: line,
            selected: { type: 'boolean' },
          },
        },
      },
    },
  },
  pr_preparation: {
    type: 'object',
    required: ['title', 'description'],
    properties: { title: { ...line, minLength: 1 }, description: { ...text, minLength: 1 }, test_plan: text },
  },
};
const LONG = /^(research|description|summary|test_plan|plan|text|details?|content|body|notes?)$/;

export function schemaOf({ output_format: format, output_schema: given } = {}, entry = null) {
  const own = typeof given === 'string' ? parsed(given) : given;
  if (own && typeof own === 'object' && typeOf(own)) return own;
  return FORMATS[format] ?? (givesText(entry) ? FORMATS.text : {});
}

export function schemaToEdit(step, entry, value) {
  const schema = schemaOf(step);
  if (typeOf(schema)) return schema;
  const missing = value === undefined || value === null;
  return typeof value === 'string' || (missing && givesText(entry)) ? FORMATS.text : {};
}

/** Whether a palette entry puts out one text: what its one output port has, nothing being said of a form. */
function givesText(entry) {
  const { outputs = [] } = entry?.ports ?? {};
  return outputs.length === 1 && outputs[0].type === 'text';
}

function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** The one type of a schema, null when there is none or a choice of several. */
function typeOf({ type, properties, items, enum: values }) {
  const types = (Array.isArray(type) ? type : [type]).filter((each) => each && each !== 'null');
  if (types.length === 1) return types[0];
  if (types.length > 1) return null;
  return properties ? 'object' : items ? 'array' : values ? 'string' : null;
}

export function kindOfField(schema = {}, key = '') {
  const type = typeOf(schema);
  if (Array.isArray(schema.enum)) return 'choice';
  if (type === 'string')
    return schema.format === 'markdown' || LONG.test(key) || /markdown/i.test(schema.description ?? '')
      ? 'lines'
      : 'line';
  if (type === 'number' || type === 'integer') return 'number';
  if (type === 'boolean') return 'switch';
  if (type === 'object' && schema.properties) return 'group';
  const each = type === 'array' && schema.items ? typeOf(schema.items) : null;
  if (each === 'string' && !schema.items.enum) return 'words';
  return each === 'object' && schema.items.properties ? 'rows' : 'json';
}

export function emptyOf(schema = {}) {
  const kind = kindOfField(schema);
  if (schema.default !== undefined) return schema.default;
  if (kind === 'words' || kind === 'rows') return [];
  if (kind === 'switch') return false;
  if (kind !== 'group') return undefined;
  const wanted = new Set(schema.required ?? []);
  const members = Object.entries(schema.properties).map(([key, each]) => [
    key,
    wanted.has(key) ? emptyOf(each) : undefined,
  ]);
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

/** A new row of a list, with an id of its own where it has one. */
export function newRow(schema, rows) {
  const { items } = schema;
  const row = emptyOf(items) ?? {};
  if (items.properties?.selected) row.selected = true;
  if (items.properties?.severity?.enum)
    row.severity = items.properties.severity.enum.includes('warning') ? 'warning' : items.properties.severity.enum[0];
  if (!items.properties?.id) return row;
  const taken = new Set(rows.map(({ id } = {}) => id));
  let n = rows.length + 1;
  while (taken.has(String(n))) n++;
  return { id: String(n), ...row };
}

const blank = (value) => value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

export function checkOutput(schema = {}, value, pointer = '') {
  const type = typeOf(schema);
  if (blank(value)) return schema.minLength > 0 || pointer === '' ? [{ pointer, code: 'required' }] : [];
  const wrong = (code, params) => [{ pointer, code, params }];
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) return wrong('option');
  if (type === 'string') return typeof value !== 'string' ? wrong('text') : lengths(schema, value, wrong);
  if (type === 'boolean') return typeof value === 'boolean' ? [] : wrong('boolean');
  if (type === 'number' || type === 'integer') return numberFaults(schema, value, wrong);
  if (type === 'array') {
    if (!Array.isArray(value)) return wrong('list');
    if (value.length < (schema.minItems ?? 0)) return wrong('min_items', { n: schema.minItems });
    return value.flatMap((each, i) =>
      blank(each)
        ? [{ pointer: `${pointer}/${i}`, code: 'required' }]
        : checkOutput(schema.items ?? {}, each, `${pointer}/${i}`),
    );
  }
  if (type === 'object')
    return Array.isArray(value) || typeof value !== 'object' ? wrong('object') : memberFaults(schema, value, pointer);
  return [];
}

function lengths({ minLength, maxLength }, value, wrong) {
  if (minLength > [...value].length) return wrong('shorter', { min: minLength });
  return maxLength < [...value].length ? wrong('longer', { max: maxLength }) : [];
}

function numberFaults({ type, minimum, maximum }, value, wrong) {
  if (typeof value !== 'number') return wrong('number');
  if (type === 'integer' && !Number.isInteger(value)) return wrong('integer');
  if (value < minimum) return wrong('min', { min: minimum });
  return value > maximum ? wrong('max', { max: maximum }) : [];
}

function memberFaults({ required = [], properties = {} }, value, pointer) {
  const faults = [];
  for (const [key, schema] of Object.entries(properties)) {
    const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (blank(value[key])) {
      if (required.includes(key)) faults.push({ pointer: at, code: 'required' });
    } else faults.push(...checkOutput(schema, value[key], at));
  }
  return faults;
}

export function putAt(value, pointer, part) {
  if (pointer === '') return part;
  const [key, ...rest] = pointer.slice(1).split('/');
  const name = key.replaceAll('~1', '/').replaceAll('~0', '~');
  const copy = Array.isArray(value) ? [...value] : { ...value };
  const next = rest.length ? putAt(copy[name] ?? {}, `/${rest.join('/')}`, part) : part;
  if (next === undefined && !Array.isArray(copy)) delete copy[name];
  else copy[name] = next;
  return copy;
}

/** Text as it is for a text; JSON for the rest, also from within a fenced block of Markdown. */
export function pasted(typed, schema) {
  if (typeOf(schema) === 'string') return { value: typed };
  const fenced = /^\s*```[a-z]*\n([\s\S]*?)\n```\s*$/i.exec(typed)?.[1] ?? typed;
  const value = parsed(fenced.trim());
  return value === null ? { fault: 'json' } : { value };
}

export const isText = (schema) => typeOf(schema) === 'string' && !schema.enum;
