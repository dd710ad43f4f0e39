/* A text in Markdown, as nodes. `level` is the level of its first headings. Until its libraries are there, or without them: plain text. */
import { CbElement, html, nothing } from '../core/base.js';

const MOST = 400_000;
let library = null;
const loading = () => import('../core/markdown.js').then((module) => { library = module; }).catch(() => {});

class CbMd extends CbElement {
  static properties = { value: {}, level: {} };

  constructor() {
    super();
    Object.assign(this, { value: '', level: 3 });
  }

  connectedCallback() {
    super.connectedCallback();
    if (!library) loading().then(() => this.requestUpdate());
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
