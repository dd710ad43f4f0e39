/* Brings what keeps a result from being approved into sight, with the focus on it. */
import { reveal } from '../common/first-fault.js';

const PLACES = {
  output: ['cb-manual [aria-invalid="true"]', '[data-testid="manual-output"]'],
  questions: ['cb-answers [aria-invalid="true"]'],
  selected: ['[data-testid="output"] input:is([type="radio"], [type="checkbox"]):not([name^="view-"], [name^="version-"])'],
};

/**
 * @param step  the element of the step
 * @param at    of lacks()
 */
export async function showLacking(step, at) {
  await step.querySelector('cb-manual')?.check();
  await new Promise(requestAnimationFrame);
  const field = [...(PLACES[at] ?? []), 'cb-approval [aria-invalid="true"]', '[aria-invalid="true"]']
    .map((each) => step.querySelector(each)).find(Boolean);
  reveal(field);
}
