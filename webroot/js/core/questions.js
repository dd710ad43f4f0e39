/*
 * The questions that an output asks, and what people answer. No DOM.
 *
 *   // those without an answer: [{ key, at, question, proposed, options, id }]
 *   openQuestions(execution, value)
 *   answerOf(question, answers)               // what was typed or chosen, else what the stage proposed
 *   answersText(questions, answers)           // for redo's user_input
 *   withAnswers(output, answers, waived)      // the output with an `answer` at each question that got one
 *
 * A question is an object with `question` and maybe `id`, `proposed_answer`, `options`, or just its text. One with an
 * `answer` is closed, for the server too. `answers` is by `key`: the question's id where no other has it, else its
 * place.
 */
const textOf = (value) => (value === null || value === undefined ? '' : String(value).trim());

function worded(each) {
  if (typeof each !== 'object') return textOf(each);
  return textOf(each.question ?? each.text ?? each.title) || (each.question === undefined ? JSON.stringify(each) : '');
}

export function openQuestions({ decision } = {}, value) {
  if (decision || !Array.isArray(value?.questions)) return [];
  const taken = new Set();
  return value.questions.flatMap((each, at) => {
    if (each === null || each === undefined || !worded(each) || textOf(each.answer)) return [];
    const id = textOf(each.id);
    const key = id && !taken.has(id) ? id : `#${at}`;
    taken.add(key);
    const options = (Array.isArray(each.options) ? each.options : []).map((one) =>
      textOf(one?.label ?? one?.title ?? one),
    );
    return [{ key, at, id: each.id, question: worded(each), proposed: textOf(each.proposed_answer), options }];
  });
}

export function answerOf({ key, proposed }, answers) {
  return answers[key] ?? proposed;
}

export function answersText(questions, answers) {
  return questions.map((each) => ({ question: each.question, answer: answerOf(each, answers).trim() }))
    .filter(({ answer }) => answer)
    .map(({ question, answer }) => `Question: ${question}\nAnswer: ${answer}`).join('\n\n');
}

export function withAnswers(output, answers, waived = false) {
  const given = waived ? [] : openQuestions({}, output).map((each) => [each.at, answerOf(each, answers).trim()]);
  const byPlace = new Map(given.filter(([, answer]) => answer));
  if (byPlace.size === 0) return output;
  const questions = output.questions.map((each, at) => {
    if (!byPlace.has(at)) return each;
    return { ...(typeof each === 'object' ? each : { question: each }), answer: byPlace.get(at) };
  });
  return { ...output, questions };
}
