/**
 * own-picture.js - a campaign's own picture, from memory
 *
 * An image that is given an address asks for it, even before it is on the page. So a block's own
 * picture is drawn without one and marked; what web/campaigns/pictures.js fetched, for every page
 * alike, becomes its source. In the shop's own templates `src:image` means the same.
 */

export const OWN_PICTURE = 'data-sotto-image';
const MARKED = `[${OWN_PICTURE}]`;
/** How a template asks for it. */
const BINDING = 'src:image';

/**
 * Gives what was just drawn its pictures, now or when they are here. Ours goes if there is none; the
 * shop's is the shop's.
 *
 * @param {ShadowRoot} root
 * @param {Element} element the block, in which the shop's own nodes stand
 * @param {(address: string) => Promise<string>} picture
 */
export function drawPictures(root, element, picture) {
  for (const image of [root, element].flatMap((one) => [...one.querySelectorAll(MARKED)])) {
    picture(image.getAttribute(OWN_PICTURE) ?? '').then((source) => {
      if (source) image.setAttribute('src', source);
      else if (image.getRootNode() === root) image.remove();
    });
  }
}

/**
 * The shop's template, in which nothing is bound that would ask for the picture.
 *
 * @param {HTMLTemplateElement} template
 * @param {string} address
 */
export function withoutSource(template, address) {
  const copy = /** @type {HTMLTemplateElement} */ (template.cloneNode(true));
  for (const one of copy.content.querySelectorAll(`[data-sotto~="${BINDING}"]`)) {
    const bindings = /** @type {string} */ (one.getAttribute('data-sotto')).split(/\s+/);
    one.setAttribute('data-sotto', bindings.filter((binding) => binding !== BINDING).join(' '));
    one.removeAttribute('src');
    if (address) one.setAttribute(OWN_PICTURE, address);
  }
  return copy;
}
