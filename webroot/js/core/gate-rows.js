/*
 * What a gate waits for, one row for each condition. No DOM.
 *
 *   gateRows(conditions, ledger, reason)   // [{ key, operator, wanted, text, now, met }]
 *
 * `text` is what the field is filled with: the wanted value where only one will do. Conditions that the server's own
 * sentence does not name are of another revision of the pipeline and are left out, and so are those inside a value.
 */
const SHOWN = new Set(['equals', 'exists', 'not_equals', 'gt', 'gte', 'lt', 'lte', 'in']);

export function gateRows(conditions = [], ledger = {}, reason = '') {
  return flat(conditions).flatMap(({ field, ...rest }) => {
    const [operator] = Object.keys(rest);
    if (typeof field !== 'string' || field.includes('.') || !SHOWN.has(operator) || !reason.includes(field)) return [];
    const wanted = rest[operator];
    const now = ledger[field];
    return [{ key: field, operator, wanted, text: textOf(operator, wanted), now, met: holds(operator, wanted, now) }];
  });
}

function flat(conditions) {
  return (Array.isArray(conditions) ? conditions : [conditions]).flatMap((each) =>
    each?.all || each?.any ? flat(each.all ?? each.any) : each ? [each] : [],
  );
}

function textOf(operator, wanted) {
  if (operator === 'equals' || operator === 'gte' || operator === 'lte') return JSON.stringify(wanted);
  if (operator === 'in' && Array.isArray(wanted)) return JSON.stringify(wanted[0]);
  return '';
}

const isSet = (value) => value !== undefined && value !== null;

function holds(operator, wanted, now) {
  if (operator === 'exists') return isSet(now) === Boolean(wanted);
  if (!isSet(now)) return false;
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  switch (operator) {
    case 'equals': return same(now, wanted);
    case 'not_equals': return !same(now, wanted);
    case 'in': return wanted.some((each) => same(now, each));
    case 'gt': return now > wanted;
    case 'gte': return now >= wanted;
    case 'lt': return now < wanted;
    default: return now <= wanted;
  }
}
