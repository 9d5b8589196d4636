/**
 * cookiebot.js - Cookiebot by Usercentrics
 *
 * https://www.cookiebot.com/en/developer/: an object with the answer, and events of the window.
 * `CookiebotOnAccept` and `CookiebotOnDecline` come when the shopper clicks, and with every page
 * after that; `CookiebotOnConsentReady` whenever the answer is known.
 *
 * Before there is a response, and where one was only implied (the shopper went on without a
 * word), it is asking. What comes after the dialog was shown on this page is fresh.
 */
import { answerOf } from './answer.js';
import { guarded } from './guarded.js';

export const USUAL = {
  store: ['preferences'], personalise: ['preferences'], measure: ['statistics'],
};

const ANSWERS = ['CookiebotOnConsentReady', 'CookiebotOnAccept', 'CookiebotOnDecline'];
const DIALOG = 'CookiebotOnDialogDisplay';

/** @type {import('../consent-source.js').Listen} */
export function listen(window, names, tell) {
  let asked = false;

  const read = guarded(tell, () => {
    const { Cookiebot } = window;
    if (!Cookiebot) return;
    const { consent, hasResponse } = Cookiebot;
    if (hasResponse !== true) return tell('asking');
    const answer = answerOf(names, (name) => consent[name], asked);
    const yes = answer.store || answer.personalise || answer.measure;
    if (yes && consent.method === 'implied') return tell('asking');
    asked = false;
    tell(answer);
  });
  const shown = () => {
    asked = true;
    tell('asking');
  };

  ANSWERS.forEach((name) => window.addEventListener(name, read));
  window.addEventListener(DIALOG, shown);
  read();
  return () => {
    ANSWERS.forEach((name) => window.removeEventListener(name, read));
    window.removeEventListener(DIALOG, shown);
  };
}
