/*
 * Lists of what tasks make are read anew when a task has gone a stage further or ended.
 *
 *   this.until(whenTasksMove(tasks, () => this.#read(), { busy: () => this.busy }));     // answers what ends it
 *
 * `tasks` as in tasks.js. Many moves in a short time are one; while the page reads anyway (`busy`), it waits. The
 * snapshot with which the feed begins is no news, one after a break is. No DOM.
 */
const SOON_MS = 1_200;

export function whenTasksMove(tasks, refresh, { busy = () => false, after = setTimeout, cancel = clearTimeout } = {}) {
  const known = new Map();
  let timer = null;
  let first = !tasks.state.ready;
  const moved = ({ kind, task }) => {
    if (kind === 'snapshot') {
      const news = !first;
      first = false;
      return news;
    }
    if (!task || kind === 'removed') return false;
    const now = `${task.status} ${task.current_stage_id ?? ''}`;
    const before = known.get(task.id);
    known.set(task.id, now);
    return before !== now && task.status !== 'pending';
  };
  const due = () => {
    if (busy()) {
      timer = after(due, SOON_MS);
      return;
    }
    timer = null;
    refresh();
  };
  const stop = tasks.listen((frames) => {
    const any = frames.map(moved).some(Boolean);
    if (any && timer === null) timer = after(due, SOON_MS);
  });
  tasks.start();
  return () => {
    stop();
    if (timer !== null) cancel(timer);
  };
}
