/**
 * why-en.js - what <sotto-why> says, in English
 *
 * @type {Record<string, import('./speak.js').Text>}
 */
export const TEXTS = {
  why: 'Why this?',
  whyOf: 'Why this? {name}',
  shownSince: 'Why you see this:',
  sameForAll: 'The shop chose this; it is the same for everybody.',
  byCampaign: 'It is in a message of the shop’s. Whom that is shown to was decided on this device.',
  notThis: 'Not this',
  allowFirst: 'To say “not this”, let this browser remember what you like.',
  noted: '{name} will not be shown to you again.',
  undo: 'Undo',
  undone: 'Undone: {name} may be shown again.',
  close: 'Close',
  centre: 'All that is remembered',
};
