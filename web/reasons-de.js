/**
 * reasons-de.js - the reasons in German
 *
 * @type {import('./reasons.js').Sentences}
 */
export const SENTENCES = [
  '',
  'Oft nach „@“ angesehen',
  'Oft gekauft mit „@“',
  'Das haben Sie schon angesehen',
  'Sie sehen sich gern @ an',
  'Sie mögen @',
  'Beliebt in diesem Shop',
  'Gerade gefragt',
  'Vom Shop empfohlen',
  'Vom Shop ausgewählt',
  'Beliebt in @',
  'Oft gekauft von denen, die „@“ ansahen',
  'Ähnelt „@“',
  'Neu in diesem Shop',
  'Das haben Sie schon gekauft',
];
