/* A text in Markdown, as nodes. `level` is the level of its first headings. Until its libraries are there, or without them: plain text. */
import { CbElement, html, nothing } from '../../core/base.js';

const MOST = 400_000;
const AGAIN_MS = 3000;
let library = null;

/* The libraries; when they do not come, the text stays plain and they are asked for again under another address. */
async function loading(elementIsThere, tries = 0) {
  if (library || !elementIsThere()) return;
  try {
    library = await import(tries ? `../../core/markdown.js?again=${tries}` : '../../core/markdown.js');
  } catch (failure) {
    console.warn('Markdown is shown as plain text for now:', failure.message);
    await new Promise((done) => { setTimeout(done, AGAIN_MS); });
    await loading(elementIsThere, tries + 1);
  }
}

class CbMd extends CbElement {
  static properties = { value: {}, level: {} };

  constructor() {
    super();
    Object.assign(this, { value: '', level: 3 });
  }

  connectedCallback() {
    super.connectedCallback();
    if (!library) loading(() => this.isConnected).then(() => this.requestUpdate());
  }

  render() {
    const text = String(this.value ?? '');
    if (!text) return nothing;
    if (!library || text.length > MOST) return html`<div class="md md-plain">${text}</div>`;
    if (this.done !== `${this.level} ${text}`) {
      this.done = `${this.level} ${text}`;
      this.fragment = html`<div class="md">${library.markdown(text, { level: this.level })}</div>`;
    }
    return this.fragment;
  }
}

customElements.define('cb-md', CbMd);
