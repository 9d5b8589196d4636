/**
 * profile-tab.js - what is kept of the shopper who is looking
 */
import { make } from '../privacy/dom.js';
import { openTable } from './table.js';

/** @param {import('../index.js').Sotto} sotto @returns {import('./panel.js').Tab} */
export function profileTab(sotto) {
  const table = openTable('What is kept', ['what', 'value'], 'There is no profile.');

  async function show() {
    const [kept, details] = await Promise.all([sotto.profile.export(), sotto.consent.details()]);
    const rows = {
      consent: `${sotto.consent.state}, ${details?.answer ?? 'not loaded'}${details?.gpc ? ', GPC' : ''}`,
      stored: kept ? `${kept.stored}${kept.encrypted ? ', encrypted' : ''}` : '',
      sessions: kept?.sessions,
      events: kept?.events.length,
      cart: kept?.cart.map(({ title, item, quantity }) => `${quantity} ${title || item}`).join(', '),
      purchases: kept?.purchases.map(({ title, item, times }) => `${title || item} (${times})`)
        .join(', '),
      interests: kept?.interests.slice(0, 12).map(({ name, strength }) =>
        `${name} ${strength.toFixed(1)}`).join(', '),
    };
    table.show(Object.entries(rows).filter(([, value]) => value !== undefined && value !== '')
      .map(([name, value]) => ({ key: name, cells: [name, String(value)] })));
  }

  return { name: 'Profile', element: make('div', {}, table.element), show };
}
