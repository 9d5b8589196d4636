/**
 * errors.js - what can go wrong, and who is told
 *
 * Everything that fails inside Sotto becomes a SottoError, goes through one reporter, and is told
 * to the shop once. Nothing is thrown into the page.
 */

/** By the numbers of sotto_status in src/sotto.h. */
export const STATUS_CODES = [
  'ok', 'truncated', 'not-sotto', 'wrong-version', 'wrong-kind', 'damaged', 'invalid', 'oversized',
  'mismatch', 'no-slot', 'no-room',
];

export class SottoError extends Error {
  /**
   * @param {string} code a pinned name; docs/API.md says what each one means
   * @param {string} [file] the file it is about, '' if none
   * @param {number} [offset] where in that file, in bytes
   * @param {string} [detail] what the code and the file do not say
   */
  constructor(code, file = '', offset = -1, detail = '') {
    super(`${code} ${file} ${offset < 0 ? '' : `at byte ${offset} `}${detail}`.trim());
    this.name = 'SottoError';
    this.code = code;
    this.file = file;
    this.offset = offset;
  }
}

/**
 * Makes the function that tells the shop of a failure. The same failure is told once, however often
 * it comes back; what a listener throws goes no further.
 *
 * @param {((error: SottoError) => void) | undefined} onError
 * @returns {(error: unknown) => void}
 */
export function reporter(onError) {
  const told = new Set();
  return (error) => {
    const known = error instanceof SottoError
      ? error : new SottoError('unexpected', '', -1, String(error));
    if (told.has(known.message)) return;
    told.add(known.message);
    try {
      onError?.(known);
    } catch {
      // The shop's own error handler is the last place to tell of its own errors.
    }
  };
}
