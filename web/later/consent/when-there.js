/**
 * when-there.js - waiting for a platform that does not say when it has come
 *
 * Looks at once, then five times a second for half a minute. Answers what ends it.
 *
 * @param {() => unknown} look
 * @param {() => void} then
 */
export function whenThere(look, then) {
  if (look()) {
    then();
    return () => {};
  }
  let left = 150;
  const timer = setInterval(() => {
    const there = look();
    if (there || --left === 0) clearInterval(timer);
    if (there) then();
  }, 200);
  return () => clearInterval(timer);
}
