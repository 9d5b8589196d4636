/**
 * quiz.js - one question that the shopper may answer, in its place or, without one, over the page
 */
import { FORM, answerForm } from './answer.js';
import { heading, notice, text } from './pieces.js';
import { CARD } from './style.js';

/** @type {import('./kinds.js').Kind} */
export const quiz = {
  frame: 'place',
  placeless: 'popup',
  css: CARD + FORM,
  draw(view, tools) {
    const form = answerForm(view, tools);
    return form && [heading(view, tools), text(view, tools), form, notice(view, tools)];
  },
};
