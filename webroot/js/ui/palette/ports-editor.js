/* The ports of one side while they are edited: name and type, add, remove. */
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '../../core/i18n.js';
import { newPort } from '../../core/stage-draft.js';
import { textField } from '../common/field.js';
import { icon } from '../common/icons.js';
import { portShape } from '../common/ports.js';

/** `change(ports)` gets the new list; `error(pointer)` and `left(pointer)` are the dialog's. */
export function portsEditor({ side, ports, change, error, left }) {
  const base = `/ports/${side}`;
  const patch = (i, values) => change(ports.with(i, { ...ports[i], ...values }));
  const retype = (i, type) => patch(i, ports[i].name === ports[i].type || ports[i].name === '' ? { type, name: type } : { type });
  const add = () => change([...ports, newPort('text', freeName(ports))]);
  return html`<fieldset class="rows-editor">
    <legend class="label">${t(`ports.${side}`)}</legend>
    ${error(base) ? html`<p class="error-text">${error(base)}</p>` : nothing}
    ${ports.length ? nothing : html`<p class="hint muted tiny">${t(`ports.no_${side}`)}</p>`}
    ${repeat(ports, ({ row }) => row, (port, i) => html`<div class="port-row" data-testid="port-row">
      <span class="port-row-shape">${portShape(port.type, 14)}</span>
      ${textField({ id: `${side}-${port.row}-type`, label: t('ports.type'), value: port.type, list: 'port-types', testid: `${side}-type`,
        set: (type) => retype(i, type), left: () => left(`${base}/${i}/type`), error: error(`${base}/${i}/type`) })}
      ${textField({ id: `${side}-${port.row}-name`, label: t('ports.name'), value: port.name, testid: `${side}-name`,
        set: (name) => patch(i, { name }), left: () => left(`${base}/${i}/name`), error: error(`${base}/${i}/name`) })}
      <button class="btn btn-quiet btn-icon" type="button" aria-label=${t('ports.remove', { name: port.name || port.type })}
        @click=${() => change(ports.toSpliced(i, 1))}>${icon('close', 16)}</button>
    </div>`)}
    <button class="btn btn-sm" type="button" data-testid="add-${side}" @click=${add}>${icon('plus', 14)}${t(`ports.add_${side}`)}</button>
  </fieldset>`;
}

function freeName(ports) {
  const names = new Set(ports.map(({ name }) => name));
  if (!names.has('text')) return 'text';
  let n = 2;
  while (names.has(`text${n}`)) n++;
  return `text${n}`;
}
