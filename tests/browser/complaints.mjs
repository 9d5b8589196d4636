/**
 * complaints.mjs - what someone who cannot see well, or cannot use a mouse, would stumble over in a block
 *
 * An expression for the page: it answers a list of what is wrong with the block that is drawn, empty
 * if nothing is.
 */
export const COMPLAINTS = `(() => {
  const root = document.querySelector('sotto-block').shadowRoot;
  const complaints = [];
  const say = (element, what) => complaints.push(element.localName + '.' + element.className + ': ' + what);
  const seen = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === 'visible';
  const textOf = (element) => [...element.childNodes].map((node) => (node.nodeType === 3 ? node.data
    : node.nodeType === 1 && node.getAttribute('aria-hidden') !== 'true' ? node.getAttribute('alt') ?? textOf(node) : '')).join(' ').trim();
  const nameOf = (element) => element.getAttribute('aria-label')
    || (element.getAttribute('aria-labelledby') ?? '').split(' ').filter(Boolean).map((id) => root.getElementById(id)?.textContent ?? '').join(' ')
    || (element.labels?.[0]?.textContent ?? '') || textOf(element);
  for (const element of root.querySelectorAll('a[href], button, input, dialog, aside, progress, fieldset')) {
    if (seen(element) && !nameOf(element).trim()) say(element, 'has no name');
  }
  for (const image of root.querySelectorAll('img')) if (!image.hasAttribute('alt')) say(image, 'has no alt');
  const ids = [...root.querySelectorAll('[id]')].map(({ id }) => id);
  if (new Set(ids).size !== ids.length) complaints.push('an id stands twice: ' + ids);
  for (const element of root.querySelectorAll('[tabindex]')) if (element.tabIndex > 0) say(element, 'tabindex');
  for (const list of root.querySelectorAll('ul')) if ([...list.children].some(({ localName }) => localName !== 'li')) say(list, 'has not only items');
  for (const element of root.querySelectorAll('[aria-labelledby], [aria-controls]')) {
    for (const name of ['aria-labelledby', 'aria-controls']) {
      const id = element.getAttribute(name);
      if (id && !root.getElementById(id)) say(element, name + ' names nothing');
    }
  }
  for (const element of root.querySelectorAll('button, .button, .option')) {
    const { width, height } = element.getBoundingClientRect();
    if (seen(element) && (width < 24 || height < 24)) say(element, 'is small: ' + width + ' x ' + height);
  }
  if (!root.querySelector('[role=status]')) complaints.push('nothing is said to those who listen');

  // Contrast: every text against what lies behind it.
  const numbers = (color) => {
    const [, kind, inner] = color.match(/^(rgba?|color)\\((.*)\\)$/) ?? [];
    const parts = (inner ?? '').replace('srgb', '').split(/[\\s,/]+/).filter(Boolean).map(parseFloat);
    const [r, g, b, alpha = 1] = parts;
    return kind === 'color' ? [r * 255, g * 255, b * 255, alpha] : [r, g, b, alpha];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const parentOf = (node) => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host ?? null;
  const base = getComputedStyle(document.documentElement).colorScheme === 'dark' ? [18, 18, 18, 1] : [255, 255, 255, 1];
  const behind = (element) => {
    const layers = [];
    for (let one = element; one; one = parentOf(one)) layers.push(numbers(getComputedStyle(one).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), base);
  };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !seen(element) || element.closest('.hidden')) continue;
    const style = getComputedStyle(element);
    const back = behind(element);
    const front = over(numbers(style.color), back);
    const [dark, bright] = [light(front), light(back)].sort((a, b) => a - b);
    const ratio = (bright + 0.05) / (dark + 0.05);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    if (!(ratio >= (large ? 3 : 4.5))) say(element, 'contrast ' + ratio.toFixed(2) + ' of ' + JSON.stringify(node.data) + ' ' + style.color + ' on ' + back);
  }
  return complaints;
})()`;
