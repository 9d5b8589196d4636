/**
 * datagrams.mjs - a TURN server that relays nothing, and writes down what it is told
 *
 * WebRTC goes past every proxy and every Content-Security-Policy: it sends datagrams to whatever
 * server a page names. What a page can say by it is the user name of a TURN server, which a browser
 * gives only to one that asks who it is (RFC 8656, RFC 8489):
 *
 *     browser --- Allocate ------------------------------> server
 *             <-- 401, realm and nonce --------------------
 *             --- Allocate, user name, realm, nonce ------>
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const ALLOCATE = 0x0003;
const ALLOCATE_ERROR = 0x0113;
const MAGIC_COOKIE = 0x2112a442;
const ERROR_CODE = 0x0009;
const REALM = 0x0014;
const NONCE = 0x0015;

/** An attribute: type, size, value, and zeros up to a multiple of four. */
function attribute(type, value) {
  const bytes = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  bytes.writeUInt16BE(type, 0);
  bytes.writeUInt16BE(value.length, 2);
  bytes.set(value, 4);
  return bytes;
}

/** "401: who are you?", for the request that the message is. */
function unauthorized(message) {
  const attributes = Buffer.concat([
    attribute(ERROR_CODE, Buffer.from('\0\0\x04\x01Unauthorized', 'latin1')),
    attribute(REALM, Buffer.from('silence')),
    attribute(NONCE, Buffer.from('0123456789abcdef')),
  ]);
  const head = Buffer.alloc(20);
  head.writeUInt16BE(ALLOCATE_ERROR, 0);
  head.writeUInt16BE(attributes.length, 2);
  message.copy(head, 4, 4, 20);
  return Buffer.concat([head, attributes]);
}

export async function openDatagrams() {
  let seen = [];
  const socket = createSocket('udp4');
  socket.on('message', (message, { address, port }) => {
    seen.push(message);
    const asks = message.length >= 20 && message.readUInt16BE(0) === ALLOCATE
      && message.readUInt32BE(4) === MAGIC_COOKIE;
    if (asks) socket.send(unauthorized(message), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    /** What came since it was last asked for. */
    take() {
      const all = seen;
      seen = [];
      return all;
    },
    close: () => socket.close(),
  };
}
