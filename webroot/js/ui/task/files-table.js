/* Files in the content store: name, type, size, and a link to each. */
import { html, nothing } from 'lit';
import { fmt, t } from '../../core/i18n.js';
import { icon } from '../common/icons.js';

export function fileLink({ sha256, blob, name }) {
  const id = sha256 ?? blob;
  const label = name || t('input.unnamed');
  if (!id) return html`<span class="file-name">${label}</span>`;
  return html`<a class="file-name" href="/api/blobs/${encodeURIComponent(id)}" download=${name || id.slice(0, 12)} aria-label=${t('input.download', { name: label })}>${label}</a>`;
}

export function filesTable(files) {
  return html`<ul class="files">${files.map((file) => html`<li class="file">${icon('source', 18)}
    <div class="grow"><p>${fileLink(file)}</p>
      <p class="muted tiny">${[file.media_type, file.size === undefined || file.size === null ? null : fmt.bytes(file.size)].filter(Boolean).join(' · ')}
        ${file.sha256 || file.blob ? html`· <code title=${file.sha256 ?? file.blob}>${(file.sha256 ?? file.blob).slice(0, 12)}</code>` : nothing}</p>
      ${file.text ? html`<p class="small file-text">${file.text.slice(0, 300)}</p>` : nothing}</div></li>`)}</ul>`;
}
