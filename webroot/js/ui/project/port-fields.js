/* The fields of a stage's input ports: which other stage feeds each. */
import { html, nothing } from 'lit';
import { t } from '../../core/i18n.js';
import { escape } from '../../core/schema-form.js';
import { selectField } from '../common/field.js';

/** @param from what may be chosen; what is said already, a source among it, stays a choice */
export function portFields({ ports, inputs, errors, from, set }) {
  if (ports.length === 0 || from.length === 0) return nothing;
  const chosen = Object.values(inputs).some(Boolean);
  const options = (port) => {
    const now = inputs[port];
    const values = now && !from.includes(now) ? [now, ...from] : from;
    return [{ value: '', label: t('template.port_previous') }, ...values.map((value) => ({ value, label: value }))];
  };
  return html`<details class="port-fields" ?open=${chosen} data-testid="template-ports">
    <summary class="template-schema">${t('template.ports')}</summary>
    <p class="hint">${t('template.ports_hint')}</p>
    <div class="form-grid">${ports.map(({ name, type }) => selectField({
      id: `port-${name}`, testid: `port-${name}`, label: t('template.port', { name, type }), value: inputs[name] ?? '',
      error: errors.get(`inputs/${escape(name)}`), options: options(name), set: (value) => set(name, value),
    }))}</div></details>`;
}
