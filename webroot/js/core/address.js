/*
 * The addresses from which a task's files are fetched. No DOM.
 *
 *   addressIn(text)       // the address that a text is and nothing else, or null
 *   addressFault(text)    // null, or what keeps it from being one: 'form', or 'user' (it has a user name, or more)
 */
const ADDRESS = /^https?:\/\/[^\s/]+\S*$/i;
const USER = /^https?:\/\/[^/?#]*@/i;

export function addressIn(text) {
  const line = text.trim();
  return ADDRESS.test(line) ? line : null;
}

export function addressFault(text) {
  const address = addressIn(text);
  if (!address) return 'form';
  return USER.test(address) ? 'user' : null;
}
