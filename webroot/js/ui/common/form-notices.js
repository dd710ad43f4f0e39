/* Over the fields of a dialog: what somebody else saved meanwhile, else that what is in them was kept as a draft. */
import { nothing } from '../../core/base.js';
import { conflictNotice } from './conflict-notice.js';
import { draftNotice } from './draft-notice.js';

/**
 * @param form   a FormDraft
 * @param text   a sentence that says whose save is in the way
 * @param label  (key) → what the field is called
 * @param save   () → saves the form; keeping mine does so at once
 */
export function formNotices(form, { text, label, save, busy = false }) {
  const { conflicts, restored } = form.state;
  if (conflicts.length) {
    const parts = conflicts.map((each) => ({ ...each, label: label(each.key) }));
    const mine = () => {
      form.keepMine();
      save();
    };
    return conflictNotice({ text, parts, mine, theirs: () => form.takeTheirs(), busy });
  }
  return restored ? draftNotice({ at: restored, discard: () => form.discard() }) : nothing;
}
