/**
 * address.js - the allow-list of addresses, as the page's first half has it
 *
 * web/bind.js refuses what is not a web address (`javascript:` and its like). It is handed to
 * blocks for the shop's templates; asking it for a link is how they ask about an address, so that
 * there is one list, and nothing more is loaded before the first decision.
 */

/**
 * @param {import('./template.js').Bind} bind
 * @returns {(address: string) => string} the address, or '' if it is not one of the allowed
 */
export function addressReader(bind) {
  const template = document.createElement('template');
  const link = document.createElement('a');
  link.setAttribute('data-sotto', 'href:url');
  template.content.append(link);
  return (url) => {
    const [asked] = url ? bind(template, { url }) : [];
    return asked instanceof Element ? asked.getAttribute('href') ?? '' : '';
  };
}
