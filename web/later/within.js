/**
 * within.js - waiting, but not for ever
 *
 * Some browsers' storage never answers.
 */

export class NoAnswer extends Error {
  message = 'no answer in time';
}

/**
 * The promise's answer, or a rejection when it takes too long.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {number} limit_ms
 * @returns {Promise<T>}
 */
export function within(promise, limit_ms) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NoAnswer()), limit_ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
