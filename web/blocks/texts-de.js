/**
 * texts-de.js - was Blöcke von sich aus sagen
 *
 * @type {Record<string, import('../privacy/speak.js').Text>}
 */
export const TEXTS = {
  close: 'Schließen',
  copy: 'Kopieren',
  copyOf: 'Den Code {code} kopieren',
  copied: 'Kopiert',
  copyByHand: 'Der Code ist markiert: Kopieren Sie ihn mit der Tastatur.',
  code: 'Code:',
  back: 'Zurück',
  forward: 'Weiter',
  reaches: 'Was dafür reicht',
  progress: 'Auf dem Weg zum kostenlosen Versand',
  was: ', statt ',
  answer: 'Antworten',
  chooseOne: 'Wählen Sie zuerst eine Antwort.',
  thanks: 'Vielen Dank.',
  email: 'Ihre E-Mail-Adresse',
  about: 'Es geht um',
  send: 'Senden',
  sendsAddress: 'Sendet die Adresse an {where}, sonst nichts.',
  sends: 'Sendet die Adresse und das Angekreuzte an {where}, sonst nichts.',
  sending: 'Wird gesendet …',
  sent: 'Gesendet. Vielen Dank.',
  notSent: 'Das hat nicht geklappt. Bitte versuchen Sie es später noch einmal.',
};
