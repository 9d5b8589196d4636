/**
 * locks.mjs - navigator.locks, as all tabs of one browser share them
 *
 * Requests are granted in their order (Web Locks API, section 2.5): a shared one beside others that are
 * shared, an exclusive one alone. A lock is held until what `work` answers is settled.
 */
export function openLocks() {
  const queues = new Map();

  function grant(queue) {
    while (queue.length > 0) {
      const next = queue.find(({ held }) => !held);
      const holding = queue.filter(({ held }) => held);
      const free = holding.length === 0 || (next?.shared && holding.every(({ shared }) => shared));
      if (!next || !free) return;
      next.held = true;
      next.go();
    }
  }

  return {
    request(name, ...rest) {
      const work = rest.pop();
      const { mode = 'exclusive', signal } = rest[0] ?? {};
      const queue = queues.get(name) ?? [];
      queues.set(name, queue);
      return new Promise((resolve, reject) => {
        const mine = { shared: mode === 'shared', held: false };
        const leave = () => {
          queue.splice(queue.indexOf(mine), 1);
          grant(queue);
        };
        mine.go = () => Promise.resolve().then(() => work({ name, mode })).then(resolve, reject).finally(leave);
        signal?.addEventListener('abort', () => {
          if (mine.held) return;
          leave();
          reject(signal.reason);
        });
        queue.push(mine);
        grant(queue);
      });
    },
  };
}
