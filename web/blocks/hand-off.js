/**
 * hand-off.js - the one thing that is ever sent, and only what can be seen of it
 *
 * "E-mail me my basket", "tell me when it is back": the shopper asks for it, types an address and
 * presses the button. What is posted is the form as it stands there: the address and the products
 * that are ticked, by fields that can be seen and changed. No field is hidden, nothing is added,
 * and where it goes is said beside the button.
 *
 *     email=...&item=SKU-1&item=SKU-2        application/x-www-form-urlencoded
 *
 * It is a real form. To the shop's own origin it is posted without leaving the page, without
 * cookies and without the page's address; to another one the browser posts it and shows the answer.
 * A shop whose newsletter tool has its own ways gives a function, `campaigns.handOff(take)`: that gets
 * the fields, and nothing is posted.
 */
import { make } from '../privacy/dom.js';

/** @typedef {import('../index.js').CampaignView} CampaignView */
/** @typedef {import('./draw.js').Tools} Tools */

/** Longer than a shopper waits. */
const PATIENCE_MS = 15000;

/**
 * Only over https, or where the page itself is: never `javascript:`.
 *
 * @param {CampaignView} view
 * @param {Tools['address']} address
 */
function targetOf({ handOff }, address) {
  const given = address(handOff?.address ?? '');
  if (!given) return null;
  const url = new URL(given, document.baseURI);
  return url.protocol === 'https:' || url.origin === location.origin ? url : null;
}

/** @param {CampaignView} view @param {Tools} tools */
export function handOffForm(view, { say, address }) {
  const target = targetOf(view, address);
  if (!target) return null;
  const { subject, items, button } = view;
  const about = subject ? [subject] : items;
  const ticks = about.map(({ id, title }) => make('label', { class: 'option', part: 'option' },
    make('input', { type: 'checkbox', name: 'item', value: id, checked: true }), title || id));
  return make('form', {
    'data-sotto-hand-off': true, part: 'form', class: 'form', method: 'post', action: target.href,
    rel: 'noreferrer',
  },
  make('label', { class: 'field' }, make('span', {}, say('email')), make('input', {
    type: 'email', name: 'email', required: true, autocomplete: 'email', maxlength: 254,
    part: 'field',
  })),
  ticks.length > 0 ? make('fieldset', {}, make('legend', { class: 'quiet' }, say('about')),
    make('div', { class: 'ticks' }, ...ticks)) : null,
  make('p', { class: 'quiet', part: 'sends' }, say(ticks.length > 0 ? 'sends' : 'sendsAddress', { where: target.host })),
  make('button', { type: 'submit', part: 'button', class: 'button' }, button || say('send')));
}

/**
 * @param {Event} event
 * @param {HTMLFormElement} form
 * @param {CampaignView} view
 * @param {Tools} tools
 */
export function sendForm(event, form, view, tools) {
  const { host, say, announce, finish, address } = tools;
  const target = targetOf(view, address);
  const button = form.querySelector('[type=submit]');
  const under = button?.getAttribute('aria-disabled') === 'true'; // once is enough
  if (!target || !view.handOff || under) return event.preventDefault();
  // Nor is anything sent that a template hides.
  form.querySelectorAll('input[type=hidden]').forEach((field) => field.remove());
  const fields = new FormData(form);
  const values = Object.fromEntries([...new Set(fields.keys())].map(
    (name) => [name, fields.getAll(name).map(String)]));

  const take = host.handOff();
  if (!take && target.origin !== location.origin) {
    // A shop's own template need not have set these; what it shows is what is posted.
    Object.assign(form, { action: target.href, method: 'post' });
    return host.told('sent');
  }

  event.preventDefault();
  button?.setAttribute('aria-disabled', 'true');
  announce(say('sending'));
  const { name } = view.handOff;
  const answer = take ? take({ name, address: target.href, campaign: view.campaign, values })
    : post(target, fields);
  Promise.resolve(answer).then((outcome) => {
    // What fetch() answers counts by its status.
    const { ok = outcome } = /** @type {any} */ (outcome) ?? {};
    if (ok === false) throw new Error();
    finish(form, view.thanks || say('sent'));
    host.told('sent');
  }).catch(() => {
    button?.removeAttribute('aria-disabled');
    const problem = form.querySelector('.problem')
      ?? make('p', { class: 'problem', part: 'problem' });
    problem.textContent = say('notSent');
    form.append(problem);
    announce(say('notSent'));
  });
}

/** @param {URL} target @param {FormData} fields */
async function post(target, fields) {
  const pairs = [...fields].map(([name, value]) => [name, String(value)]);
  const { ok } = await fetch(target, {
    method: 'POST', body: new URLSearchParams(pairs),
    credentials: 'omit', referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  return ok;
}
