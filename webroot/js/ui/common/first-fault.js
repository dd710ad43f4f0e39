/*
 * Brings the first field that a form complains about into sight, with its error, and puts the focus on it.
 *
 *   await showFirst(form)                 // of the element, once it is drawn
 *   await showFirst(form, '.notice-bad')  // or the first of these
 */

export async function showFirst(form, others = '') {
  await form.updateComplete;
  // What stands in elements of their own is drawn a moment after the form.
  await new Promise(requestAnimationFrame);
  reveal(form.querySelector(['[aria-invalid="true"]', others].filter(Boolean).join(', ')));
}

/** Shows a field with what is said of it, which stands below: in the middle there is room for both. */
export function reveal(field) {
  if (!field) return;
  for (let within = field.closest('details'); within; within = within.parentElement.closest('details')) within.open = true;
  field.scrollIntoView({ block: 'center' });
  field.focus({ preventScroll: true });
}
