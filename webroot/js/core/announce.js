/*
 * What a screen reader hears.
 *
 *   announce('Saved');                                    // politely, soon
 *   announceLater('palette', (n) => t('…', { n }), 3);    // added up for 2 s, then said once
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

/** Many small changes of one `subject` become one sentence, `say(how many)`. */
export function announceLater(subject, say, n = 1) {
  const entry = gathering.get(subject);
  if (entry) {
    entry.n += n;
    entry.say = say;
    return;
  }
  gathering.set(subject, { n, say });
  setTimeout(() => {
    const { n: total, say: sentence } = gathering.get(subject);
    gathering.delete(subject);
    announce(sentence(total));
  }, GATHER_MS);
}
