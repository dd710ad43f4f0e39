/*
 * Stages to tick: what always runs, what is suggested and why, what needs what, and the number each will have.
 *
 *   <cb-stage-choice .stages .ticked=${Set} .fixed=${Set} .given=${suggestions} .changed=${Set of ids} .ask .texts=${Map} .reasons @ticks=${…}>
 *
 * Emits `ticks` { ticked, ask }. With `.reasons` (an object) each ticked stage has a line for its reason; emits `reasons`.
 */
import { repeat } from 'lit/directives/repeat.js';
import { keyed } from 'lit/directives/keyed.js';
import { live } from 'lit/directives/live.js';
import { CbElement, html, nothing, useStyles } from '../../core/base.js';
import { announce } from '../../core/announce.js';
import { fmt, t } from '../../core/i18n.js';
import { inOrder, neededBy, numbers, tick, untick, without } from '../../core/selection.js';
import { icon } from './icons.js';

await useStyles('cb-approval');

class CbStageChoice extends CbElement {
  static properties = { stages: {}, ticked: {}, fixed: {}, given: {}, changed: {}, ask: {}, texts: {}, reasons: {}, prefix: {}, busy: { type: Boolean } };

  constructor() {
    super();
    Object.assign(this, { stages: [], ticked: new Set(), fixed: new Set(), given: { reasons: new Map(), unknown: [] }, changed: new Set(), ask: null, texts: new Map(), reasons: null, prefix: 'stage', busy: false });
  }

  render() {
    const order = numbers(this.stages, this.ticked);
    return html`<ul class="choice-list" aria-label=${t('approval.stages')}>${repeat(inOrder(this.stages), ({ id }) => id, (stage) => this.#row(stage, order.get(stage.id)))}</ul>`;
  }

  #row(stage, number) {
    const { id, name } = stage;
    const on = this.ticked.has(id);
    const held = this.fixed.has(id);
    const input = `${this.prefix}-${id}`;
    const suggested = this.given.reasons.has(id);
    return html`<li class="choice" data-on=${on ? '' : nothing} data-fixed=${held ? '' : nothing}>
      <label class="choice-row" for=${input}>
        <input class="tick" type="checkbox" id=${input} data-testid="stage-check" data-stage=${name} aria-describedby="${input}-text"
          .checked=${live(on)} ?disabled=${held || this.busy} @change=${() => this.#toggle(stage)}>
        <span class="choice-main"><span class="choice-name"><span class="strong">${name}</span>${this.#marks(stage, held, suggested)}</span></span>
        <span class="choice-n" data-on=${on ? '' : nothing}>${number ? html`<span class="visually-hidden">${t('approval.as_step')} </span>` : nothing}${keyed(number ?? 0, html`<span class="choice-digit">${number ?? html`<span aria-hidden="true">–</span>`}</span>`)}</span>
      </label>
      <div class="choice-text" id="${input}-text">${this.#text(stage, on, suggested)}</div>
      ${this.reasons && on && !held ? html`<input dir="auto" class="input choice-reason" data-testid="stage-reason" data-stage=${name} aria-label=${t('approval.reason_of', { name })} placeholder=${t('approval.reason')}
        .value=${live(this.reasons[id] ?? this.given.reasons.get(id) ?? '')} @input=${({ target }) => this.emit('reasons', { reasons: { ...this.reasons, [id]: target.value } })}>` : nothing}
      ${this.ask?.id === id ? this.#also(stage) : nothing}
    </li>`;
  }

  #marks({ id, locked, status }, held, suggested) {
    return html`
      ${held ? html`<span class="badge">${icon('lock', 12)}${t(locked || status === 'pending' ? 'approval.always' : 'approval.begun')}</span>` : nothing}
      ${suggested && !held ? html`<span class="badge badge-accent">${t('approval.suggested')}</span>` : nothing}
      ${this.changed.has(id) ? html`<span class="badge badge-wait" data-testid="suggestion-updated">${icon('retry', 12)}${t('approval.updated')}</span>` : nothing}`;
  }

  #text(stage, on, suggested) {
    const needers = on ? neededBy(this.stages, this.ticked, stage.id) : [];
    const why = suggested ? this.given.reasons.get(stage.id) : this.texts.get(stage.id);
    return html`${why && !(this.reasons && suggested) ? html`<p class=${suggested ? nothing : 'muted'}>${why}</p>` : nothing}
      ${needers.length ? html`<p class="choice-need" data-testid="needed">${icon('info', 14)}${t('approval.needed_by', { n: needers.length, names: fmt.list(needers.map(({ name }) => name)) })}</p>` : nothing}`;
  }

  #also({ id, name }) {
    const nameOf = (each) => this.stages.find((stage) => stage.id === each)?.name ?? each;
    const { ids, blocked } = this.ask;
    const names = fmt.list(ids.map(nameOf));
    if (blocked.length) return html`<div class="notice notice-wait choice-also" role="alert"><p class="grow">${t('approval.blocked', { name, names: fmt.list(blocked.map(nameOf)) })}</p></div>`;
    return html`<div class="notice notice-wait choice-also" data-testid="also-remove"><p class="grow">${t('approval.needs_it', { n: ids.length, name, names })}</p>
      <div class="row-wrap"><button class="btn btn-sm" type="button" data-testid="confirm-also" @click=${() => this.#emitChange(without(this.ticked, [id, ...ids]), null, id)}>${t('approval.also', { names })}</button>
      <button class="btn btn-sm btn-quiet" type="button" @click=${() => this.#emitChange(this.ticked, null, id)}>${t('approval.keep', { name })}</button></div></div>`;
  }

  #toggle(stage) {
    const { id, name } = stage;
    if (!this.ticked.has(id)) {
      const { ticked, added } = tick(this.stages, this.ticked, id);
      this.#emitChange(ticked, null);
      if (added.length) announce(t('approval.ticked_too', { name, names: fmt.list(this.stages.filter((each) => added.includes(each.id)).map((each) => each.name)) }));
      return;
    }
    const { ticked, ask, blocked } = untick(this.stages, this.ticked, id, this.fixed);
    if (ticked) {
      this.#emitChange(ticked, null);
      return;
    }
    this.#emitChange(this.ticked, { id, ids: ask, blocked });
    announce(t('approval.needs_it', { n: ask.length, name, names: fmt.list(this.stages.filter((each) => ask.includes(each.id)).map((each) => each.name)) }));
    this.requestUpdate();
  }

  #emitChange(ticked, ask, focus) {
    this.emit('ticks', { ticked, ask });
    if (focus) this.querySelector(`#${CSS.escape(`${this.prefix}-${focus}`)}`)?.focus();
  }
}

customElements.define('cb-stage-choice', CbStageChoice);
