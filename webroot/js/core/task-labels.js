/*
 * The labels of a task as one text to type, and back. No DOM.
 *
 *   labelsText(['urgent', 'Q4'])    // 'urgent, Q4'
 *   labelsOf('urgent, , Q4')        // ['urgent', 'Q4']
 */
export function labelsText(labels = []) {
  return labels.join(', ');
}

export function labelsOf(text) {
  return text.split(',').map((label) => label.trim()).filter(Boolean);
}
