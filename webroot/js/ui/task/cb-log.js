/*
 * The log of an attempt: only the lines in sight are in the page, terminal colours, search, wrapping.
 * It follows the newest line only while the reader is at the bottom; earlier lines come on scrolling up.
 *
 *   <cb-log .log=${LogModel} .version=${log.version} .running=${true} .name=${'parse-1'}
 *           .earlier=${async () => added} .all=${async () => lines} .find=${async (text) => seqs}></cb-log>
 *
 * Lines that are here are searched at once, those before them by `find`; a match that is not here is fetched.
 */
import { repeat } from 'lit/directives/repeat.js';
import { CbElement, css, html, nothing, useStyles } from '../../core/base.js';
import { plain } from '../../core/ansi.js';
import { t } from '../../core/i18n.js';
import { LogSearch } from '../../core/log-search.js';
import { longestOf } from '../../core/log-width.js';
import { RowLayout, linesIn } from '../../core/row-layout.js';
import { copyText, saveText } from '../../core/save-file.js';
import { toast } from '../../core/toasts.js';
import { icon } from '../common/icons.js';
import { logLine } from '../common/log-line.js';
import { logTools } from './log-tools.js';
import { problemText } from '../common/stage-actions.js';

await useStyles('cb-log');

const LINE = 20;
const HEAD = 44;
const NEAR = 24;
const phone = matchMedia('(max-width: 819px)');

class CbLog extends CbElement {
  static properties = {
    log: {}, version: {}, running: { type: Boolean }, name: {}, earlier: {}, all: {}, find: {},
    follow: { state: true }, wrap: { state: true }, loading: { state: true },
  };
  #layout = new RowLayout(0, LINE);
  #range = [0, 0];
  #top = 0;
  #height = 0;
  #columns = 80;
  #first = 1;
  #search = new LogSearch((text) => this.find(text));
  #shift = 0;
  #waits = false;
  #goto = null;

  constructor() {
    super();
    Object.assign(this, { follow: true, wrap: phone.matches, loading: false });
    this.watch(this.#search, () => this.#arrived());
  }

  get #box() {
    return this.querySelector('.log-box');
  }

  get #pad() {
    return this.log.earlier > 0 ? HEAD : 0;
  }

  willUpdate(changed) {
    if (changed.has('log')) {
      this.follow = true;
      this.#search.use(this.log);
    }
    if (this.follow) this.log.trim();
    const { lines } = this.log;
    const before = this.#first;
    this.#layout = new RowLayout(lines.length, this.wrap ? (i) => linesIn(plain(lines[i].text), this.#columns) * LINE : LINE);
    this.#first = this.log.first;
    if (!changed.has('log') && before > this.#first && lines.length) this.#shift = this.#layout.topOf(before - this.#first);
  }

  render() {
    const { lines, total } = this.log;
    return html`<section class="card log-card" data-testid="log" aria-label=${t(this.running ? 'log.live' : 'log.title')}>
      <header class="card-head log-head"><h3>${t(this.running ? 'log.live' : 'log.title')}</h3><span class="muted small numbers">${total ? t('log.lines', { n: total }) : nothing}</span>
        <span class="grow"></span>${lines.length ? this.#tools() : nothing}</header>
      ${lines.length ? this.#lines(lines) : html`<p class="log-none muted">${t(this.running ? 'log.none_yet' : 'log.none')}</p>`}
    </section>`;
  }

  #tools() {
    return logTools({
      search: this.#search, shown: this.log.lines.length, wrap: this.wrap, loading: this.loading,
      searched: (text) => this.#searched(text), turn: (by) => this.#turn(by),
      wrapped: () => { this.wrap = !this.wrap; }, copy: () => this.#copy(), download: () => this.#download(),
    });
  }

  #lines(lines) {
    const viewed = this.follow ? [this.#layout.height - this.#height, this.#height || 480] : [this.#top - this.#pad, this.#height || 480];
    this.#range = this.#layout.range(Math.max(0, viewed[0]), viewed[1], 20);
    const [from, to] = this.#range;
    const rows = [];
    for (let i = from; i < to; i++) rows.push(i);
    const { query, hit } = this.#search.state;
    return html`<div class="log-frame">
      <div class="log-box" tabindex="0" role="region" aria-label=${t('log.box')} data-wrap=${this.wrap ? '' : nothing} data-running=${this.running ? '' : nothing} @scroll=${this.#scrolled}>
        <div class="log-space" ${css({ 'min-inline-size': this.wrap ? null : `calc(${longestOf(this.log)}ch + 88px)` })}>
          ${this.#pad ? html`<div class="log-earlier"><button class="btn btn-sm" type="button" ?disabled=${this.loading} @click=${this.#loadEarlier}>${icon('up', 14)}${t(this.loading ? 'log.loading' : 'log.earlier', { n: this.log.earlier })}</button></div>` : nothing}
          <div ${css({ 'block-size': `${this.#layout.topOf(from)}px` })}></div>
          ${repeat(rows, (i) => lines[i].seq, (i) => logLine(lines[i], query, lines[i].seq === hit))}
          <div ${css({ 'block-size': `${this.#layout.height - this.#layout.topOf(to)}px` })}></div>
        </div>
      </div>
      <div class="log-foot">${this.follow
        ? this.running ? html`<span class="log-following">${icon('down', 14)}${t('log.following')}</span>` : nothing
        : html`<button class="btn btn-sm log-jump" type="button" data-testid="jump" @click=${this.#jump}>${icon('down', 14)}${t('log.jump')}</button>`}</div>
    </div>`;
  }

  updated() {
    const box = this.#box;
    if (!box) return;
    if (!this.measure) this.#measureLater(box);
    if (this.#goto !== null) {
      const at = this.#layout.topOf(this.#goto) + this.#pad;
      this.#goto = null;
      box.scrollTop = Math.max(0, at - box.clientHeight / 2);
    } else if (this.follow) box.scrollTop = box.scrollHeight;
    else if (this.#shift) box.scrollTop += this.#shift - (this.#pad ? 0 : HEAD);
    this.#shift = 0;
    this.#top = box.scrollTop;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.measure?.disconnect();
    this.measure = null;
  }

  #measureLater(box) {
    this.measure = new ResizeObserver(() => {
      if (!box.isConnected) return;
      const ruler = document.createElement('span');
      ruler.className = 'log-ruler';
      ruler.textContent = '0'.repeat(100);
      box.append(ruler);
      this.#columns = Math.max(20, Math.floor((box.clientWidth - 76) / (ruler.getBoundingClientRect().width / 100 || 8)));
      ruler.remove();
      this.#height = box.clientHeight;
      this.requestUpdate();
    });
    this.measure.observe(box);
  }

  #scrolled() {
    const box = this.#box;
    const top = box.scrollTop;
    const bottom = top + box.clientHeight >= box.scrollHeight - NEAR;
    if (bottom) this.follow = true;
    else if (top < this.#top - 1) this.follow = false;
    this.#top = top;
    const [from, to] = this.#layout.range(top - this.#pad, this.#height, 0);
    if (from < this.#range[0] || to > this.#range[1] || this.#range[1] - this.#range[0] > to - from + 60) this.requestUpdate();
    if (!this.follow && top < 300 && this.log.earlier > 0) this.#loadEarlier();
  }

  #jump = () => {
    this.follow = true;
    this.#box.focus({ preventScroll: true });
  };

  #loadEarlier = async () => {
    if (this.loading) return;
    Object.assign(this, { loading: true, follow: false });
    try {
      await this.earlier();
    } catch (problem) {
      toast(problemText(problem), { tone: 'bad' });
    }
    this.loading = false;
    const { hit } = this.#search.state;
    if (this.#waits && hit !== null) this.#show(hit);
  };

  #searched(text) {
    const hit = this.#search.run(text);
    if (hit !== null) this.#show(hit);
  }

  /** The server has found matches among the lines that are not here. */
  #arrived() {
    const { hit } = this.#search.state;
    if (hit !== null && hit < this.log.first && !this.loading) this.#show(hit);
  }

  #turn(by) {
    const hit = this.#search.turn(by);
    if (hit !== null) this.#show(hit);
  }

  async #show(seq) {
    this.follow = false;
    if (seq < this.log.first) {
      // Whoever loads lines now shows the match of then.
      this.#waits = this.loading;
      if (this.loading) return;
      await this.#loadBackTo(seq);
    }
    const { hit } = this.#search.state;
    if (hit !== null && hit !== seq) this.#show(hit);
    if (seq < this.log.first || hit !== seq) return;
    // Lines that came above while the box was at its bottom have made it follow again.
    this.follow = false;
    this.#goto = seq - this.log.first;
    this.#top = this.#layout.topOf(this.#goto);
    this.requestUpdate();
  }

  async #loadBackTo(seq) {
    if (this.loading) return;
    this.loading = true;
    try {
      while (seq < this.log.first && (await this.earlier()) > 0);
    } catch (problem) {
      toast(problemText(problem), { tone: 'bad' });
    }
    this.loading = false;
    await this.updateComplete;
  }

  async #copy() {
    const done = await copyText(this.log.text());
    toast(t(done ? 'log.copied' : 'log.not_copied', { n: this.log.lines.length }), { tone: done ? 'ok' : 'bad' });
  }

  async #download() {
    this.loading = true;
    try {
      const lines = await this.all();
      saveText(`${this.name}.log`, `${lines.map(({ at, level, text }) => `${at} ${level} ${plain(text)}`).join('\n')}\n`);
    } catch (problem) {
      toast(problemText(problem), { tone: 'bad' });
    }
    this.loading = false;
  }
}

customElements.define('cb-log', CbLog);
