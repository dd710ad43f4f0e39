/*
 * Projects, kept up to date, and their stage templates by REST.
 *
 *   projects.follow();  projects.state   // { items, loading, problem }, see live-list.js
 *   const templates = new Templates(projectId);  templates.load();  templates.state
 *   await templates.move(id, to);      // shown at once, taken back when the server refuses
 *   moved(list, from, to)              // a copy in the new order
 *   templateBody(values)               // a form's values as a PATCH body, or { faults }
 */
import { api } from './api.js';
import { LiveList } from './live-list.js';
import { givenInputs } from './port-inputs.js';
import { Store } from './store.js';

/** Whose stages a new project begins with when none is chosen, as the server has it. */
export const USUAL = 'dev-task';

export class Projects extends LiveList {
  constructor(parts) {
    super(
      {
        topic: 'projects',
        member: 'project',
        key: 'id',
        path: '/api/projects',
        more: '/api/projects?archived=true',
        order: (a, b) => (a.id < b.id ? 1 : -1),
      },
      parts,
    );
  }

  async create(body) {
    const project = await api.post('/api/projects', body);
    this.put(project);
    return project;
  }

  async change({ id }, patch) {
    this.put(await api.patch(`/api/projects/${encodeURIComponent(id)}`, patch));
  }

  /** One that somebody archived stays in reach, marked. */
  drop(project) {
    this.put(project);
  }
}

export const projects = new Projects();

export function moved(list, from, to) {
  const copy = [...list];
  const [item] = copy.splice(from, 1);
  copy.splice(to, 0, item);
  return copy;
}

export class Templates extends Store {
  constructor(project) {
    super({ items: null, problem: null, busy: false });
    this.path = `/api/projects/${encodeURIComponent(project)}/stage-templates`;
  }

  async load() {
    try {
      const { items } = await api.get(this.path);
      this.set({ items: [...items].sort((a, b) => a.sort_order - b.sort_order), problem: null });
    } catch (problem) {
      this.set({ problem });
    }
  }

  async move(id, to) {
    const before = this.state.items;
    const from = before.findIndex((each) => each.id === id);
    const items = moved(before, from, to);
    this.set({ items });
    try {
      await api.post(`${this.path}/reorder`, { order: items.map((each) => each.id) });
      await this.load();
    } catch (problem) {
      this.set({ items: before });
      throw problem;
    }
  }

  add = (body) => this.#write(() => api.post(this.path, body));

  change = ({ id, revision }, body) =>
    this.#write(() => api.patch(`${this.path}/${encodeURIComponent(id)}`, body, { ifMatch: revision }));

  duplicate = ({ id }) => this.#write(() => api.post(`${this.path}/${encodeURIComponent(id)}/duplicate`, {}));

  restore = ({ id }) => this.#write(() => api.post(`${this.path}/${encodeURIComponent(id)}/restore`, {}));

  remove = ({ id }) => this.#write(() => api.delete(`${this.path}/${encodeURIComponent(id)}`));

  async #write(send) {
    const answer = await send();
    await this.load();
    return answer;
  }
}

/** An approval rule as the parts of a form, and back. */
export function approvalParts(approval) {
  if (approval?.selection)
    return {
      rule: 'selection',
      min: String(approval.selection.min ?? 1),
      max: String(approval.selection.max ?? 1),
      fields: '',
    };
  if (approval?.fields) return { rule: 'fields', min: '1', max: '1', fields: approval.fields.join(', ') };
  return { rule: approval === 'approval' ? 'approval' : 'none', min: '1', max: '1', fields: '' };
}

/** A stage template as the texts of its form. */
export function templateForm({
  name,
  prompt_template: prompt,
  input_source: source,
  output_format: format,
  output_schema: schema,
  approval,
  config,
  policy,
  inputs,
  metadata_overrides: overrides,
}) {
  return {
    name,
    config: { ...config },
    inputs: { ...inputs },
    policy: policy ?? '',
    needs: [overrides?.dependencies ?? []].flat().join(', '),
    overrides: { ...overrides },
    prompt_template: prompt ?? '',
    input_source: source ?? 'previous_stage',
    output_format: format ?? '',
    output_schema: schema ? JSON.stringify(schema, null, 2) : '',
    ...approvalParts(approval),
  };
}

/** A form that does not have them says nothing of them. */
function settingsBody({ config, policy, needs, overrides, inputs }) {
  if (config === undefined) return {};
  const { dependencies: _before, ...others } = overrides;
  const own = needs.split(/[,\s]+/).filter(Boolean);
  return {
    config,
    inputs: givenInputs(inputs),
    policy: policy.trim() || null,
    metadata_overrides: own.length ? { ...others, dependencies: own } : others,
  };
}

export function templateBody({
  name,
  prompt_template: prompt,
  input_source: source,
  output_format: format,
  rule,
  min,
  max,
  fields,
  output_schema: schema,
  ...settings
}) {
  const faults = [];
  const body = {
    name: name.trim(),
    prompt_template: prompt,
    input_source: source,
    output_format: format || null,
    ...settingsBody(settings),
  };
  if (!body.name) faults.push({ at: 'name', code: 'required' });
  body.approval = rule;
  if (rule === 'selection') {
    const range = { min: Number(min), max: Number(max) };
    if (!Number.isInteger(range.min) || range.min < 0) faults.push({ at: 'min', code: 'integer' });
    else if (!Number.isInteger(range.max) || range.max < range.min) faults.push({ at: 'max', code: 'range' });
    body.approval = { selection: range };
  }
  if (rule === 'fields') {
    const names = fields
      .split(',')
      .map((each) => each.trim())
      .filter(Boolean);
    if (names.length === 0) faults.push({ at: 'fields', code: 'required' });
    body.approval = { fields: names };
  }
  if (schema.trim()) {
    try {
      body.output_schema = JSON.parse(schema);
    } catch {
      faults.push({ at: 'output_schema', code: 'json' });
    }
  } else body.output_schema = null;
  return faults.length ? { faults } : { body };
}
