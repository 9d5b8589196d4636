/**
 * agreed.mjs - browsers whose shopper agreed, by the shop's own code or through a platform
 */
import { publish } from './garden.mjs';
import { openBrowser, until } from './page.mjs';

export const TCF = [[1, [1]], [3, 'v1']];
export const EACH_PAGE = [...TCF, [2, [1]]];
export const NAME = 'sotto:garden';

export const granted = { publisher: { consents: { 1: true, 5: true, 6: true } } };
export const denied = { publisher: { consents: {} } };

/** A CMP of the page that is next; undefined takes it away. */
export function openCmp(data) {
  const listeners = [];
  let last = data;
  const whole = () => ({ gdprApplies: true, cmpStatus: 'loaded', listenerId: 1, ...last });
  globalThis.__tcfapi = (command, version, callback) => {
    if (command === 'addEventListener') listeners.push(callback);
    if (command === 'addEventListener' && last) callback(whole(), true);
  };
  return (next) => {
    last = next;
    listeners.forEach((callback) => callback(whole(), true));
  };
}

export const recordOf = (browser) => JSON.parse(browser.local.getItem(NAME));
export const answerOf = async (page) => (await page.consent.details()).answer;

/** A browser whose shopper agreed on an earlier page and looked at a rake there. */
export async function remembered(options) {
  const browser = openBrowser(publish(options).files);
  const platform = options?.consent?.some(([key]) => key === 1);
  if (platform) openCmp({ eventStatus: 'useractioncomplete', ...granted });
  const page = await browser.visit();
  page.track('view', { item: 'rake' });
  if (!platform) await page.consent.grant();
  await until(async () => page.consent.state === 'remembered');
  await page.profile.export();
  page.stop();
  await until(async () => {
    const look = await browser.visit();
    const { events } = await look.profile.export();
    look.stop();
    return events.length === 1;
  });
  return browser;
}
