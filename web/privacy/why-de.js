/**
 * why-de.js - what <sotto-why> says, in German
 *
 * @type {Record<string, import('./speak.js').Text>}
 */
export const TEXTS = {
  why: 'Warum das?',
  whyOf: 'Warum das? {name}',
  shownSince: 'Darum sehen Sie das:',
  sameForAll: 'Das hat der Shop ausgewählt, für alle gleich.',
  byCampaign: 'Es steht in einem Hinweis des Shops. Wem er gezeigt wird, wurde auf diesem Gerät entschieden.',
  notThis: 'Das nicht',
  allowFirst: 'Um „Das nicht“ zu sagen, erlauben Sie diesem Browser, sich zu merken, was Ihnen gefällt.',
  noted: '{name} wird Ihnen nicht mehr gezeigt.',
  undo: 'Rückgängig',
  undone: 'Rückgängig gemacht: {name} darf wieder gezeigt werden.',
  close: 'Schließen',
  centre: 'Alles, was gemerkt ist',
};
