/*
 * Which element shows which kind of output. To add a view, add a line: the kind of output-kind.js and
 * its template. An element of its own sets no more than `.value`.
 */
import { html } from 'lit';
import { documentsOf } from '../core/output-kind.js';
import { filesTable } from './files-table.js';
import './cb-chunks.js';
import './cb-document.js';
import './cb-json.js';
import './cb-raw.js';

const VIEWS = {
  documents: (value) => html`<cb-document .documents=${documentsOf(value)}></cb-document>`,
  chunks: (value) => html`<cb-chunks .value=${value}></cb-chunks>`,
  files: (value) => filesTable(value),
  text: (value) => html`<cb-raw .value=${value} .wrap=${true}></cb-raw>`,
  json: (value) => html`<cb-json .value=${value}></cb-json>`,
  raw: (value) => html`<cb-raw .value=${value}></cb-raw>`,
};

export function outputView(kind, value) {
  return (VIEWS[kind] ?? VIEWS.json)(value);
}
