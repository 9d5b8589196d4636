/**
 * panel.js - the inspector's frame: tabs, what they show, when they are drawn again
 *
 * One tab is drawn at a time, at most once a frame, however much happens. A tab keeps its place while it
 * changes: rows are made anew only where their text is another (privacy/rows.js does the same for
 * the shopper's page).
 */
import { button, make } from '../privacy/dom.js';
import { campaignsTab } from './campaigns-tab.js';
import { eventsTab } from './events-tab.js';
import { experimentsTab } from './experiments-tab.js';
import { profileTab } from './profile-tab.js';
import { sceneTab } from './scene-tab.js';
import { segmentsTab } from './segments-tab.js';

/** @typedef {import('../index.js').Sotto} Sotto */
/** @typedef {import('../index.js').Campaigns} Campaigns */
/**
 * @typedef {object} Tab
 * @property {string} name
 * @property {HTMLElement} element
 * @property {() => void | Promise<void>} show draws what is so now
 * @property {() => void} [close]
 */
/** @typedef {(sotto: Sotto, campaigns: Campaigns) => Tab} OpenTab */

/**
 * @param {Sotto} sotto
 * @param {Campaigns | undefined} campaigns
 * @param {() => void} leave
 */
export function openPanel(sotto, campaigns, leave) {
  const tabs = [
    ...(campaigns ? [campaignsTab, segmentsTab, experimentsTab].map((open) =>
      open(sotto, campaigns)) : []),
    eventsTab(sotto),
    profileTab(sotto),
    ...(campaigns ? [sceneTab(sotto, campaigns)] : []),
  ];
  let current = tabs[0];
  let waiting = false;
  let open = true;

  const list = make('div', { role: 'tablist', 'aria-label': 'What to look at', onkeydown: step });
  const buttons = tabs.map((tab) => button(tab.name, tab.name, () => select(tab), {
    role: 'tab', id: `tab-${tab.name}`, 'aria-controls': `panel-${tab.name}`,
  }));
  list.append(...buttons);
  for (const { name, element } of tabs) {
    element.id = `panel-${name}`;
    element.setAttribute('role', 'tabpanel');
    element.setAttribute('aria-labelledby', `tab-${name}`);
    element.tabIndex = 0;
  }
  const fold = button('fold', 'Fold', () => {
    const folded = element.toggleAttribute('folded');
    fold.textContent = folded ? 'Open' : 'Fold';
    fold.setAttribute('aria-expanded', String(!folded));
  }, { 'aria-expanded': 'true' });
  const element = make('section', { class: 'frame', 'aria-label': 'Sotto inspector' },
    make('header', {}, make('strong', {}, 'Sotto'), fold, button('close', 'Close', leave), list),
    campaigns ? null : make('p', { class: 'note' },
      'This bundle has no campaigns, or they could not be loaded.'),
    ...tabs.map((tab) => tab.element));

  /** @param {Tab} tab */
  function select(tab) {
    current = tab;
    tabs.forEach((one, i) => {
      one.element.hidden = one !== tab;
      buttons[i].setAttribute('aria-selected', String(one === tab));
      buttons[i].tabIndex = one === tab ? 0 : -1;
    });
    tab.show();
  }

  /** Arrow keys go from tab to tab. */
  function step(/** @type {KeyboardEvent} */ event) {
    const ways = /** @type {Record<string, number>} */ ({ ArrowLeft: -1, ArrowRight: 1 });
    const way = ways[event.key];
    if (!way) return;
    const next = (tabs.indexOf(current) + way + tabs.length) % tabs.length;
    select(tabs[next]);
    buttons[next].focus();
    event.preventDefault();
  }

  function changed() {
    if (waiting || !open) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      if (open) current.show();
    });
  }

  const offs = [
    sotto.on('profile', changed), sotto.on('consent', changed),
    ...(campaigns ? [campaigns.on('look', changed), campaigns.on('campaign', changed),
      campaigns.on('segments', changed)] : []),
  ];
  select(current);
  return {
    element,
    close() {
      open = false;
      offs.forEach((off) => off());
      tabs.forEach((tab) => tab.close?.());
    },
  };
}
