/*
 * The /tasks/new screen: what to work on, which pipeline, its stages and their settings, a title and a description.
 * `?pipeline=NAME` chooses one.
 * Files go to the content store while the rest is filled in; Ctrl+Enter starts.
 */
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { announce } from '../../core/announce.js';
import { api } from '../../core/api.js';
import { drafts } from '../../core/drafts.js';
import { t } from '../../core/i18n.js';
import { lastPipeline, rememberPipeline } from '../../core/last-pipeline.js';
import { USUAL, bodyOf, stagesOf } from '../../core/new-stages.js';
import { faults, firstChoice, inputFaults, objections } from '../../core/new-task.js';
import { NewTaskRequest } from '../../core/new-task-request.js';
import { blank, dropTask, keepTask, keptTask } from '../../core/new-task-draft.js';
import { palette } from '../../core/palette.js';
import { pipelines } from '../../core/pipelines.js';
import { router, setTitle } from '../../core/router.js';
import { fileFault } from '../../core/source-fit.js';
import { needsInput, offers } from '../../core/triggers.js';
import { upload } from '../../core/upload.js';
import { Uploads, titleOf } from '../../core/uploads.js';
import { uuid } from '../../core/uuid.js';
import { draftNotice } from '../common/draft-notice.js';
import { showFirst } from '../common/first-fault.js';
import { icon } from '../common/icons.js';
import { taskDetails, taskFoot, taskNotes, waitingFor } from './new-task-details.js';
import { betterPipeline, takePasted } from './new-task-inputs.js';
import { problemText } from '../common/stage-actions.js';
import './cb-inputs.js';
import './cb-pipeline-choice.js';
import './cb-task-stages.js';

await useStyles('cb-new-task');

/** What keeps a file from being sent; one of another type may go. */
const HOLDS = new Set(['empty', 'large']);

class CbNewTask extends CbElement {
  static properties = {
    params: {}, query: {}, typed: { state: true }, description: { state: true }, chosen: { state: true },
    choices: { state: true }, tried: { state: true }, settingFaults: { state: true },
    busy: { state: true }, waiting: { state: true }, refused: { state: true }, notes: { state: true },
    restored: { state: true },
  };
  #request = new NewTaskRequest(uuid);

  constructor() {
    super();
    this.uploads = new Uploads({ send: upload, hold: (file) => HOLDS.has(this.#faultOf(file)?.code) });
    Object.assign(this, {
      query: new URLSearchParams(), ...blank(), tried: false, busy: false, waiting: false, refused: {}, notes: [],
      restored: null, settingFaults: new Map(),
    });
    this.#resume();
    this.watch(this.uploads, () => {
      this.#keep();
      this.#arrived();
    });
    this.watch(pipelines, () => this.#arrived());
    this.watch(palette);
  }

  connectedCallback() {
    super.connectedCallback();
    setTitle(t('new_task.title'));
    pipelines.follow();
    this.listen(window, 'beforeunload', (event) => this.uploads.busy && event.preventDefault());
    this.listen(document, 'paste', (event) => this.#pasted(event));
    this.until(() => this.uploads.stop());
  }

  updated() {
    this.uploads.check();
  }

  #resume() {
    const found = keptTask(drafts);
    if (!found) return;
    Object.assign(this, found.values, { restored: found.at });
    this.uploads.restore(found.items);
  }

  #keep() {
    keepTask(drafts, this, this.uploads.draft);
  }

  #discard = () => {
    Object.assign(this, blank(), { restored: null, tried: false, settingFaults: new Map() });
    this.uploads.clear();
    dropTask(drafts);
  };

  #faultOf = (file) => fileFault(file, this.#pipeline, (type) => palette.state.byId.get(type)?.entry);

  /** What was chosen of the chosen pipeline; each keeps its own while others are shown. */
  get #choice() {
    return this.choices[this.#pipeline?.name] ?? USUAL;
  }

  get #title() {
    return this.typed ?? titleOf(this.uploads.state.items);
  }

  get #pipeline() {
    const { items } = pipelines.state;
    if (!items) return null;
    const name = this.chosen ?? firstChoice(items, this.query.get('pipeline'), lastPipeline());
    return items.find((each) => each.name === name) ?? null;
  }

  render() {
    const found = this.tried ? new Map(this.#faults().filter(({ code }) => code !== 'busy').map(({ at, code }) => [at, t(`new_task.fault_${at}_${code}`)])) : new Map();
    const error = (at) => this.refused[at] ?? found.get(at);
    const asked = this.query.get('pipeline');
    const unknown = asked && pipelines.state.items && !this.chosen && !pipelines.state.items.some(({ name }) => name === asked);
    return html`<div class="page new-task"><a class="btn btn-quiet back-link" href="/tasks">${icon('left', 16)}${t('nav.tasks')}</a>
      <div class="page-head"><h1>${t('new_task.title')}</h1><a class="btn btn-quiet" href="/projects">${icon('folder', 16)}${t('new_task.projects')}</a></div>
      <form class="stack-lg" novalidate @submit=${this.#submit} @keydown=${this.#keys}>
        ${taskNotes(this.notes)}
        ${this.restored ? draftNotice({ at: this.restored, discard: this.#discard }) : nothing}
        <cb-inputs .offers=${offers(this.#pipeline)} .faultOf=${this.#faultOf} .turn=${this.#pipeline} .uploads=${this.uploads} .error=${error('input')} @inputs-changed=${() => this.#clear('input')}></cb-inputs>
        ${unknown ? html`<div class="notice notice-wait">${icon('warn')}<p>${t('new_task.unknown_pipeline', { name: asked })}</p></div>` : nothing}
        <cb-pipeline-choice .items=${pipelines.state.items} .problem=${pipelines.state.problem} .chosen=${this.#pipeline} .error=${error('pipeline')}
          @choose=${({ detail }) => this.#choose(detail.name)}></cb-pipeline-choice>
        ${betterPipeline({
          pipelines: pipelines.state.items ?? [], chosen: this.#pipeline, items: this.uploads.state.items,
          choose: (name) => this.#choose(name),
        })}
        <cb-task-stages .pipeline=${this.#pipeline} .choice=${this.#choice} .error=${error('stages')} .faults=${this.settingFaults}
          @choice=${({ detail }) => this.#stages(detail.choice)}></cb-task-stages>
        ${taskDetails({
          title: this.#title, description: this.description, error, set: (name, text) => this.#type(name, text),
        })}
        ${taskFoot({
          items: this.uploads.state.items, sending: this.uploads.busy, busy: this.busy, waiting: this.waiting,
        })}
      </form></div>`;
  }

  #type(name, text) {
    this[name === 'title' ? 'typed' : name] = text;
    this.#keep();
    this.#clear(name);
  }

  #choose(name) {
    this.chosen = name;
    this.#keep();
    this.#clear('pipeline');
  }

  #stages(choice) {
    this.choices = { ...this.choices, [this.#pipeline.name]: choice };
    this.settingFaults = new Map();
    this.#keep();
    this.#clear('stages');
  }

  #faults() {
    const { input, busy, failed } = this.uploads;
    const inputs = inputFaults(this.uploads.state.items, this.#faultOf);
    return faults({
      title: this.#title, pipeline: this.#pipeline, coming: pipelines.coming, input, busy, failed, ...inputs,
      needed: needsInput(this.#pipeline), stages: this.#sent.stages,
    });
  }

  /** What is said of stages and settings when the task is made. */
  get #sent() {
    if (!this.#pipeline) return {};
    return bodyOf(stagesOf(this.#pipeline, (type) => palette.state.byId.get(type)?.entry), this.#choice);
  }

  #clear(at) {
    if (this.refused[at]) this.refused = { ...this.refused, [at]: null };
    if (this.notes.length) this.notes = [];
  }

  #submit = async (event) => {
    event.preventDefault();
    await this.#try();
  };

  /** Starts now, or as soon as the files and the pipelines that are still on their way have arrived. */
  async #try() {
    this.tried = true;
    const found = this.#faults();
    if (!this.querySelector('cb-task-stages').check()) found.push({ at: 'settings', code: 'wrong' });
    this.waiting = found.length > 0 && found.every(({ code }) => code === 'busy');
    if (this.waiting) announce(t(waitingFor(this.uploads.busy)));
    else if (found.length) this.#focusFirst();
    else if (!this.busy) await this.#start();
  }

  #arrived() {
    if (!this.waiting || this.uploads.busy || pipelines.coming) return;
    this.waiting = false;
    this.#try();
  }

  async #start() {
    const { body, key } = this.#request.of({
      title: this.#title, description: this.description, pipeline: this.#pipeline.name, input: this.uploads.input,
      ...this.#sent,
    });
    Object.assign(this, { busy: true, notes: [], refused: {}, settingFaults: new Map() });
    try {
      const { id } = await api.post('/api/tasks', body, { key });
      rememberPipeline(body.pipeline);
      dropTask(drafts);
      router.navigate(`/tasks/${encodeURIComponent(id)}`);
    } catch (problem) {
      this.#turnedDown(problem);
    } finally {
      this.busy = false;
    }
  }

  #turnedDown(problem) {
    if (problem.offline || problem.status >= 500) {
      this.notes = [problemText(problem)];
      return;
    }
    this.#request.forget();
    const { inputs, settings, rest, ...at } = objections(problem);
    for (const [index, detail] of inputs) if (!this.uploads.refuse(index, detail)) rest.push(detail);
    Object.assign(this, { refused: at, settingFaults: settings, notes: rest });
    this.#focusFirst();
  }

  async #focusFirst() {
    await this.updateComplete;
    await Promise.all([...this.querySelectorAll('cb-inputs, cb-pipeline-choice, cb-task-stages, cb-form')].map((each) => each.updateComplete));
    await showFirst(this, '.notice-bad');
  }

  #keys = (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.#submit(event);
  };

  #pasted(event) {
    if (!takePasted(event, this.uploads)) return;
    event.preventDefault();
    this.#clear('input');
  }
}

customElements.define('cb-new-task', CbNewTask);
