/* Where the results of a pipeline go. */
import { html } from 'lit';
import { fmt, t } from '../../core/i18n.js';
import { SINKS } from '../../core/pipeline-examples.js';

export function sinksSection(sinks = []) {
  return html`<section aria-labelledby="sinks-title" data-testid="sinks">
    <h2 id="sinks-title">${t('sinks.where')}</h2>
    ${sinks.length ? html`<ul class="resolved">${sinks.map(sinkCard)}</ul>` : html`
      <div class="card card-body stack triggers-none" data-testid="no-sinks"><p class="strong">${t('sinks.none')}</p>
        <p class="muted">${t('sinks.none_hint')}</p>
        <pre class="code" tabindex="0" role="region" aria-label=${t('sinks.example')}><code>${SINKS}</code></pre></div>`}
  </section>`;
}

function sinkCard({ name, type, after = [], config = {} }) {
  const from = [after].flat();
  return html`<li class="card resolved-stage" data-testid="sink" data-name=${name} tabindex="-1">
    <header class="card-head"><h3 class="grow" dir="auto">${name}</h3>
      <span class="badge">${t(`sinks.type.${type}`)}</span></header>
    <dl class="pairs">
      <div class="pair"><dt>${t('pipeline.after')}</dt>
        <dd>${from.length ? fmt.list(from) : t('sinks.last')}</dd></div>
      ${Object.entries(config).map(([key, value]) => html`<div class="pair"><dt><code>${key}</code></dt>
        <dd><code class="pair-value">${typeof value === 'string' ? value : JSON.stringify(value)}</code></dd></div>`)}
    </dl></li>`;
}
