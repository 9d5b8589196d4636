/**
 * pictures.js - campaigns' own pictures, asked for whether they are shown or not
 *
 * A picture that is asked for when its campaign is shown tells whoever serves it to whom that was. So
 * every page asks for the pictures of all campaigns that are not over, in the order of the plan and
 * one after the other, whoever the shopper is; a block gets its own from memory.
 *
 *     block is drawn       <img data-sotto-image="/spring.webp">                  no src
 *     and once it is here  <img data-sotto-image="/spring.webp" src="blob:...">
 *
 * An address never becomes a `src`: what cannot be fetched here is not shown. The bytes are fetched,
 * so another origin has to allow that (CORS), and come from the browser's cache for as long as who
 * serves them lets it.
 */

/** One that hangs does not keep the others waiting for ever. */
const PATIENCE_MS = 30000;

/**
 * @param {object} options
 * @param {() => string[]} options.addresses of the pictures, as the site file has them
 * @param {() => Promise<boolean>} options.mayShow whether the page may show what is in memory
 * @param {import('../later/later.js').Fail} options.fail
 */
export function openCampaignPictures({ addresses, mayShow, fail }) {
  /** By the address of the site file: what is waited for, and how it is told. */
  const pictures = /** @type {Map<string, { here: Promise<string>, tell(source: string): void }>} */ (
    new Map());
  /** @type {string[]} */
  let sources = [];
  let stopped = false;

  function pictureOf(/** @type {string} */ address) {
    const known = pictures.get(address);
    if (known) return known;
    let tell = (/** @type {string} */ _) => {};
    const here = /** @type {Promise<string>} */ (new Promise((resolve) => {
      tell = resolve;
    }));
    pictures.set(address, { here, tell });
    return { here, tell };
  }

  /** Its bytes as an address in memory; '' if they cannot be had, which is told. */
  async function fetchOne(/** @type {string} */ address) {
    try {
      const url = new URL(address, document.baseURI);
      const answer = /^https?:$/.test(url.protocol) && await fetch(url, {
        priority: 'low', signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const bytes = answer && answer.ok && await answer.blob();
      if (!bytes) fail('missing', address, answer ? String(answer.status) : '');
      else if (!stopped) {
        const source = URL.createObjectURL(bytes);
        sources.push(source);
        return source;
      }
    } catch (error) {
      fail('network', address, String(error));
    }
    return '';
  }

  return {
    /** Where a picture is in memory, once it is there; '' if it cannot be had. */
    of: (/** @type {string} */ address) => pictureOf(address).here,

    async load() {
      const wanted = [...new Set(addresses())].filter(Boolean);
      const may = wanted.length > 0 && await mayShow();
      if (wanted.length > 0 && !may) fail('unsupported', 'campaigns', 'img-src has no blob:');
      for (const address of wanted) {
        pictureOf(address).tell(may && !stopped ? await fetchOne(address) : '');
      }
    },

    stop() {
      stopped = true;
      sources.forEach((source) => URL.revokeObjectURL(source));
      sources = [];
    },
  };
}
