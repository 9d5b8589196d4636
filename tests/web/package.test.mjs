/**
 * package.test.mjs - what `npm pack` makes is whole
 *
 * A shop with a bundler installs the package and imports `sotto`, `sotto/privacy` and so on. Every file
 * that those lead to has to be in the package, resolve as it lies there, and have its types.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tools = join(root, 'node_modules/.bin');
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const noTools = existsSync(join(tools, 'tsc')) ? false : 'the tools of package.json are not installed';

/** What goes into the package, asked of npm. */
function packed() {
  const told = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'],
    { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return Object.values(JSON.parse(told))[0].files.map(({ path }) => path);
}

let folder = '';
let files = [];

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'sotto-package-'));
  files = packed();
  for (const file of files) {
    const to = join(folder, 'node_modules/sotto', file);
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(root, file), to);
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
});

after(() => rmSync(folder, { recursive: true }));

/** Runs a tool in the scratch project. What it complains of, '' if it does not. */
function complaints(tool, ...options) {
  try {
    return execFileSync(join(tools, tool), options, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    return `${error.stdout}${error.stderr}`;
  }
}

test('every way in is in the package, with its types, and no more than belongs there', () => {
  for (const [name, way] of Object.entries(exports)) {
    for (const file of typeof way === 'string' ? [way] : [way.types, way.default]) {
      assert.ok(files.includes(file.slice(2)), `${name}: ${file}`);
    }
  }
  for (const file of ['README.md', 'LICENSE', 'NOTICE', 'wasm-out/sotto-wasi.wasm', 'docs/API.md']) {
    assert.ok(files.includes(file), file);
  }
  assert.deepEqual(files.filter((file) => !/^(web|docs|wasm-out)\/|^[^/]+$/.test(file)), []);
});

test('every module that another one imports is in the package', () => {
  for (const file of files.filter((name) => /^web\/.*\.js$/.test(name))) {
    const code = readFileSync(join(root, file), 'utf8').replace(/\/\*[^]*?\*\//g, '');
    for (const [, wanted] of code.matchAll(/(?:^|[^'\w])(?:from |import\(|import )'([^'\n]+)'/gm)) {
      if (wanted.startsWith('node:')) continue;
      const there = wanted.startsWith('sotto/') ? exports[`./${wanted.slice(6)}`]?.default
        : join(dirname(file), wanted);
      assert.ok(there && files.includes(there.replace(/^\.\//, '')), `${file}: ${wanted}`);
    }
  }
});

const APP = `
import { start, type Decision } from 'sotto';
import { use } from 'sotto/privacy';
import { use as useWhy } from 'sotto/why';
import { inspect } from 'sotto/inspector';
export async function shop(): Promise<Decision> {
  const sotto = await start({ base: '/sotto/', shop: 'my-shop', page: { items: ['SKU-1'] } });
  use(sotto);
  useWhy(sotto);
  inspect(sotto).remove();
  const slot = document.querySelector('sotto-slot');
  if (slot?.state === 'sotto') sotto.track('view', { item: slot.decision?.items[0]?.id });
  // @ts-expect-error: no such event
  sotto.track('vew');
  return sotto.decide('product-together');
}
`;
const SERVER = `
import { openServer } from 'sotto/server';
export async function titles(model: Uint8Array): Promise<string[]> {
  const sotto = await openServer({ model });
  sotto.profile.init(1n, 0);
  sotto.profile.track({ kind: 'view', item: 'SKU-1', time_s: 0 });
  return sotto.decide('home', { items: ['SKU-1'] }, 0).items.map(({ title }) => title);
}
`;

for (const [resolution, module] of [['bundler', 'ES2022'], ['NodeNext', 'NodeNext']]) {
  test(`TypeScript finds the types, as ${resolution}`, { skip: noTools }, () => {
    writeFileSync(join(folder, 'app.ts'), APP);
    writeFileSync(join(folder, 'server.ts'), SERVER);
    assert.equal(complaints('tsc', '--strict', '--noEmit', '--target', 'ES2022', '--module', module,
      '--moduleResolution', resolution, '--lib', 'ES2022,DOM,DOM.Iterable', 'app.ts', 'server.ts'), '');
  });
}

test('a bundler leaves nothing unresolved', { skip: noTools }, () => {
  writeFileSync(join(folder, 'app.ts'), APP);
  assert.equal(complaints('esbuild', 'app.ts', '--bundle', '--splitting', '--format=esm', '--outdir=out',
    '--log-level=warning', '--metafile=out.json'), '');
  // What it cannot resolve in an import() that somebody catches it leaves as it stands, and says nothing.
  const { inputs } = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'));
  for (const [file, { imports }] of Object.entries(inputs)) {
    for (const { path, external } of imports) assert.ok(!external, `${file} leaves ${path}`);
  }
});
