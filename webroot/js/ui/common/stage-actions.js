/*
 * What a person can do with palette entries, from rows, details, keys and toasts alike.
 *
 *   stageDialog.state     // null, or { mode: 'new'|'edit', item, definition } while the dialog is asked for
 */
import { t } from '../../core/i18n.js';
import { copyOf, definitionOf } from '../../core/definition.js';
import { outbox, palette } from '../../core/palette.js';
import { pipelines, usersOf } from '../../core/pipelines.js';
import { router } from '../../core/router.js';
import { Store } from '../../core/store.js';
import { idFromName } from '../../core/text.js';
import { toast } from '../../core/toasts.js';
import { fmt } from '../../core/i18n.js';

/** How long something deleted can be brought back from its message. */
export const UNDO_MS = 8_000;

export const stageDialog = new Store({ open: null });

export function openNew() {
  stageDialog.set({ open: { mode: 'new', item: null, definition: null } });
}

export function openEdit(item) {
  if (!item?.entry.custom) return;
  const refused = item.pending === 'rejected' || item.pending === 'conflict';
  const mode = refused && item.op?.kind === 'add' ? 'new' : 'edit';
  stageDialog.set({ open: { mode, item, definition: definitionOf(item.entry), refused: refused ? item.op : null } });
}

export function openCopy(item) {
  const name = t('stage.copy_of', { name: item.title });
  const id = idFromName(name, (taken) => palette.state.byId.has(taken));
  stageDialog.set({ open: { mode: 'new', item: null, definition: copyOf(item.entry, name, id) } });
}

export function closeDialog() {
  stageDialog.set({ open: null });
}

/** What the server says of these is for people, though they are failures of the server. */
const SAID = new Set(['stages_file_unreadable', 'search_unavailable']);

export function problemText(problem) {
  if (problem instanceof RangeError) return t('outbox.full');
  if (problem.offline) return t('problem.unreachable');
  if (problem.status >= 500 && !SAID.has(problem.code)) return t('problem.unexpected');
  return problem.detail || problem.title || problem.code;
}

/** Removes at once and offers to take it back; a stage that pipelines use stays. */
export async function removeStage(item) {
  if (!item?.entry.custom || item.gone) return;
  if (!pipelines.state.items) await pipelines.load();
  const users = usersOf(pipelines.state.items, item.id);
  if (users.length) {
    const open = { label: t('stage.open_pipeline', { name: users[0] }), testid: 'open-pipeline', run: () => router.navigate(`/pipelines/${encodeURIComponent(users[0])}`) };
    toast(t('stage.in_use', { name: item.title, pipelines: fmt.list(users) }), { tone: 'bad', ms: UNDO_MS, action: open });
    return;
  }
  const shown = router.state.path === '/' && router.state.query.get('stage') === item.id;
  if (shown) router.navigate('/', { replace: true });
  const { entry, title } = item;
  try {
    const answered = palette.remove(item);
    const undo = { label: t('undo'), testid: 'undo', run: () => bringBack(entry, shown) };
    const close = toast(t('stage.removed', { name: title }), { ms: UNDO_MS, action: undo });
    const outcome = await answered;
    if (outcome.status !== 'rejected') return;
    close();
    if (outcome.problem.status !== 412) dropRefused(item.id);
    toast(problemText(outcome.problem), { tone: 'bad', ms: UNDO_MS });
  } catch (problem) {
    toast(problemText(problem), { tone: 'bad' });
  }
}

/** @param show  whether its page was shown, and is to be shown again */
export async function bringBack(entry, show = false) {
  if (show) router.navigate(`/?stage=${encodeURIComponent(entry.id)}`, { replace: true });
  const unsent = outbox.state.ops.find(({ id, kind, attempts }) => id === entry.id && kind === 'remove' && attempts === 0);
  if (unsent) {
    outbox.discard(unsent.key);
    return;
  }
  try {
    const outcome = await palette.add(definitionOf(entry));
    if (outcome.status !== 'rejected') return;
    dropRefused(entry.id);
    toast(problemText(outcome.problem), { tone: 'bad' });
  } catch (problem) {
    toast(problemText(problem), { tone: 'bad' });
  }
}

function dropRefused(id) {
  for (const { key, id: of, status } of outbox.state.ops) if (of === id && status === 'rejected') outbox.discard(key);
}

/** What was written and refused is gone with it: it can be taken back. */
export function discard(item) {
  if (!item.op) return;
  const putBack = outbox.discard(item.op.key);
  toast(t('stage.discarded', { name: item.title }), { ms: UNDO_MS, action: { label: t('undo'), testid: 'undo', run: putBack } });
}

/** After "changed by another user": write mine over theirs, from the revision that is theirs now. */
export async function keepMine(item) {
  const { op } = item;
  const theirs = palette.known(item.id);
  outbox.discard(op.key);
  let again;
  if (op.kind === 'remove') again = theirs && palette.remove(theirs);
  else again = theirs ? palette.replace(theirs, op.definition) : palette.add(op.definition);
  const outcome = await again;
  if (outcome?.status === 'rejected') toast(problemText(outcome.problem), { tone: 'bad' });
}
