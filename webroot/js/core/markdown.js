/*
 * Markdown as nodes of this page, never as HTML text: marked writes, DOMPurify cleans, a DocumentFragment
 * comes out. HTML inside the Markdown is shown as it is written. The highest heading becomes `level`; pictures
 * become links, for this page loads nothing from elsewhere.
 *
 *   box.replaceChildren(markdown(text, { level: 3 }));
 */
import { Marked } from 'marked';
import 'dompurify/purify.min.js';
import { t } from './i18n.js';

const SAFE = {
  RETURN_DOM_FRAGMENT: true,
  ALLOWED_TAGS: [
    'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'strong', 'em', 'del', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a',
    'table', 'thead', 'tbody', 'tr', 'th', 'td',
  ],
  ALLOWED_ATTR: ['href', 'title', 'start'],
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|#|\/(?!\/))/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
};

/**
 * Each goes the way of its own first letters; a list and a table as a whole, so that bullets and columns go with
 * them.
 */
const BLOCKS = 'h3, h4, h5, h6, p, ul, ol, blockquote, table, td, th';

const escape = (text) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

function renderers(shift) {
  return {
    html: ({ text, raw }) => escape(raw ?? text),
    heading({ tokens, depth }) {
      const tag = `h${Math.min(6, depth + shift)}`;
      return `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`;
    },
    image: ({ href, text }) => `<a href="${escape(href)}">${escape(text || href)}</a>`,
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
  };
}

const parsers = new Map();

/** The level shift that puts the highest heading of a text at `level`. */
function shiftOf(text, level) {
  const headings = new Marked({ gfm: true }).lexer(text).filter(({ type }) => type === 'heading');
  const depths = headings.map(({ depth }) => depth);
  return depths.length ? level - Math.min(...depths) : 0;
}

function parserOf(shift) {
  if (!parsers.has(shift)) parsers.set(shift, new Marked({ gfm: true, async: false, renderer: renderers(shift) }));
  return parsers.get(shift);
}

export function markdown(text, { level = 3 } = {}) {
  const source = String(text ?? '');
  const fragment = globalThis.DOMPurify.sanitize(parserOf(shiftOf(source, level)).parse(source), SAFE);
  for (const link of fragment.querySelectorAll('a[href]')) {
    if (link.getAttribute('href').startsWith('/')) continue;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
  }
  for (const block of fragment.querySelectorAll(BLOCKS)) block.dir = 'auto';
  for (const each of fragment.querySelectorAll('table, pre')) boxed(each);
  for (const head of fragment.querySelectorAll('th')) {
    if (!head.textContent.trim()) head.replaceWith(document.createElement('td'));
  }
  return fragment;
}

/** What may be wide scrolls by itself, also by keyboard. */
function boxed(wide) {
  const box = document.createElement('div');
  box.className = 'md-wide';
  box.tabIndex = 0;
  box.setAttribute('role', 'region');
  box.setAttribute('aria-label', t(wide.localName === 'table' ? 'md.table' : 'md.code'));
  wide.replaceWith(box);
  box.append(wide);
}
