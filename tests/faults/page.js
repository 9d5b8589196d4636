/**
 * page.js - what a tab of the fault tests runs: Sotto, and an ear for whatever goes wrong
 *
 * `told` has what the shop's page would see: errors thrown into it, promises that nobody caught, and
 * what onError heard. With #now=SECONDS the page's clock starts there, for Sotto and for the browser.
 */
const told = [];
addEventListener('error', ({ message }) => told.push(`thrown ${message}`));
addEventListener('unhandledrejection', ({ reason }) => told.push(`rejected ${reason?.stack ?? reason}`));

const given = new URLSearchParams(location.hash.slice(1)).get('now');
if (given !== null) {
  const began = performance.now();
  Date.now = () => Math.floor(Number(given) * 1000 + performance.now() - began);
}

const { start } = await import('/sotto/sotto.js');
const sotto = await start({
  shop: 'garden',
  onError: ({ code, file, message }) => told.push(`${code} ${file}: ${message}`),
});
const first = sotto.decide('recent').items.map(({ id }) => id);
Object.assign(globalThis, { sotto, told, first });
// What this answers, it answers when the rest of Sotto is loaded.
await sotto.profile.export();
globalThis.opened = true;
