/**
 * dom.mjs - a document small enough to read
 *
 * As much of the DOM as a slot needs: a tree, attributes, templates, custom elements, bubbling
 * events and the simplest selectors. What real browsers make of slots is tested in tests/browser.
 *
 *     const document = openDocument();
 *     document.body.append(h('sotto-slot', { name: 'x' }, h('p', {}, 'the shop’s own')));
 */

class Node {
  childNodes = [];
  parentNode = null;
  listeners = new Map();

  get isConnected() {
    return this.parentNode ? this.parentNode.isConnected : this === globalThis.document;
  }

  getRootNode() {
    return this.parentNode ? this.parentNode.getRootNode() : this;
  }

  contains(other) {
    for (let node = other; node; node = node.parentNode) if (node === this) return true;
    return false;
  }

  append(...nodes) {
    for (const node of nodes) this.#insert(node, this.childNodes.length);
  }

  before(...nodes) {
    for (const node of nodes) {
      node.remove();
      this.parentNode.#insert(node, this.parentNode.childNodes.indexOf(this));
    }
  }

  remove() {
    const siblings = this.parentNode?.childNodes;
    siblings?.splice(siblings.indexOf(this), 1);
    this.parentNode = null;
  }

  #insert(node, index) {
    node.remove();
    node.parentNode = this;
    this.childNodes.splice(index, 0, node);
    if (node.isConnected) [node, ...node.descendants()].forEach((one) => one.connectedCallback?.());
  }

  descendants() {
    return this.childNodes.flatMap((node) => [node, ...node.descendants()]);
  }

  querySelectorAll(selector) {
    // tag, [name], tag[name], tag[name~="word"], *
    const [, tag, name, word] = selector.match(/^([\w-]+|\*)?(?:\[([\w-]+)(?:~="([^"]*)")?\])?$/);
    return this.descendants().filter((node) => node instanceof Element
      && (!tag || tag === '*' || node.localName === tag)
      && (!name || node.attributes.has(name))
      && (!word || node.attributes.get(name).split(/\s+/).includes(word)));
  }

  querySelector(selector) {
    return this.querySelectorAll(selector)[0] ?? null;
  }

  addEventListener(type, listener, { once } = {}) {
    this.listeners.set(listener, { type, once });
  }

  removeEventListener(type, listener) {
    this.listeners.delete(listener);
  }

  dispatchEvent(event) {
    const path = [];
    for (let node = this; node; node = node.parentNode) path.push(node);
    if (event.bubbles) path.push(globalThis.document);
    for (const node of event.bubbles ? path : [this]) {
      for (const [listener, { type, once }] of [...node.listeners]) {
        if (type !== event.type) continue;
        if (once) node.listeners.delete(listener);
        listener({ type, target: this, currentTarget: node, composedPath: () => path });
      }
    }
  }

  get textContent() {
    return this.childNodes.map((node) => node.textContent).join('');
  }

  set textContent(text) {
    [...this.childNodes].forEach((node) => node.remove());
    if (text) this.append(new Text(text));
  }
}

class Text extends Node {
  constructor(text) {
    super();
    this.text = text;
  }

  get textContent() {
    return this.text;
  }

  cloneNode() {
    return new Text(this.text);
  }
}

class Element extends Node {
  attributes = new Map();
  localName = '';
  nodeType = 1;

  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }

  setAttribute(name, value) {
    this.attributes.set(name, String(value));
    if (this.constructor.observedAttributes?.includes(name)) this.attributeChangedCallback();
  }

  removeAttribute(name) {
    this.attributes.delete(name);
  }

  toggleAttribute(name, on) {
    if (on) this.setAttribute(name, '');
    else this.removeAttribute(name);
  }

  cloneNode() {
    const copy = h(this.localName, Object.fromEntries(this.attributes));
    copy.append(...this.childNodes.map((node) => node.cloneNode()));
    return copy;
  }
}

class Template extends Element {
  content = new Node();
}

/** Makes an element. A template's children go into its content. */
export function h(name, attributes = {}, ...children) {
  const Made = name === 'template' ? Template : globalThis.customElements?.get(name) ?? Element;
  const element = new Made();
  element.localName = name;
  for (const [key, value] of Object.entries(attributes)) element.attributes.set(key, value);
  (element.content ?? element).append(
    ...children.map((child) => (typeof child === 'string' ? new Text(child) : child)));
  return element;
}

/** The tree as short markup, for comparing. */
export function markup(node) {
  if (node instanceof Text) return node.text;
  const attributes = [...node.attributes].map(([name, value]) => ` ${name}="${value}"`).join('');
  return `<${node.localName}${attributes}>${node.childNodes.map(markup).join('')}</${node.localName}>`;
}

/** A document of its own, and the globals that go with it. */
export function openDocument({ elements = true } = {}) {
  const defined = new Map();
  const document = Object.assign(new Node(), {
    body: Object.assign(new Element(), { localName: 'body' }),
    documentElement: { lang: 'en' },
    baseURI: 'https://shop.example/page.html',
    readyState: 'complete',
    visibilityState: 'visible',
    activeElement: null,
    createTextNode: (text) => new Text(text),
    importNode: (content) => {
      const copy = new Node();
      copy.append(...content.childNodes.map((node) => node.cloneNode()));
      return copy;
    },
  });
  globalThis.document = document;
  globalThis.HTMLElement = Element;
  document.append(document.body);
  globalThis.customElements = elements ? {
    get: (name) => defined.get(name),
    define(name, Made) {
      defined.set(name, Made);
      for (const old of document.querySelectorAll(name)) {
        Object.setPrototypeOf(old, Made.prototype);
        old.connectedCallback();
      }
    },
  } : undefined;
  return document;
}

export function closeDocument() {
  for (const name of ['document', 'HTMLElement', 'customElements']) delete globalThis[name];
}
