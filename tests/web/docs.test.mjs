/**
 * docs.test.mjs - what docs/API.md says is so
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const root = new URL('../../', import.meta.url);
const guide = readFileSync(new URL('docs/API.md', root), 'utf8');
const sources = readdirSync(new URL('web/', root), { recursive: true }).map(String)
  .filter((name) => name.endsWith('.js'))
  .map((name) => readFileSync(new URL(`web/${name}`, root), 'utf8')).join('\n');

const blocks = (language) => [...guide.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))].map(([, code]) => code);

test('every example is a module that parses', () => {
  const examples = blocks('js');
  assert.ok(examples.length >= 5);
  const folder = mkdtempSync(join(tmpdir(), 'sotto-docs-'));
  try {
    examples.forEach((code, i) => {
      const file = join(folder, `${i}.mjs`);
      writeFileSync(file, code);
      execFileSync(process.execPath, ['--check', file]);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the exported profile is as shown', () => {
  const [shown] = blocks('json').map((text) => JSON.parse(text));
  const declared = readFileSync(new URL('web/index.d.ts', root), 'utf8')
    .match(/interface ProfileExport \{([^]*?)\n\}/)[1].replace(/\/\*\*[^]*?\*\//g, '');
  const members = [...declared.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name);
  assert.deepEqual(Object.keys(shown), members);
  for (const [, list, fields] of declared.matchAll(/(\w+): \{([^}]*)\}\[\]/g)) {
    const names = [...fields.matchAll(/(\w+):/g)].map(([, name]) => name);
    assert.deepEqual(Object.keys(shown[list][0]), names, list);
  }
});

test('every error code is explained, and there are no others', () => {
  const used = new Set([...sources.matchAll(/(?:SottoError|fail)\(\s*'([a-z-]+)'/g)].map(([, code]) => code));
  const [, statuses] = sources.match(/STATUS_CODES = \[([^\]]*)\]/);
  [...statuses.matchAll(/'([a-z-]+)'/g)].forEach(([, code]) => used.add(code));
  used.delete('ok');
  used.add('unexpected');
  const table = guide.slice(guide.indexOf('## Errors'), guide.indexOf('## On a server'));
  const explained = [...table.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(([, codes]) => (
    [...codes.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code))).filter((code) => code !== 'code');
  assert.deepEqual([...explained].sort(), [...used].sort());
});

test('every attribute of the snippet is explained', () => {
  const [, names] = sources.match(/const \{ ([\w, ]+) \} = dataset/);
  for (const name of ['start', ...names.split(', ')]) assert.match(guide, new RegExp(`\\| \`data-${name}\` \\|`));
});
