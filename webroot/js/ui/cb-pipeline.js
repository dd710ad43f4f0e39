import { CbElement, html } from '../core/base.js';
import { palette } from '../core/palette.js';
class CbPipeline extends CbElement {
  constructor() { super(); this.watch(palette); }
  render() { return html`<h1>${palette.state.items.length}</h1>`; }
}
customElements.define('cb-pipeline', CbPipeline);
