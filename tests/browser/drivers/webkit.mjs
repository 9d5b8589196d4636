/**
 * webkit.mjs - WebKitGTK's MiniBrowser through WebKitWebDriver, spoken to with plain fetch
 *
 * WebKit needs a screen, so every open() has an Xvfb of its own. An automation session starts with
 * nothing stored and forgets at its end, which is what a test wants.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { findCommand } from './find.mjs';

export const name = 'webkit';

/** As WebDriver writes keys. */
const KEYS = { Tab: '\uE004', Enter: '\uE007', Escape: '\uE00C', Space: ' ' };

export function find() {
  const driver = process.env.WEBKIT_DRIVER ?? findCommand('WebKitWebDriver');
  const screen = findCommand('Xvfb');
  const browser = findMiniBrowser();
  return driver && screen && browser ? { driver, screen, browser } : null;
}

/** It is in no path: /usr/lib/<machine>/webkit2gtk-<version>/MiniBrowser, the newest. */
function findMiniBrowser() {
  const found = [];
  for (const folder of list('/usr/lib').map((one) => join('/usr/lib', one)).concat('/usr/libexec')) {
    for (const one of list(folder).filter((name) => /^webkit(2)?gtk-/.test(name))) {
      if (list(join(folder, one)).includes('MiniBrowser')) found.push(join(folder, one, 'MiniBrowser'));
    }
  }
  return found.sort().at(-1) ?? null;
}

function list(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** With a `proxy`, an address and a port, everything goes through that, and goto waits for nothing. */
export async function open({ driver, screen, browser }, { width, height, proxy, env = process.env }) {
  const display = await startScreen(screen);
  const port = await freePort();
  const server = spawn(driver, [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore',
    env: {
      ...env,
      DISPLAY: display.name,
      GDK_BACKEND: 'x11',
      NO_AT_BRIDGE: '1',
      GSETTINGS_BACKEND: 'memory',
      // Its sandbox wants namespaces that containers and root do not have.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    },
  });
  const stop = () => {
    server.kill();
    display.stop();
  };
  try {
    const session = await startSession(`http://127.0.0.1:${port}`, browser, proxy);
    return await face(session, { width, height }, stop);
  } catch (error) {
    stop();
    throw error;
  }
}

async function startScreen(screen) {
  const server = spawn(screen, ['-displayfd', '1', '-screen', '0', '1920x1400x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [number] = await once(server.stdout, 'data');
  return { name: `:${String(number).trim()}`, stop: () => server.kill() };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits for the driver to listen, then asks for a browser. Answers a function that sends commands. */
async function startSession(address, binary, proxy) {
  for (let tries = 0; ; tries++) {
    try {
      await fetch(`${address}/status`);
      break;
    } catch (error) {
      if (tries === 200) throw error;
      await sleep(50);
    }
  }
  const { sessionId } = await send(address, 'POST', '/session', {
    capabilities: {
      alwaysMatch: {
        'webkitgtk:browserOptions': { binary, args: ['--automation'] },
        ...(proxy && {
          pageLoadStrategy: 'none',
          proxy: { proxyType: 'manual', httpProxy: proxy, sslProxy: proxy, noProxy: [] },
        }),
      },
    },
  });
  return (method, path, body) => send(address, method, `/session/${sessionId}${path}`, body);
}

async function send(address, method, path, body) {
  const response = await fetch(address + path, {
    method,
    body: method === 'POST' ? JSON.stringify(body ?? {}) : undefined,
  });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

/** A navigation that the driver breaks off without giving a reason, which is rare, is asked for again, once. */
async function navigate(session, url) {
  try {
    await session('POST', '/url', { url });
  } catch (error) {
    if (error.message !== 'unknown error: ') throw error;
    console.error(`webkit: the driver broke off ${url}; once more`);
    await session('POST', '/url', { url });
  }
}

async function face(session, size, stop) {
  await session('POST', '/timeouts', { script: 60000, pageLoad: 60000 });

  const evaluate = async (script) => {
    const outcome = await session('POST', '/execute/async', {
      script: `const done = arguments[0];
        Promise.resolve().then(() => ${script}).then(
          (value) => done({ value }),
          (error) => done({ error: String(error) }));`,
      args: [],
    });
    if (outcome.error !== undefined) throw new Error(outcome.error);
    return outcome.value;
  };

  /**
   * The window has borders; ask again until the page inside has the size that was meant. MiniBrowser's
   * tool bar keeps it from being narrower than about 450 pixels.
   */
  const resize = async ({ width, height }) => {
    let outer = { width, height };
    for (let tries = 0; tries < 20; tries++) {
      await session('POST', '/window/rect', outer);
      await sleep(50);
      const inner = await evaluate('({ width: innerWidth, height: innerHeight })');
      if (inner.width === width && inner.height === height) return;
      const rect = await session('GET', '/window/rect');
      outer = {
        width: width + rect.width - inner.width,
        height: height + rect.height - inner.height,
      };
    }
    throw new Error(`its window cannot be ${width} by ${height}`);
  };

  await resize(size);
  return {
    session,
    goto: (url) => navigate(session, url),
    evaluate,
    async click(selector) {
      const element = await session('POST', '/element', { using: 'css selector', value: selector });
      await session('POST', `/element/${Object.values(element)[0]}/click`);
    },
    async press(key) {
      const actions = ['keyDown', 'keyUp'].map((type) => ({ type, value: KEYS[key] }));
      await session('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
    },
    resize,
    async screenshot(path) {
      await writeFile(path, Buffer.from(await session('GET', '/screenshot'), 'base64'));
    },
    async close() {
      await session('DELETE', '').catch(() => {});
      stop();
    },
  };
}
