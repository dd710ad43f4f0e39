/* One line of a log: its number, its level where it is no plain news, and its text in colours. */
import { html, nothing } from 'lit';
import { spansOf } from '../../core/ansi.js';
import { t } from '../../core/i18n.js';
import { marked } from '../../core/log-model.js';

const parsed = new WeakMap();

function spans(line) {
  if (!parsed.has(line)) parsed.set(line, spansOf(line.text));
  return parsed.get(line);
}

export function logLine(line, query, current) {
  const pieces = query ? marked(spans(line), query) : spans(line);
  const loud = line.level === 'warn' || line.level === 'error';
  return html`<div class="log-line" data-seq=${line.seq} data-level=${loud ? line.level : nothing} data-current=${current ? '' : nothing}><span class="log-no" title=${line.at ?? nothing}>${line.seq}</span><span class="log-level" aria-hidden="true">${loud ? line.level === 'warn' ? '!' : '×' : ''}</span><span class="log-text">${loud ? html`<span class="visually-hidden">${t(`log.${line.level}`)} </span>` : nothing}${pieces.map(piece)}</span></div>`;
}

function piece({ text, look, hit }) {
  if (hit) return html`<mark class=${look || nothing}>${text}</mark>`;
  return look ? html`<span class=${look}>${text}</span>` : text;
}
