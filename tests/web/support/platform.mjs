/**
 * platform.mjs - a window for consent platforms to live in, and someone who listens to what is told
 *
 *     const { window, told, listen } = openPlatform(adapter);
 *     window.dispatchEvent(event('UC_UI_INITIALIZED'));
 *     told()  ->  ['asking', 'store personalise fresh', 'no', 'broken']
 *
 * What an adapter tells is written short: the purposes it allows, `no` if none, `fresh` behind them.
 */
import { setTimeout as sleep } from 'node:timers/promises';

/** A target that knows who listens. */
class Heard extends EventTarget {
  listeners = [];

  addEventListener(name, listener) {
    this.listeners.push([name, listener]);
    super.addEventListener(name, listener);
  }

  removeEventListener(name, listener) {
    this.listeners = this.listeners.filter(([one, other]) => one !== name || other !== listener);
    super.removeEventListener(name, listener);
  }
}

/** Events of a window, as much of them as platforms use. */
class FakeWindow extends Heard {
  document = new Heard();
}

export const event = (name, detail) => Object.assign(new Event(name), { detail });

const words = (what) => {
  if (typeof what === 'string') return what;
  const { fresh, ...purposes } = what;
  const allowed = Object.keys(purposes).filter((one) => purposes[one]);
  return [...(allowed.length > 0 ? allowed : ['no']), ...(fresh ? ['fresh'] : [])].join(' ');
};

export function openPlatform(adapter) {
  const window = new FakeWindow();
  let heard = [];
  return {
    window,
    /** The names of the events that are listened to. */
    heard: () => [...window.listeners, ...window.document.listeners].map(([name]) => name).sort(),
    /** Starts the adapter; answers what stops it. */
    listen: (names = {}, options = { tcfPurposes: false }) =>
      adapter.listen(window, { ...adapter.USUAL, ...names }, (what) => heard.push(words(what)), options),
    /** What was told since it was last asked. */
    told() {
      const all = heard;
      heard = [];
      return all;
    },
  };
}

/** Lets callbacks, promises and timers of up to that time have their turn. */
export const settle = (ms = 0) => sleep(ms);
