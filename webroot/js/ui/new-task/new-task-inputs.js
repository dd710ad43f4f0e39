/* What the inputs of a new task lead to: a pipeline that fits them better, and inputs that are pasted. */
import { html, nothing } from 'lit';
import { addressIn } from '../../core/address.js';
import { t } from '../../core/i18n.js';
import { betterFor } from '../../core/source-fit.js';
import { icon } from '../common/icons.js';

/** A notice when another pipeline takes what `items` are better than the chosen one. */
export function betterPipeline({ pipelines, chosen, items, choose }) {
  const worth = ({ kind, size, text }) => (kind === 'file' ? size > 0 : kind === 'url' && addressIn(text));
  const given = items.filter(worth);
  const [better] = betterFor(pipelines, chosen, given);
  if (!better) return nothing;
  const { name } = better;
  const url = given.some(({ kind }) => kind === 'url');
  return html`<div class="notice" data-testid="better-pipeline">${icon('info')}
    <p class="grow">${url ? t('new_task.better_url', { name }) : t('new_task.better', { name, n: given.length })}</p>
    <button class="btn btn-sm" type="button" @click=${() => choose(name)}>${t('new_task.use', { name })}</button></div>`;
}

/** Files, or text while nothing is being typed, pasted anywhere on the page become inputs; whether they did. */
export function takePasted({ clipboardData, target }, uploads) {
  const { files } = clipboardData ?? {};
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(target?.tagName ?? '');
  const text = clipboardData?.getData('text/plain') ?? '';
  if (files?.length) uploads.addFiles(files);
  else if (!typing && addressIn(text)) uploads.addUrl(text.trim());
  else if (!typing && text.trim()) uploads.addText(text);
  else return false;
  return true;
}
