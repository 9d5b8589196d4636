/**
 * guarded.js - a platform's callback that never throws into the platform
 *
 * What goes wrong in it, for want of something that the platform promised, is told as "broken".
 *
 * @template {any[]} A
 * @param {import('../consent-source.js').Tell} tell
 * @param {(...given: A) => void | Promise<void>} work
 * @returns {(...given: A) => void}
 */
export const guarded = (tell, work) => (...given) => {
  try {
    Promise.resolve(work(...given)).catch(() => tell('broken'));
  } catch {
    tell('broken');
  }
};
