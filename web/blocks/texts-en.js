/**
 * texts-en.js - what blocks say of their own, in English
 *
 * @type {Record<string, import('../privacy/speak.js').Text>}
 */
export const TEXTS = {
  close: 'Close',
  copy: 'Copy',
  copyOf: 'Copy the code {code}',
  copied: 'Copied',
  copyByHand: 'The code is selected: copy it with your keyboard.',
  code: 'Code:',
  back: 'Back',
  forward: 'Forward',
  reaches: 'What reaches it',
  progress: 'On the way to free shipping',
  was: ', instead of ',
  answer: 'Answer',
  chooseOne: 'Choose an answer first.',
  thanks: 'Thank you.',
  email: 'Your e-mail address',
  about: 'About',
  send: 'Send',
  sendsAddress: 'Sends the address to {where}, and nothing else.',
  sends: 'Sends the address and what is ticked to {where}, and nothing else.',
  sending: 'Sending …',
  sent: 'Sent. Thank you.',
  notSent: 'That did not work. Please try again later.',
};
