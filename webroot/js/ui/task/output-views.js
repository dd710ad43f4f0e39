/*
 * Which element shows which kind of output. To add a view, add a line: the kind of output-kind.js and
 * its template. An element of its own sets no more than `.value`; what can be chosen from also gets
 * `.choice` while a person is asked, and `.taken` (ids) afterwards; documents get the `.place` that the address
 * names, chunks the `.source` that they were cut from.
 */
import { html, nothing } from 'lit';
import { besideFiles, documentsOf, failedOf } from '../../core/output-kind.js';
import { filesTable } from './files-table.js';
import '../common/cb-chunks.js';
import './cb-document.js';
import './cb-findings.js';
import './cb-json.js';
import './cb-md.js';
import './cb-options.js';
import './cb-pr.js';
import '../common/cb-raw.js';
import './cb-research.js';

const VIEWS = {
  documents: (value, { place }) => documents(value, place),
  chunks: (value, { source }) => html`<cb-chunks .value=${value} .source=${source ?? null}></cb-chunks>`,
  files: (value) => filesTable(value),
  with_files: (value) => html`${filesTable(value.files)}${beside(besideFiles(value))}`,
  text: (value) => html`<cb-raw .value=${value} .wrap=${true}></cb-raw>`,
  markdown: (value) => html`<div class="reading"><cb-md .value=${value} .level=${4}></cb-md></div>`,
  research: (value) => html`<cb-research .value=${value}></cb-research>`,
  options: (value, { choice, taken, name }) => html`<cb-options .value=${value} .choice=${choice} .taken=${taken} .name=${name}></cb-options>`,
  findings: (value, { choice, taken, name }) => html`<cb-findings .value=${value} .choice=${choice} .taken=${taken} .name=${name}></cb-findings>`,
  pr_preparation: (value) => html`<cb-pr .value=${value}></cb-pr>`,
  json: (value) => html`<cb-json .value=${value}></cb-json>`,
  raw: (value) => html`<cb-raw .value=${value}></cb-raw>`,
};

/** What a program said, or what else an object has. */
function beside(value) {
  if (value === undefined) return nothing;
  return VIEWS[typeof value === 'string' ? 'text' : 'json'](value);
}

function documents(value, place = null) {
  return html`<cb-document .documents=${documentsOf(value)} .failed=${failedOf(value)} .place=${place}></cb-document>`;
}

export function outputView(kind, value, context = {}) {
  return (VIEWS[kind] ?? VIEWS.json)(value, context);
}
