/**
 * garden.mjs - bundles with campaigns of their own, over the model and the catalogue in golden/tiny
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { readModel } from '../reference/model.mjs';
import { writeManifest } from '../reference/write.mjs';
import { hash } from '../reference/xxhash64.mjs';

const tiny = fileURLToPath(new URL('tiny', import.meta.url));

/** The bytes of a part of golden/tiny. */
export const partOf = (name) =>
  Uint8Array.from(readFileSync(path.join(tiny, readdirSync(tiny).find((file) => file.startsWith(name)))));

/** Writes a bundle into a folder: its parts by the hash of their bytes, and the manifest that names them. */
export function writeGarden(folder, { campaigns, catalogue = partOf('catalogue') }) {
  const parts = { model: partOf('model'), catalogue, campaigns };
  const { identity } = readModel(parts.model).content;
  const manifest = writeManifest({
    sequence: 8n,
    created_s: 1700000000n,
    shop: hash('garden'),
    identity: BigInt(`0x${identity}`),
    parts: Object.values(parts).map((bytes, i) => [i + 1, bytes]),
  }).bytes;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'manifest.sotto'), manifest);
  for (const [name, bytes] of Object.entries(parts)) {
    const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
    writeFileSync(path.join(folder, `${name}.${digest}.sotto`), bytes);
  }
}
