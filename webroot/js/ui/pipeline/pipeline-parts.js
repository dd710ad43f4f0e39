/* Templates of the pipeline screen: a stage with where each of its values comes from, and the kept versions. */
import { html, nothing } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { preview } from '../../core/json-view-model.js';
import { nameOf } from '../../core/who.js';
import '../common/cb-time.js';

/** What this pipeline itself says stands out against what it takes from elsewhere. */
const OWN = new Set(['pipeline', 'override', 'plugin']);

export function resolvedStage({ name, type, policy, gate, inputs = {}, depends_on: needs = [], resolved = {} }, number) {
  const { state_key: keys, dependencies, config = {}, origin, plugin, available, reason } = resolved;
  const settings = Object.entries(config);
  const defaults = settings.filter(([, { from }]) => from === 'default');
  const set = settings.filter(([, { from }]) => from !== 'default');
  const wanted = [dependencies?.value ?? []].flat();
  return html`<li class="card resolved-stage" data-testid="resolved-stage" data-name=${name} tabindex="-1">
    <header class="card-head"><span class="outline-number" aria-hidden="true">${number}</span><h3 class="grow">${name}</h3>
      <span class="row-wrap"><a class="resolved-type" href="/?stage=${encodeURIComponent(type)}"><code>${type}</code></a>
      ${plugin ? html`<span class="badge badge-plugin">${plugin}</span>` : origin ? html`<span class="badge">${t(`origin.${origin}`)}</span>` : nothing}
      ${available === false ? html`<span class="badge badge-wait">${t('palette.unavailable')}</span>` : nothing}</span></header>
    ${available === false && reason ? html`<p class="small resolved-reason">${reason}</p>` : nothing}
    <dl class="pairs">
      ${needs.length ? pair(t('pipeline.after'), needs.join(', '), 'pipeline') : nothing}
      ${Object.entries(inputs).map(([port, from]) => pair(t('pipeline.port', { port }), from, 'pipeline'))}
      ${policy ? pair(t('pipeline.policy'), policy, 'pipeline') : nothing}
      ${gate ? pair(t('pipeline.gate'), gate, 'pipeline') : nothing}
      ${keys ? pair(t('pipeline.state_key'), [keys.value ?? []].flat().join(', ') || t('pipeline.none_set'), keys.from) : nothing}
      ${wanted.length ? pair(t('pipeline.needs'), wanted.join(', '), dependencies.from) : nothing}
      ${set.map(setting)}
    </dl>
    ${defaults.length ? html`<details class="resolved-defaults"><summary>${t('pipeline.defaults', { n: defaults.length })}</summary><dl class="pairs">${defaults.map(setting)}</dl></details>` : nothing}</li>`;
}

function setting([key, { value, from }]) {
  return pair(html`<code>${key}</code>`, value !== null && typeof value === 'object' ? JSON.stringify(value) : preview(value), from);
}

function pair(label, value, from) {
  return html`<div class="pair"><dt>${label}</dt><dd><code class="pair-value">${value}</code>
    ${from ? html`<span class="badge ${OWN.has(from) ? 'badge-accent' : ''}" title=${t(`pipeline.from_${from}_hint`)}>${t(`pipeline.from_${from}`)}</span>` : nothing}</dd></div>`;
}

/** The kept states, newest first. */
export function versionsTable(versions) {
  const label = (name) => t(`pipeline.${name}`);
  return html`<section><h2>${t('pipeline.versions')}</h2>
    <div class="card table-wrap" tabindex="0" role="region" aria-label=${t('pipeline.versions')}><table class="table table-cards" data-testid="versions">
    <thead><tr>${['revision', 'version', 'changed', 'by'].map((name) => html`<th scope="col">${label(name)}</th>`)}</tr></thead>
    <tbody>${versions.map(({ revision, version, changed_at: at, changed_by: by, source, deleted }) => html`<tr data-testid="version" data-revision=${revision}>
      <th scope="row" data-label=${label('revision')}>${revision}</th><td data-label=${label('version')}>${version || '–'}${deleted ? html` <span class="badge badge-bad">${t('pipeline.removed')}</span>` : nothing}</td>
      <td data-label=${label('changed')}><cb-age .at=${at} .ago=${true}></cb-age></td><td data-label=${label('by')}>${by ? nameOf(by) : source === 'file' ? t('pipeline.from_file') : '–'}</td></tr>`)}</tbody></table></div></section>`;
}
