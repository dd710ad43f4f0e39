/*
 * Strings by key, and numbers, times and plurals by Intl.
 *
 *   t('palette.title')                       // "Palette"
 *   t('palette.changed', { n: 3 })           // { "one": "{n} entry changed", "other": "{n} entries changed" }
 *   fmt.number(12000)  fmt.time(date)  fmt.date(date)  fmt.moment(date)  fmt.ago(date)  fmt.duration(ms)  fmt.bytes(n)  fmt.list([…])
 *
 * i18n/en.json holds nested groups; a plural is an object of Intl.PluralRules categories chosen by `n`.
 * A missing key is shown as itself. loadStrings() runs before the first element is defined.
 */
let language = 'en';
let strings = {};
let rules = new Intl.PluralRules(language);

const PLURAL = new Set(['zero', 'one', 'two', 'few', 'many', 'other']);

export async function loadStrings(lang = 'en') {
  const response = await fetch(new URL(`../../i18n/${lang}.json`, import.meta.url));
  useStrings(await response.json(), lang);
  document.documentElement.lang = lang;
}

/** Sets the strings themselves; loadStrings() and tests use it. */
export function useStrings(values, lang = 'en') {
  strings = values;
  language = lang;
  rules = new Intl.PluralRules(lang);
}

function find(key) {
  return key.split('.').reduce((at, part) => at?.[part], strings);
}

export function has(key) {
  return find(key) !== undefined;
}

export function t(key, params = {}) {
  let text = find(key);
  if (text && typeof text === 'object' && Object.keys(text).every((name) => PLURAL.has(name))) {
    text = text[rules.select(params.n ?? 0)] ?? text.other;
  }
  if (typeof text !== 'string') return key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = params[name];
    if (value === undefined || value === null) return whole;
    return typeof value === 'number' ? fmt.number(value) : String(value);
  });
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

export const fmt = {
  number: (n, options) => new Intl.NumberFormat(language, options).format(n),
  time: (at) => new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hour12: false }).format(new Date(at)),
  date: (at) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at)),
  moment: (at) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(at)),
  list: (items) => new Intl.ListFormat(language).format(items),
  ago(at, now = Date.now()) {
    const gap = new Date(at).getTime() - now;
    const [unit, size] = UNITS.find(([, ms]) => Math.abs(gap) >= ms) ?? UNITS.at(-1);
    return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.round(gap / size), unit);
  },
  duration(ms) {
    if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
    const s = Math.round(ms / 1_000);
    if (s < 60) return `${s} s`;
    if (s < 3_600) return s % 60 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${s / 60} min`;
    return `${Math.floor(s / 3_600)} h ${Math.floor((s % 3_600) / 60)} min`;
  },
  bytes(n) {
    const step = n < 1_024 ? 0 : Math.min(4, Math.floor(Math.log2(n) / 10));
    const digits = step === 0 ? 0 : 1;
    return `${fmt.number(n / 1_024 ** step, { maximumFractionDigits: digits })} ${['B', 'KB', 'MB', 'GB', 'TB'][step]}`;
  },
};
