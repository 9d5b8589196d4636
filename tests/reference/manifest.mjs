/**
 * manifest.mjs - FORMAT.md section 6: which parts belong together
 *
 * Signatures can be verified too, with the Ed25519 of Node's own crypto: `verify` says whether a
 * public key's owner signed the manifest.
 */
import { createPublicKey, verify as verifySignature } from 'node:crypto';

import { ascends, Fault, hex, hex64, must } from './bytes.mjs';
import { matchSize, readStart, withoutCheck } from './part.mjs';
import { check, hash } from './xxhash64.mjs';

const DOMAIN = new TextEncoder().encode('sotto-manifest-v1\0');

export function readManifest(bytes, problems = []) {
  const head = readStart(bytes, 56, 'SOTM');
  const part_count = head.u8('part_count');
  must(part_count >= 1 && part_count <= 16, 6, 'part_count');
  const signature_kind = head.u8('signature kind');
  must(signature_kind <= 1, 7, 'signature kind');
  const signed_size = 56 + 48 * part_count;
  const file_size = head.u32('file_size');
  must(
    file_size === signed_size + 76 * signature_kind,
    8,
    'file_size does not follow from its parts',
  );
  matchSize(bytes, file_size);
  const head_check = head.u32('check');
  const sequence = hex64(head.u64('sequence'));
  const created_s = hex64(head.u64('created_s'));
  const expires_s = hex64(head.u64('expires_s'));
  const shop = hex64(head.u64('shop'));
  const identity = hex64(head.u64('identity'));
  if (check(withoutCheck(bytes.subarray(0, signed_size), 12)) !== head_check) {
    throw new Fault('damaged', 12, 'check');
  }

  const parts = Array.from({ length: part_count }, (_, i) => readPartRow(head, i));
  must(
    ascends(
      parts.map(({ kind }) => kind),
      { strictly: true },
    ),
    56,
    'parts are not in ascending order of kind',
  );
  let signature = null;
  let key_id = null;
  if (signature_kind === 1) {
    key_id = hex64(head.u64('key_id'));
    signature = hex(head.take(64, 'signature'));
    if (check(bytes.subarray(signed_size, signed_size + 72)) !== head.u32('check')) {
      throw new Fault('damaged', signed_size + 72, 'check of the signature block');
    }
  }
  if (!parts.some(({ kind }) => kind === 1)) problems.push('a manifest without a model');
  return {
    file: 'manifest',
    version: 1,
    size: file_size,
    sequence,
    created_s,
    expires_s,
    shop,
    identity,
    parts: parts.filter(({ kind }) => kind <= 5),
    signed_size,
    signature,
    key_id,
  };
}

function readPartRow(head) {
  const at = head.at;
  const kind = head.u8('kind');
  must(kind !== 0, at, 'a part of kind 0');
  head.reserved(3);
  const size = head.u32('size');
  const sha256 = hex(head.take(32, 'SHA-256'));
  head.reserved(8);
  return { kind, size, sha256 };
}

/** Whether the owner of a raw 32-byte Ed25519 public key signed these bytes. */
export function verify(bytes, public_key) {
  const { signed_size, signature, key_id } = readManifest(bytes);
  if (signature === null || key_id !== hex64(hash(public_key))) return false;
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(public_key).toString('base64url') },
    format: 'jwk',
  });
  const message = Buffer.concat([DOMAIN, bytes.subarray(0, signed_size)]);
  return verifySignature(null, message, key, Buffer.from(signature, 'hex'));
}
