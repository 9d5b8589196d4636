/**
 * reasons-de.js - the reasons in German
 *
 * @type {import('./reasons.js').Sentences}
 */
export const SENTENCES = [
  [''],
  ['Oft nach „@“ angesehen', 'Oft als Nächstes angesehen'],
  ['Oft gekauft mit „@“', 'Oft zusammen gekauft'],
  ['Das haben Sie schon angesehen'],
  ['Sie sehen sich gern @ an', 'Aus einer Kategorie, die Sie mögen'],
  ['Sie mögen @', 'Von einer Marke, die Sie mögen'],
  ['Beliebt in diesem Shop'],
  ['Gerade gefragt'],
  ['Vom Shop empfohlen'],
  ['Vom Shop ausgewählt'],
  ['Beliebt in @', 'Beliebt in seiner Kategorie'],
];
