/**
 * shopper.mjs - what a shopper does in the demo shop, and what she sees
 *
 * Everything goes through what the page shows, except `sotto`, which asks the integration's own
 * object for what has no place on a page.
 */

const asked = (code, args) => `import('/recommend.js').then(({ started }) => started)
    .then((sotto) => (${code})(${['sotto', ...args.map((value) => JSON.stringify(value))].join(', ')}))`;

/** Calls `code` with the Sotto that the shop's integration started. */
export const sotto = (page, code, ...args) => page.evaluate(asked(code, args));

/** The same, until it comes true. */
export const until = (page, code, ...args) => page.waitFor(asked(code, args));

/** Goes to a page of the shop and waits until Sotto has started and decided. */
export async function visit(page, shop, path) {
  await page.goto(shop.url(path));
  await started(page);
}

export const started = (page) => until(page, () => true);

export const productPath = (id) => `/product.html?id=${encodeURIComponent(id)}`;

export async function allow(page) {
  await page.waitFor(() => !document.querySelector('[data-test=consent-banner]').hidden);
  await page.click('[data-test=consent-grant]');
  await page.waitFor(() => document.querySelector('[data-test=consent-banner]').hidden);
  await remembered(page);
}

/**
 * All that lies in the profile's databases, decrypted: for pages, so it is text. Its transactions
 * commit at once, as they must in WebKit (web/later/database.js).
 */
const ROWS = `async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const rows = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const transaction = database.transaction(store);
      const reading = transaction.objectStore(store).getAll();
      transaction.commit();
      for (const { how, key, data, ...bare } of await done(reading)) {
        rows.push(new Uint8Array(key ? await crypto.subtle.decrypt(how, key, data)
          : Object.values(bare)));
      }
    }
    database.close();
  }
  return rows;
}`;

const IS_REMEMBERED = `async (it) => {
  const { stored, block } = await it.profile.export();
  if (stored !== 'device') return false;
  // The shelf may stand behind the profile.
  return (await (${ROWS})()).some((row) =>
    btoa(String.fromCharCode(...row.subarray(0, atob(block).length))) === block);
}`;

/** Waits until the profile as it is now is on the device, in the one store that there is. */
export const remembered = (page) => until(page, IS_REMEMBERED);

/** The same of a page whose Sotto is what this expression says. */
export const rememberedBy = (page, sotto) => page.waitFor(`(${IS_REMEMBERED})(${sotto})`);

/** Waits until the page has asked for the ranker. */
export const askedForRanker = (page) => page.waitFor(() =>
  performance.getEntriesByType('resource').some(({ name }) => name.includes('/sotto/ranker.')));

/** Waits until the page has asked for the pictures of campaigns, which it does last. */
export const askedForCampaigns = (page) => page.waitFor(() =>
  performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/pictures/bench.svg')));

/** Waits until what was ranked for the profile as it is now is on the device, and nothing else. */
export const shelved = (page) => until(page, `async (it) => {
  const { block } = await it.profile.export();
  const now = Uint8Array.from(atob(block), (letter) => letter.charCodeAt(0));
  const wordOf = (bytes, at) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);
  const [last, ...rest] = await (${ROWS})();
  // One row: what was before it is swept away, so nothing is under way any more.
  return last && rest.length === 0 && last.length > now.length
    && wordOf(last, now.length + 16) === wordOf(now, 40);
}`);

/** Waits until the profile knows of a look at a product. */
export const counted = (page, id) => until(page, async (it, wanted) =>
  (await it.profile.export()).events.some(({ item }) => item === wanted), id);

/** Looks at products, one page after another, each until it is remembered and ranked for. */
export async function lookAt(page, shop, ids) {
  for (const id of ids) {
    await visit(page, shop, productPath(id));
    await counted(page, id);
    if (await sotto(page, (it) => it.consent.state) === 'remembered') await shelved(page);
  }
}

/** What a slot shows: who filled it, its heading, its products in order. */
export function slot(page, name) {
  return page.evaluate((wanted) => {
    const element = document.querySelector(`sotto-slot[name="${wanted}"]`);
    return {
      state: element.getAttribute('state'),
      heading: element.querySelector('[data-sotto-heading]')?.textContent.trim(),
      items: [...element.querySelectorAll('[data-item]')].map((card) => card.dataset.item),
    };
  }, name);
}

/** Waits until Sotto has filled a slot, and tells what it shows. */
export async function filled(page, name) {
  await page.waitFor(
    (wanted) => document.querySelector(`sotto-slot[name="${wanted}"][state=sotto]`) !== null,
    name,
  );
  return slot(page, name);
}

/**
 * What is kept on the device that is not the shop's own basket: all of it, by name. Receipts of what was
 * agreed to and taken back are not of the shopper's doings; tests/web has those.
 */
export function keptOnDevice(page) {
  return page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    storage: [...Object.keys(localStorage), ...Object.keys(sessionStorage)]
      .filter((key) => /sotto/i.test(key) && !key.endsWith(' receipts')),
    cookies: document.cookie,
    caches: 'caches' in globalThis ? await caches.keys() : [],
  }));
}

export const NOTHING = { databases: [], storage: [], cookies: '', caches: [] };
