/**
 * shop.mjs - the demo shop as it is published, served by `sotto serve`
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const build = resolve(process.env.BUILD ?? 'build');

export async function openShop() {
  const root = join(build, 'demo/shop');
  if (!existsSync(root)) throw new Error(`${root} is not there; run: make shop`);
  const read = (path) => JSON.parse(readFileSync(join(build, 'demo', path), 'utf8'));
  const { styles } = read('truth.json');
  const { products } = read('shop/products.json');
  const site = read('site.json');
  const server = spawn(join(build, 'sotto'), ['serve', root, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = () => server.kill();
  process.once('exit', stop);
  return {
    address: new URL(await addressOf(server)),
    styles,
    products,
    site,
    close() {
      process.off('exit', stop);
      stop();
    },
  };
}

function addressOf(server) {
  return new Promise((found, failed) => {
    let said = '';
    server.stdout.on('data', (chunk) => {
      said += chunk;
      const address = /http:\/\/[^\s/]+:\d+/.exec(said);
      if (address) found(address[0]);
    });
    server.on('error', failed);
    server.on('exit', (code) => failed(new Error(`sotto serve ended with ${code}: ${said}`)));
  });
}
