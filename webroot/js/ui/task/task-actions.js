/* Archiving, restoring, cancelling and retrying tasks, said and undone by a toast. */
import { t } from '../../core/i18n.js';
import { bulk } from '../../core/task-bulk.js';
import { toast } from '../../core/toasts.js';
import { problemText } from '../common/stage-actions.js';

/** Does an action for tasks and says what became of them; an archive can be undone. Returns whether it was sent. */
export async function actOn(action, ids) {
  try {
    const { done, refused } = await bulk(action, ids);
    if (done.length) toast(t(`bulk.${action}_done`, { n: done.length }), done.length && action === 'archive' ? undo(done) : {});
    if (refused.length) toast(t('bulk.refused', { n: refused.length, detail: refused[0].detail }), { tone: 'bad', ms: 8_000 });
    return true;
  } catch (problem) {
    toast(problemText(problem), { tone: 'bad', ms: 8_000 });
    return false;
  }
}

function undo(ids) {
  return { ms: 8_000, action: { label: t('undo'), testid: 'undo', run: () => actOn('restore', ids) } };
}
