/*
 * The difference of two texts, line by line: what is removed from `before`, what is added in `after`.
 *
 *   <cb-diff .before=${theirs} .after=${mine} .label=${'…'} .names=${['Theirs', 'Mine']}></cb-diff>
 */
import { diffLines } from 'diff/lib/index.es6.js';
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { rowsOf } from '../../core/text-diff.js';

await useStyles('cb-diff');

const SIGN = { added: '+', removed: '−', same: ' ' };

class CbDiff extends CbElement {
  static properties = { before: {}, after: {}, label: {}, names: {} };
  #rows = [];

  willUpdate(changed) {
    if (changed.has('before') || changed.has('after')) this.#rows = rowsOf(diffLines(this.before ?? '', this.after ?? ''));
  }

  render() {
    const [before, after] = this.names ?? [t('diff.before'), t('diff.after')];
    return html`<div class="diff" data-testid="diff" role="region" tabindex="0" aria-label=${this.label ?? t('diff.label')}>
      <p class="diff-names tiny"><span data-kind="removed">− ${before}</span> <span data-kind="added">+ ${after}</span></p>
      <ol class="diff-lines">${this.#rows.map((row) => this.#row(row))}</ol>
      ${this.#rows.some(({ kind }) => kind !== 'gap') ? nothing : html`<p class="small muted">${t('diff.none')}</p>`}</div>`;
  }

  #row({ kind, text, n }) {
    if (kind === 'gap') return html`<li class="diff-gap tiny">${t('diff.gap', { n })}</li>`;
    const said = kind === 'same' ? nothing : html`<span class="visually-hidden">${t(`diff.${kind}`)}: </span>`;
    return html`<li class="diff-line" data-kind=${kind}><span class="diff-sign" aria-hidden="true">${SIGN[kind]}</span>
      <span class="diff-text">${said}${text}</span></li>`;
  }
}

customElements.define('cb-diff', CbDiff);
