/*
 * The request that makes a task. What is sent again unchanged, after an answer that got lost, keeps its key, so that it
 * makes nothing twice. No DOM.
 *
 *   const request = new NewTaskRequest(uuid);
 *   const { body, key } = request.of({ title, description, pipeline, input, stages, settings });
 *   request.forget();                                     // it was refused: the next one is another request
 */
export class NewTaskRequest {
  #sent = { text: '', key: '' };
  #newKey;

  constructor(newKey) {
    this.#newKey = newKey;
  }

  of({ title, description, pipeline, input, ...chosen }) {
    const about = description.trim();
    const body = {
      title: title.trim(), ...(about ? { description: about } : {}), pipeline, input, ...chosen, auto_start: true,
    };
    const text = JSON.stringify(body);
    if (text !== this.#sent.text) this.#sent = { text, key: this.#newKey() };
    return { body, key: this.#sent.key };
  }

  forget() {
    this.#sent = { text: '', key: '' };
  }
}
