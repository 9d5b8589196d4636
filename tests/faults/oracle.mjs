/**
 * oracle.mjs - what must hold of the events of several tabs, whatever they did at the same time
 *
 * Everything done is written down with the moment it began and the moment its answer came, by one
 * clock. When all is at rest each event has one of three fates:
 *
 *     must   it was tracked under consent, and nothing was done since that may have taken it away
 *     not    an erase, a withdrawal or a "forget this" began after it was tracked, and was done; or it
 *            was not there at an earlier rest
 *     may    all else: what overlaps, what was tracked before the tab can have heard of another's
 *            erase, what an import may have replaced
 *
 * An import brings back what is in its file, though it was erased: the shopper wanted it.
 */

/**
 * @typedef {{ id: string, tab: number, from: number, to: number, certain: boolean, agreed: boolean }} Tracked
 * @typedef {object} Done
 * @property {'erase' | 'withdraw' | 'grant' | 'forget' | 'import'} what
 * @property {number} tab
 * @property {number} from
 * @property {number} to
 * @property {boolean} agreed the tab knew of a consent when it began
 * @property {boolean} ok it was done, as far as it tells
 * @property {string} [id] of what is forgotten
 * @property {Set<string>} [ids] that an import brought
 */

const overlap = (a, b) => a.from < b.to && b.from < a.to;

/** The fate of an event. @param {Tracked} event @param {Done[]} all by when they began */
export function fateOf(event, all) {
  const takes = ({ what }) => what === 'erase' || what === 'withdraw';
  let fate = event.certain ? 'must' : 'may';
  const doubt = () => {
    if (fate === 'must') fate = 'may';
  };
  for (const done of all) {
    const after = done.from > event.to;
    const beside = overlap(done, event);
    if (takes(done)) {
      if (after && done.ok && done.agreed && (event.agreed || event.tab === done.tab)) {
        const brought = all.some((other) => other.what === 'import' && other.ids.has(event.id)
          && overlap(other, done));
        fate = brought ? 'may' : 'not';
      } else if (after || beside) doubt();
    } else if (done.what === 'import') {
      if (done.ids.has(event.id)) {
        const sure = done.ok && !all.some((other) => other !== done && other.what !== 'grant' && overlap(other, done));
        fate = sure ? 'must' : fate === 'must' ? 'must' : 'may';
        if (!sure) doubt();
      } else if (after || beside) doubt();
    } else if (done.what === 'forget' && done.id === event.id) {
      const sure = after && done.ok && (event.tab === done.tab || event.tab === SETTLED);
      if (sure && !all.some((other) => other !== done && overlap(other, done))) fate = 'not';
      else if (fate === 'must') fate = 'may';
    }
  }
  return fate;
}

/** In place of a tab: the event was there when all was at rest. */
export const SETTLED = -1;

/** What the tabs' consent must be in the end: null if two answers overlapped. @param {Done[]} all */
export function consentAfter(before, all) {
  const said = all.filter(({ what }) => what === 'grant' || what === 'withdraw');
  if (said.length === 0) return before;
  const last = said.reduce((a, b) => (a.to > b.to ? a : b));
  if (said.some((other) => other !== last && overlap(other, last))) return null;
  return last.what === 'grant' ? 'remembered' : 'none';
}
