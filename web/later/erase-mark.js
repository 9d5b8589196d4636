/**
 * erase-mark.js - that an erase is under way, for whoever starts after the browser was killed
 *
 * An erase empties the profile's database at once. Then the database is deleted and made anew, since
 * some browsers' files hold what was in a row until the file goes (Firefox 153; Chromium 156 tidies
 * its files when it likes, deleted or not). While there is none, a killed browser must not take the
 * consent for withdrawn: its record on the disk may be seconds old, and record.js says what a record
 * without a database means. So an empty database of another name stands by in the meantime:
 *
 *     step of an erase         sotto:demo    sotto:demo erasing     what a record that is older means
 *     begins                   the profile   -                      consent
 *     emptied                  nothing in it -                      consent
 *     marked                   nothing in it there                  consent
 *     deleted                  -             there                  consent: the next page makes one
 *     made anew                nothing in it there                  consent: the next page unmarks it
 *     unmarked                 nothing in it -                      consent
 *
 *     step of a withdrawal
 *     emptied                  nothing in it -, or of an erase      consent: it was not done
 *     unmarked                 nothing in it -                      consent: it was not done
 *     deleted                  -             -                      none
 *
 * A browser that throws a site's storage away takes both. Without a mark, which may be refused, all is
 * as well, but that a browser killed in that moment has the shop ask again.
 */
import { deleteDatabase, Gone, openDatabase } from './database.js';

const markOf = (/** @type {string} */ name) => `${name} erasing`;

/** @param {string} name @param {{ row: unknown, generation: number } | null} first */
const openMark = async (name, first) => (await openDatabase(markOf(name), first, () => {})).close();

/** Whether an erase was cut short. Rejects if that cannot be told. @param {string} name */
export const isMarked = (name) => openMark(name, null).then(() => true, (error) => {
  if (error instanceof Gone) return false;
  throw error;
});

/** The erase is done. @param {string} name */
export const unmark = (name) => deleteDatabase(markOf(name));

/**
 * Deletes the database for good. A mark that was left goes first.
 *
 * @param {string} name
 */
export async function removeDatabase(name) {
  await unmark(name).catch(() => {});
  await deleteDatabase(name);
}

/**
 * Deletes the database, and has it made anew. The mark stays until it is.
 *
 * @param {string} name
 * @param {() => Promise<unknown>} make
 */
export async function renewDatabase(name, make) {
  await openMark(name, { row: new Uint8Array(0), generation: 1 }).catch(() => {});
  await deleteDatabase(name);
  await make().then(() => unmark(name)).catch(() => {});
}
