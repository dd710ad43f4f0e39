/*
 * Strings by key, and numbers, times and plurals by Intl.
 *
 *   t('palette.title')                       // "Palette"
 *   t('palette.changed', { n: 3 })           // { "one": "{n} entry changed", "other": "{n} entries changed" }
 *   fmt.number(12000)  fmt.bytes(n)  fmt.list([…])  fmt.duration(ms)  fmt.ago(date)
 *   fmt.time(date)  fmt.date(date)  fmt.exact(date)  fmt.zone()
 *
 * i18n/en.json holds nested groups; a plural is an object of Intl.PluralRules categories chosen by `n`.
 * A missing key is shown as itself. loadStrings() runs before the first element is defined.
 *
 * Words are the page's language; dates and numbers are written as the reader's browser writes them.
 */
let language = 'en';
let strings = {};
let rules = new Intl.PluralRules(language);

/** The reader's own ways first; a test, and a browser that names none, has the page's. */
let locales = [language];

const PLURAL = new Set(['zero', 'one', 'two', 'few', 'many', 'other']);

/**
 * Loads the strings, as often as it takes: without them there is no page. `failed` hears of each time that they do not
 * come, and `wait` ends when it is tried again, half a second later at first, 15 s at most.
 */
export async function loadStrings(lang = 'en', { failed = () => {}, wait = pause } = {}) {
  for (let ms = 500; ; ms = Math.min(2 * ms, 15_000)) {
    try {
      const response = await fetch(new URL(`../../i18n/${lang}.json`, import.meta.url));
      if (!response.ok) throw new Error(`status ${response.status}`);
      useStrings(await response.json(), lang);
      document.documentElement.lang = lang;
      return;
    } catch (cause) {
      failed(cause);
      await wait(ms);
    }
  }
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Sets the strings themselves; loadStrings() and tests use it. */
export function useStrings(values, lang = 'en') {
  strings = values;
  language = lang;
  rules = new Intl.PluralRules(lang);
  locales = known([...(globalThis.document ? globalThis.navigator?.languages ?? [] : []), lang]);
}

/** Without those that this browser lists and Intl does not know. */
function known(tags) {
  return tags.filter((tag) => {
    try {
      return Intl.getCanonicalLocales(tag).length > 0;
    } catch {
      return false;
    }
  });
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

const EXACT = {
  year: 'numeric', month: 'short', day: 'numeric',
  hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short',
};

function dates(options, at) {
  return new Intl.DateTimeFormat(locales, options).format(new Date(at));
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

export const fmt = {
  /** A unit is a word of the page, "3 min"; a plain number is the reader's. */
  number: (n, options) => new Intl.NumberFormat(options?.style === 'unit' ? language : locales, options).format(n),
  time: (at) => dates({ timeStyle: 'short' }, at),
  date: (at) => dates({ dateStyle: 'medium', timeStyle: 'short' }, at),
  /** To the second, with the zone, and the same in UTC: "Nov 28, 2026, 11:17:05 PM GMT+9 · 2026-11-28T14:17:05Z". */
  exact: (at) => `${dates(EXACT, at)} · ${new Date(at).toISOString().replace(/\.\d+/, '')}`,
  /** The zone that all times on the page are in: "Asia/Tokyo, GMT+9". */
  zone(now = Date.now()) {
    const format = new Intl.DateTimeFormat(locales, { timeZoneName: 'short' });
    const short = format.formatToParts(now).find(({ type }) => type === 'timeZoneName')?.value;
    return [...new Set([format.resolvedOptions().timeZone, short])].filter(Boolean).join(', ');
  },
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
