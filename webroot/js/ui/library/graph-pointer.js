/*
 * What mouse, pen and fingers do in the drawing of a graph: one drags a node or all of it, two zoom, a press picks.
 *
 *   const pointer = new GraphPointer(drawing);     // drawing: shift, zoom, put, pick, pickAt, see cb-graph-drawing.js
 *   pointer.down(event);  pointer.move(event);  pointer.up(event);  pointer.cancel(event);  pointer.pointOf(event)
 */
const STILL = 4;

export class GraphPointer {
  #drawing;
  #points = new Map();
  #node = -1;
  #moved = false;
  #start = null;

  constructor(drawing) {
    this.#drawing = drawing;
  }

  pointOf({ clientX, clientY }) {
    const { left, top } = this.#drawing.querySelector('.graph-svg').getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  down = (event) => {
    if (event.button !== 0) return;
    const at = this.pointOf(event);
    this.#points.set(event.pointerId, at);
    if (this.#points.size > 1) {
      this.#moved = true;
      return;
    }
    const node = event.target.closest('.graph-node');
    this.#node = node ? Number(node.dataset.i) : -1;
    this.#start = at;
    this.#moved = false;
  };

  move = (event) => {
    const before = this.#points.get(event.pointerId);
    if (!before) return;
    const at = this.pointOf(event);
    if (!this.#moved && Math.hypot(at.x - this.#start.x, at.y - this.#start.y) < STILL) return;
    if (!this.#moved) event.currentTarget.setPointerCapture(event.pointerId);
    this.#moved = true;
    if (this.#points.size > 1) this.#pinch(event.pointerId, before, at);
    else if (this.#node >= 0) this.#drawing.put(this.#node, at);
    else this.#drawing.shift(at.x - before.x, at.y - before.y);
    this.#points.set(event.pointerId, at);
  };

  #pinch(id, before, at) {
    const [, other] = [...this.#points].find(([each]) => each !== id);
    const apart = (point) => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
    this.#drawing.zoom(apart(at) / apart(before), { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 });
  }

  up = (event) => {
    if (!this.#points.delete(event.pointerId) || this.#moved) return;
    if (this.#node >= 0) this.#drawing.pick(this.#node);
    else this.#drawing.pickAt(this.#start);
  };

  cancel = (event) => {
    this.#points.delete(event.pointerId);
    this.#moved = true;
  };
}
