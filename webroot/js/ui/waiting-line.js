/* What a task waits for, in one line of a list or a head. */
import { t } from '../core/i18n.js';

export function waitingLine({ kind, stage, reason }) {
  if (kind === 'worker') return t('waiting.line_ledger', { what: reason });
  return kind === 'ledger' ? t('waiting.line_ledger', { what: reason }) : t('waiting.line', { stage, what: t(`waiting.${kind}`) });
}
