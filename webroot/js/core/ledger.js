/*
 * What a person types for the ledger. No DOM.
 *
 *   ledgerValue('true')        // { value: true, kind: 'boolean' }
 *   ledgerValue('on hold')     // { value: 'on hold', kind: 'text' }
 *   ledgerText({ pages: 3 })     // as it is typed: '{\n  "pages": 3\n}'
 *   ledgerKeyFault('Ready')    // 'form', 'missing' or null
 */
const KEY = /^[a-z][a-z0-9_]{0,63}$/;

/** JSON where it is JSON, else the text as it stands. */
export function ledgerValue(text) {
  const trimmed = text.trim();
  if (trimmed === '') return { value: '', kind: 'text' };
  try {
    const value = JSON.parse(trimmed);
    return { value, kind: kindOf(value) };
  } catch {
    return { value: text, kind: 'text' };
  }
}

/** A value as text that ledgerValue() reads as the same value: a text as it stands, unless it would be read as JSON. */
export function ledgerText(value) {
  if (typeof value === 'string' && ledgerValue(value).value === value) return value;
  return JSON.stringify(value, null, 2);
}

function kindOf(value) {
  if (value === null) return 'remove';
  if (Array.isArray(value)) return 'list';
  return { string: 'text', number: 'number', boolean: 'boolean', object: 'object' }[typeof value];
}

export function ledgerKeyFault(key) {
  if (key === '') return 'missing';
  return KEY.test(key) ? null : 'form';
}
