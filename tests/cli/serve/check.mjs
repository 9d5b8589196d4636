/**
 * check.mjs - asks a running `sotto serve` what a browser would ask, and what an attacker would
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { brotliCompressSync, gunzipSync } from 'node:zlib';

/** Answers {status, headers, body}; `path` goes out exactly as it is. */
function ask(port, path, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const asking = request({ port, host: '127.0.0.1', path, method, headers }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => resolve({
        status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks),
      }));
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

mkdirSync('shop/sotto', { recursive: true });
mkdirSync('shop/.git');
const page = `<!doctype html>${'<p>tea</p>'.repeat(100)}`;
writeFileSync('shop/index.html', page);
writeFileSync('shop/404.html', 'no such tea');
writeFileSync('shop/sotto/sotto.js', 'export {};');
writeFileSync('shop/sotto/sotto.wasm', Buffer.from([0, 0x61, 0x73, 0x6d]));
writeFileSync('shop/sotto/model.0123456789abcdef.sotto', 'SOTT');
writeFileSync('shop/sotto/manifest.sotto', 'SOTM');
writeFileSync('shop/a picture.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
writeFileSync('shop/big.css', 'a{}'.repeat(400));
writeFileSync('shop/big.css.br', brotliCompressSync('a{}'.repeat(400)));
utimesSync('shop/big.css', 1000, 1000);
writeFileSync('shop/.git/config', 'secret');
writeFileSync('secret.txt', 'secret');
symlinkSync('../secret.txt', 'shop/link.txt');
symlinkSync('/', 'shop/root');

const server = spawn('sotto', ['serve', 'shop', '--port', '0', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
const [line] = await once(server.stdout, 'data');
const { port, url } = JSON.parse(line);
console.log(url === `http://127.0.0.1:${port}/`);

console.log('types');
for (const path of ['/', '/index.html', '/sotto/sotto.js', '/sotto/sotto.wasm', '/sotto/manifest.sotto',
  '/sotto/model.0123456789abcdef.sotto', '/a%20picture.svg', '/big.css?v=1']) {
  const { status, headers } = await ask(port, path);
  console.log(`  ${path} ${status} ${headers['content-type']} | ${headers['cache-control']}`);
}

console.log('headers');
const plain = await ask(port, '/');
for (const name of ['content-security-policy', 'x-content-type-options', 'referrer-policy']) {
  console.log(`  ${name}: ${plain.headers[name]}`);
}
console.log(`  the page itself: ${plain.body.toString() === page}`);
const packed = await ask(port, '/', { headers: { 'accept-encoding': 'br;q=0, gzip' } });
console.log(`  gzip: ${packed.headers['content-encoding']}, ${gunzipSync(packed.body).toString() === page}, vary ${packed.headers.vary}`);
console.log(`  brotli: ${(await ask(port, '/big.css', { headers: { 'accept-encoding': 'gzip, br' } })).headers['content-encoding']}`);
console.log(`  refused: ${(await ask(port, '/', { headers: { 'accept-encoding': 'gzip;q=0' } })).headers['content-encoding']}`);
const again = await ask(port, '/', { headers: { 'if-none-match': plain.headers.etag } });
console.log(`  unchanged: ${again.status}, ${again.body.length} bytes, policy ${again.headers['content-security-policy'] !== undefined}`);
const head = await ask(port, '/', { method: 'HEAD' });
console.log(`  HEAD: ${head.status}, ${head.headers['content-length']} promised, ${head.body.length} bytes`);
const post = await ask(port, '/', { method: 'POST', body: 'x'.repeat(100000) });
console.log(`  POST: ${post.status}, allow ${post.headers.allow}`);

console.log('never');
for (const path of ['/nothing', '/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/sotto/../../secret.txt',
  '/link.txt', '/root/etc/passwd', '/.git/config', '/%2egit/config', '/a%00b', '/a%0d%0ab', '/..%5csecret.txt',
  '/%', '/%zz', `/${'x'.repeat(5000)}`]) {
  const { status, body } = await ask(port, path);
  console.log(`  ${path.slice(0, 40)} ${status}${body.includes('secret') || body.includes('root:') ? ' LEAKED' : ''}`);
}
for (const path of ['/sotto', '//sotto', '//example.com/..']) {
  const { status, headers } = await ask(port, path);
  console.log(`  ${path} ${status} ${headers.location ?? ''}`);
}

server.kill('SIGTERM');
console.log(`ended: ${(await once(server, 'exit')).join(' ')}`);
