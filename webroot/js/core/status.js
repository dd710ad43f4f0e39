/*
 * How each status of a task, a stage or an attempt looks: a tone, a shape and a word, never colour alone.
 *
 *   lookOf('failed')        // { tone: 'bad', shape: 'diamond', key: 'status.failed' }
 *   shownStatus('running', waitingFor)   // 'waiting' for what is held back or waits, else the status itself
 *   isOpen('running')       // can still be cancelled
 */
const LOOKS = {
  pending: { tone: 'idle', shape: 'dashed' },
  running: { tone: 'run', shape: 'ring' },
  waiting: { tone: 'wait', shape: 'clock' },
  awaiting_approval: { tone: 'wait', shape: 'square' },
  approved: { tone: 'ok', shape: 'tick' },
  completed: { tone: 'ok', shape: 'tick' },
  failed: { tone: 'bad', shape: 'diamond' },
  cancelled: { tone: 'idle', shape: 'slash' },
  stale: { tone: 'idle', shape: 'dashed' },
};

/** The statuses of a task, as the board lists them. */
export const STATUSES = ['awaiting_approval', 'running', 'pending', 'failed', 'completed', 'cancelled'];

export function lookOf(status) {
  const look = LOOKS[status];
  return look ? { ...look, key: `status.${status}` } : { ...LOOKS.pending, key: 'status.unknown' };
}

export function shownStatus(status, waitingFor) {
  return waitingFor && (status === 'running' || status === 'pending') ? 'waiting' : status;
}

export function isOpen(status) {
  return status === 'pending' || status === 'running' || status === 'awaiting_approval';
}

export function isDone(status) {
  return status === 'completed' || status === 'approved';
}
