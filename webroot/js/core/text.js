/* Text for comparing: lower case, no accents. */
export function fold(text) {
  const lower = text.toLowerCase();
  return /^[\x00-\x7f]*$/.test(lower) ? lower : lower.normalize('NFKD').replace(/\p{M}+/gu, '');
}

/** What the server says of a value ("must be a text"), as the sentence of its own that it is on a page. */
export function sentence(detail) {
  return detail ? detail[0].toUpperCase() + detail.slice(1) : detail;
}

const ID = /^[a-z][a-z0-9._-]{0,63}$/;

export function isId(text) {
  return ID.test(text);
}

/** An id made from a name: "Licence check" → `licence-check`; a number is added while it is taken. */
export function idFromName(name, taken = () => false) {
  let id = fold(name)
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
  if (id && !/^[a-z]/.test(id)) id = `stage-${id}`;
  id = id.slice(0, 64).replace(/[^a-z0-9]+$/, '');
  if (!id || !taken(id)) return id;
  for (let n = 2; ; n++) {
    const tail = `-${n}`;
    const candidate = id.slice(0, 64 - tail.length) + tail;
    if (!taken(candidate)) return candidate;
  }
}
