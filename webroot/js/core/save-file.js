/*
 * Copying and saving text.
 *
 *   await copyText(text);                    // answers whether it went
 *   saveText('parse.log', text);             // as a file, by the browser's own dialog or folder
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** Pages that are not served over a secure origin have no clipboard interface. */
function copyBySelection(text) {
  const field = document.createElement('textarea');
  field.className = 'visually-hidden';
  field.value = text;
  (document.querySelector('dialog[open]') ?? document.body).append(field);
  const before = document.activeElement;
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  before?.focus?.();
  return done;
}

export function saveText(name, text, type = 'text/plain') {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  Object.assign(link, { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
