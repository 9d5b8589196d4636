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

/** Waits until the profile as it is now is on the device, in the one store that there is. */
export async function remembered(page) {
  await until(page, async (it) => {
    const { stored, block } = await it.profile.export();
    if (stored !== 'device') return false;
    // The shelf may stand behind the profile.
    const holds = (value) => (value instanceof Uint8Array
      ? btoa(String.fromCharCode(...value.subarray(0, atob(block).length))) === block
      : value !== null && typeof value === 'object' && Object.values(value).some(holds));
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = reject;
      });
      const values = await Promise.all([...database.objectStoreNames].map((store) =>
        new Promise((resolve, reject) => {
          const reading = database.transaction(store).objectStore(store).getAll();
          reading.onsuccess = () => resolve(reading.result);
          reading.onerror = reject;
        })));
      database.close();
      if (holds(values)) return true;
    }
    return false;
  });
}

/** Waits until the page has asked for the ranker. */
export const askedForRanker = (page) => page.waitFor(() =>
  performance.getEntriesByType('resource').some(({ name }) => name.includes('/sotto/ranker.')));

/** Waits until what was ranked for the profile as it is now is on the device, and nothing else. */
export const shelved = (page) => until(page, async (it) => {
  const { block } = await it.profile.export();
  const now = Uint8Array.from(atob(block), (letter) => letter.charCodeAt(0));
  const wordOf = (bytes, at) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = reject;
    });
    const rows = await new Promise((resolve, reject) => {
      const reading = database.transaction('profile').objectStore('profile').getAll();
      reading.onsuccess = () => resolve(reading.result);
      reading.onerror = reject;
    });
    database.close();
    // One row: what was before it is swept away, so nothing is under way any more.
    const [last] = rows;
    if (rows.length === 1 && last.length > now.length
      && wordOf(last, now.length + 16) === wordOf(now, 40)) return true;
  }
  return false;
});

/** Waits until the profile knows of a look at a product. */
export const counted = (page, id) => until(page, async (it, wanted) =>
  (await it.profile.export()).events.some(({ item }) => item === wanted), id);

/**
 * Looks at products, one page after another, each until it is remembered and ranked for: until then
 * there may be a save under way, and WebKit's storage does not survive that a page is left within one.
 */
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

/** What is kept on the device that is not the shop's own basket: all of it, by name. */
export function keptOnDevice(page) {
  return page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    storage: [...Object.keys(localStorage), ...Object.keys(sessionStorage)]
      .filter((key) => /sotto/i.test(key)),
    cookies: document.cookie,
    caches: 'caches' in globalThis ? await caches.keys() : [],
  }));
}

export const NOTHING = { databases: [], storage: [], cookies: '', caches: [] };
