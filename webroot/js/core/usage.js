/*
 * What a model used for an attempt, in a few words. No DOM.
 *
 *   usageText({ model: 'small', input_tokens: 24, output_tokens: 68, cost: 0.00074, currency: 'EUR' })
 *   // "small · 24 tokens in, 68 out · €0.00074"; "" when there is nothing to say
 */
import { fmt, t } from './i18n.js';

/** Costs of single attempts are small: their leading digits are shown, however small they are. */
function costText(cost, currency) {
  if (cost === null || cost === undefined) return null;
  const digits = { maximumSignificantDigits: 3 };
  try {
    return currency
      ? fmt.number(cost, { style: 'currency', currency, ...digits })
      : t('task.cost', { cost: fmt.number(cost, digits) });
  } catch {
    return `${fmt.number(cost, digits)} ${currency}`;
  }
}

export function usageText(usage) {
  if (!usage) return '';
  const { model, input_tokens: input = 0, output_tokens: output = 0, cost, currency } = usage;
  return [model, t('task.usage', { input, output }), costText(cost, currency)].filter(Boolean).join(' · ');
}
