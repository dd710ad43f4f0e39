/*
 * What every element is made from.
 *
 *   import { CbElement, html, css, useStyles } from '../../core/base.js';
 *   await useStyles('cb-thing');                       // loads css/cb-thing.css once, before the module is ready
 *   class CbThing extends CbElement {
 *     static properties = { name: {} };
 *     constructor() { super(); this.watch(someStore); } // draws again when the store changes, while connected
 *     render() { return html`<p ${css({ '--left': '12px' })}>${this.name}</p>`; }
 *   }
 *   customElements.define('cb-thing', CbThing);
 *
 * Light DOM: no slots, so pass templates as properties. Never a style attribute: `css({…})` sets
 * properties through the CSSOM, which a strict policy allows. Class fields would hide reactive
 * properties: give them their first values in the constructor.
 */
import { LitElement, html, svg, nothing } from 'lit';
import { Directive, directive, PartType } from 'lit/directive.js';

export { html, svg, nothing };

export class CbElement extends LitElement {
  #watched = new Map();
  #stops = [];

  createRenderRoot() {
    return this;
  }

  /** Draws again whenever `store` (anything with `subscribe(fn)`) changes; `then` runs before the drawing. */
  watch(store, then) {
    this.#watched.set(store, then);
    if (this.isConnected) this.#follow(store, then);
  }

  /** Listens on another target for as long as this element is in the page. */
  listen(target, type, handler, options) {
    target.addEventListener(type, handler, options);
    this.#stops.push(() => target.removeEventListener(type, handler, options));
  }

  /** Runs `stop` when this element leaves the page. */
  until(stop) {
    this.#stops.push(stop);
  }

  connectedCallback() {
    super.connectedCallback();
    for (const [store, then] of this.#watched) this.#follow(store, then);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const stop of this.#stops.splice(0)) stop();
  }

  /** Emits what happened to the outside: a bubbling CustomEvent. */
  emit(type, detail) {
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, cancelable: true }));
  }

  #follow(store, then) {
    this.#stops.push(
      store.subscribe((...args) => {
        then?.(...args);
        this.requestUpdate();
      }),
    );
  }
}

class CssDirective extends Directive {
  #last = {};

  constructor(part) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('css() belongs on an element');
  }

  render() {
    return nothing;
  }

  update(part, [properties]) {
    const style = part.element.style;
    for (const name of Object.keys(this.#last)) if (!(name in properties)) style.removeProperty(name);
    for (const [name, value] of Object.entries(properties)) {
      if (this.#last[name] === value) continue;
      if (value === null || value === undefined) style.removeProperty(name);
      else style.setProperty(name, String(value));
    }
    this.#last = { ...properties };
    return nothing;
  }
}

/** `<div ${css({ '--x': '3px', height: '60px' })}>`: styles set through the CSSOM. */
export const css = directive(CssDirective);

const sheets = new Map();

/** Loads `css/<name>.css` once; the promise settles when it applies (a missing sheet does not hold the page). */
export function useStyles(name) {
  if (!sheets.has(name)) {
    const href = new URL(`../../css/${name}.css`, import.meta.url).href;
    const known = [...document.querySelectorAll('link[rel=stylesheet]')].find((link) => link.href === href);
    const link = known ?? Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
    sheets.set(name, new Promise((done) => {
      if (known?.sheet) done();
      link.addEventListener('load', done);
      link.addEventListener('error', done);
    }));
    if (!known) document.head.append(link);
  }
  return sheets.get(name);
}
