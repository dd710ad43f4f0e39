/*
 * How long ago, and for how long: short words for lists and steps. No DOM; `now` is passed in.
 *
 *   age('2026-08-01T10:00:00Z', now)     // "now", "3 min", "5 hr", "2 days"
 *   spent(stage, now)                    // milliseconds: counted by the server, or since it started
 *   sameDay(at)                          // whether it was today: its date need not be said
 *   ticking(ms)                          // "0 s", "12 s", "1 min 5 s": whole seconds while something runs
 */
import { fmt, t } from './i18n.js';

const STEPS = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

export function age(at, now) {
  const gap = now - Date.parse(at);
  const step = STEPS.find(([, ms]) => gap >= ms);
  if (!step) return t('time.now');
  const [unit, ms] = step;
  return fmt.number(Math.floor(gap / ms), { style: 'unit', unit, unitDisplay: 'short' });
}

/** Milliseconds of a stage, attempt or task; null before it started. A clock behind the server's counts from 0. */
export function spent({ started_at: from, completed_at: to, duration_ms: counted }, now) {
  if (counted !== null && counted !== undefined) return counted;
  if (!from) return null;
  return Math.max(0, (to ? Date.parse(to) : now) - Date.parse(from));
}

/** Whether an instant is on the same day of this browser's calendar as another, today unless given. */
export function sameDay(at, now = Date.now()) {
  return new Date(at).toDateString() === new Date(now).toDateString();
}

export function ticking(ms) {
  return ms < 1_000
    ? fmt.number(0, { style: 'unit', unit: 'second', unitDisplay: 'narrow' }).replace(/(\d)\s*/, '$1 ')
    : fmt.duration(Math.floor(ms / 1_000) * 1_000);
}
