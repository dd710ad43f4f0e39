/* Where the result of a custom stage goes, to the ledger too, what it needs before it, and its version. */
import { html } from 'lit';
import { t } from '../../core/i18n.js';
import { textField } from '../common/field.js';

export function resultFields({ draft, change, error }) {
  const field = (key, pointer, name, lines = 0) => textField({
    id: `field-${name}`, testid: `field-${name}`, label: t(`dialog.${name}`), hint: t(`dialog.${name}_hint`), mono: true,
    lines, value: draft[key] ?? '', error: error(pointer), set: (value) => change({ [key]: value }, pointer),
  });
  return html`<fieldset class="rows-editor"><legend class="label">${t('dialog.result')}</legend><div class="form-grid">
    ${field('stateKeys', '/state_key', 'state_key')}
    ${field('needs', '/dependencies', 'needs')}
    ${field('version', '/version', 'version')}
    ${field('ledger', '/ledger', 'ledger', 2)}
  </div></fieldset>`;
}
