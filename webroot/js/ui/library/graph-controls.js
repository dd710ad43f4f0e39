/*
 * What of the graph is shown: around which node and how far, of which type, how much of it, and the way to another
 * node.
 *
 *   graphControls({ ask, graph, types, go })      // go(patch): another address, see library-address.js
 */
import { html, nothing } from '../../core/base.js';
import { t } from '../../core/i18n.js';
import { LIMITS } from '../../core/library-address.js';
import { selectField } from '../common/field.js';
import { icon } from '../common/icons.js';
import { projectField } from './library-parts.js';
import './cb-node-find.js';

export function graphControls({ ask, graph, types, go }) {
  const { node, to, name, depth, type, limit, project } = ask;
  const label = (id) => graph?.byId.get(id)?.label ?? id;
  const find = (field, value, found) => html`<cb-node-find .name=${field} .label=${t(`graph.find_${field}`)}
    .value=${value}
    .known=${graph?.nodes ?? []} .project=${project} @found=${({ detail }) => found(detail.id)}></cb-node-find>`;
  return html`<search class="graph-controls" aria-label=${t('graph.controls')}>
    ${find('node', node ? label(node) : name, (id) => go({ node: id, to: '', name: '' }))}
    ${node ? find('to', to ? label(to) : '', (id) => go({ to: id })) : nothing}
    ${node && !to ? depthField(depth, go) : nothing}
    ${to ? nothing : selectField({
      id: 'graph-type', testid: 'graph-type', label: t('graph.type'), value: type, set: (value) => go({ type: value }),
      options: [{ value: '', label: t('graph.any_type') }, ...types.map(({ type: of }) => (
        { value: of, label: of.replaceAll('_', ' ') }))],
    })}
    ${to ? nothing : selectField({
      id: 'graph-limit', testid: 'graph-limit', label: t('graph.limit'), value: String(limit),
      set: (value) => go({ limit: Number(value) }),
      options: LIMITS.map((n) => ({ value: String(n), label: t('graph.at_most', { n }) })),
    })}
    ${projectField({ id: 'graph-project', value: project, set: (value) => go({ project: value, node: '', to: '' }) })}
    ${node || name || type ? html`<button class="btn btn-quiet graph-clear" type="button" data-testid="clear-graph"
      @click=${() => go({ node: '', to: '', name: '', type: '' })}>${icon('close', 14)}${t('graph.whole')}</button>` : nothing}</search>`;
}

function depthField(depth, go) {
  return html`<fieldset class="field"><legend class="label">${t('graph.depth')}</legend><div class="segmented">
    ${[1, 2, 3].map((n) => html`<label><input type="radio" name="graph-depth" value=${n} data-testid="depth-${n}" .checked=${n === depth}
      @change=${() => go({ depth: n })}><span>${n}</span></label>`)}</div></fieldset>`;
}
