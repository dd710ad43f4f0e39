/*
 * A labelled field with hint and error, wired for screen readers.
 *
 *   field({ id, label, hint, error, required }, (wiring) => html`<input class="input" id=${id} …wired>`)
 *   textField({ id, label, value, set, left, error, … })      // one line; `set` with every letter
 *   textField({ id, label, value, whenLeft, … })              // `whenLeft` with the text once it is left: until then
 *                                                             // nothing that is drawn anew takes away what is typed
 */
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';

export function field({ id, label, hint, error, required, quiet = false }, control) {
  const says = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ') || nothing;
  return html`<div class="field">
    <label for=${id} class=${quiet ? 'visually-hidden' : nothing}>${label}${required ? html`<span class="required-mark" aria-hidden="true"> *</span>` : nothing}</label>
    ${control({ says, invalid: error ? 'true' : nothing })}
    ${hint ? html`<span class="hint" id="${id}-hint">${hint}</span>` : nothing}
    ${error ? html`<span class="error" id="${id}-error" data-testid="${id}-error">${error}</span>` : nothing}
  </div>`;
}

export function textField({
  value, set, left, whenLeft, testid, mono, list, mode, readonly = false, lines = 0, type = 'text', ...labels
}) {
  const { id, required } = labels;
  const shape = `${lines ? 'textarea' : 'input'} ${mono ? 'mono' : ''}`;
  const shown = whenLeft ? value : live(value);
  const typed = whenLeft ? nothing : ({ target }) => set(target.value);
  const done = whenLeft ? ({ target }) => whenLeft(target.value) : left ?? nothing;
  return field(labels, ({ says, invalid }) => (lines
    ? html`<textarea dir="auto" class=${shape} id=${id} rows=${lines} data-testid=${testid ?? nothing} aria-describedby=${says} aria-invalid=${invalid}
        .value=${shown} ?readonly=${readonly} @input=${typed} @blur=${done}></textarea>`
    : html`<input dir="auto" class=${shape} id=${id} type=${type} inputmode=${mode ?? nothing} autocomplete="off"
        data-testid=${testid ?? nothing} list=${list ?? nothing}
        aria-describedby=${says} aria-invalid=${invalid} aria-required=${required ? 'true' : nothing}
        .value=${shown} ?readonly=${readonly} @input=${typed} @blur=${done}>`));
}

export function selectField({ value, set, options, testid, ...labels }) {
  return field(labels, ({ says, invalid }) => html`<select class="select" id=${labels.id} data-testid=${testid ?? nothing}
    aria-describedby=${says} aria-invalid=${invalid} @change=${({ target }) => set(target.value)}>
    ${options.filter(({ group }) => !group).map(option(value))}
    ${[...new Set(options.map(({ group }) => group).filter(Boolean))].map((group) => html`<optgroup label=${group}>
      ${options.filter((each) => each.group === group).map(option(value))}</optgroup>`)}</select>`);
}

const option = (chosen) => ({ value, label }) => html`<option value=${value} .selected=${value === chosen}>${label}</option>`;
