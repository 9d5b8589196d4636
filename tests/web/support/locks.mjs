/**
 * locks.mjs - navigator.locks, as all tabs of one browser share them
 *
 * Requests are granted in their order (Web Locks API, section 2.5), one at a time; one that is to be had at
 * once or not at all does not wait. A lock is held until what `work` answers is settled.
 */
export function openLocks() {
  const queues = new Map();

  return {
    request(name, ...rest) {
      const work = rest.pop();
      const { ifAvailable = false } = rest[0] ?? {};
      const queue = queues.get(name) ?? [];
      queues.set(name, queue);
      if (ifAvailable && queue.length > 0) return Promise.resolve(null).then(work);
      return new Promise((resolve, reject) => {
        const go = () => Promise.resolve({ name, mode: 'exclusive' }).then(work).then(resolve, reject).finally(() => {
          queue.shift();
          queue[0]?.();
        });
        if (queue.push(go) === 1) go();
      });
    },
  };
}
