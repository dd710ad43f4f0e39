/*
 * Lists of what tasks make are read anew when a task has gone a stage further or ended.
 *
 *   this.until(whenTasksMove(tasks, () => this.#read()));     // `tasks` as in tasks.js; answers what ends it
 *
 * Many moves in a short time are one. No DOM.
 */
const SOON_MS = 1_200;

export function whenTasksMove(tasks, refresh, { after = setTimeout, cancel = clearTimeout } = {}) {
  const known = new Map();
  let timer = null;
  const moved = ({ kind, task }) => {
    if (!task || kind === 'removed') return false;
    const now = `${task.status} ${task.current_stage_id ?? ''}`;
    const before = known.get(task.id);
    known.set(task.id, now);
    return before !== now && task.status !== 'pending';
  };
  const stop = tasks.listen((frames) => {
    const any = frames.map((frame) => frame.kind === 'snapshot' || moved(frame)).some(Boolean);
    if (!any || timer !== null) return;
    timer = after(() => {
      timer = null;
      refresh();
    }, SOON_MS);
  });
  tasks.start();
  return () => {
    stop();
    if (timer !== null) cancel(timer);
  };
}
