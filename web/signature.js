/**
 * signature.js - is this manifest the shop's?
 *
 * Ed25519 by WebCrypto, over a prefix that no other kind of Sotto signature has, and all bytes
 * before the signature block (docs/FORMAT.md section 6).
 */

/**
 * What is wrong with a signature; undefined if `signature` is the key's of `signed`.
 *
 * @param {string} key the public key, base64
 * @param {Uint8Array} signed
 * @param {Uint8Array<ArrayBuffer> | null} signature
 */
export async function faultOfSignature(key, signed, signature) {
  if (!signature) return 'not signed';
  const prefix = new TextEncoder().encode('sotto-manifest-v1\0');
  const message = Uint8Array.of(...prefix, ...signed);
  try {
    const raw = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
    const imported = await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify']);
    if (await crypto.subtle.verify('Ed25519', imported, signature, message)) return undefined;
    return 'another key';
  } catch (error) {
    return String(error);
  }
}
