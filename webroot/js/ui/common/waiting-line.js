/* What a task waits for, in one line of a list or a head. */
import { t } from '../../core/i18n.js';

/** The kinds of a task that was to start and lacks something: the reason says what, and what to do. */
const LACKS = ['secret', 'stage', 'plugin'];

export function waitingLine({ kind, stage, reason }) {
  if (LACKS.includes(kind)) return reason;
  if (kind === 'worker') return t('waiting.line_ledger', { what: reason });
  return kind === 'ledger' ? t('waiting.line_ledger', { what: reason }) : t('waiting.line', { stage, what: t(`waiting.${kind}`) });
}
