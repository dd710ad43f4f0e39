/*
 * What a screen reader hears.
 *
 *   announce('Saved');                                    // politely, soon
 *   announceLater('palette', ({ n }) => t('…', { n }));   // counted for 2 s, then said once
 *
 * cb-app draws the one live region, from `spoken`.
 */
import { Store } from './store.js';

const GATHER_MS = 2_000;

export const spoken = new Store({ text: '', turn: 0 });
const gathering = new Map();

export function announce(text) {
  spoken.set({ text, turn: spoken.state.turn + 1 });
}

/** Many small changes of one `subject` become one sentence, `say({ n, last })`. */
export function announceLater(subject, say, last = null) {
  const waiting = gathering.get(subject);
  if (waiting) {
    waiting.n++;
    Object.assign(waiting, { say, last });
    return;
  }
  const entry = { n: 1, say, last };
  gathering.set(subject, entry);
  setTimeout(() => {
    gathering.delete(subject);
    announce(entry.say({ n: entry.n, last: entry.last }));
  }, GATHER_MS);
}
