/**
 * check.mjs - docs/site.schema.json and the command line must know the same keys
 *
 * Every object of the schema gets a key that nobody knows, in a site file that is otherwise good. The command line
 * then lists the keys it knows at that place, and they must be those of the schema. What SITE.md calls the
 * smallest site file, and the good one of the tests, must please both.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const root = process.env.ROOT;
const schema = JSON.parse(readFileSync(`${root}/docs/site.schema.json`, 'utf8'));

const resolve = (rule) => (rule.$ref ? resolve(rule.$ref.slice(2).split('/').reduce((at, key) => at[key], schema)) : rule);

const kinds = {
  object: (value) => value !== null && typeof value === 'object' && !Array.isArray(value),
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
};

/** The first thing wrong with a value, or undefined. As much of JSON Schema as the schema uses. */
function wrong(value, given, path = '') {
  const rule = resolve(given);
  const fail = (what) => `${path || 'the file'}: ${what}`;
  if (rule.type && !kinds[rule.type](value)) return fail(`not of type ${rule.type}`);
  if (rule.enum && !rule.enum.includes(value)) return fail('not one of the names');
  if (rule.pattern && !new RegExp(rule.pattern).test(value)) return fail(`not ${rule.pattern}`);
  if (value < rule.minimum || value > rule.maximum) return fail('out of range');
  const size = Array.isArray(value) || typeof value === 'string' ? value.length : 0;
  if (size < (rule.minLength ?? rule.minItems) || size > (rule.maxLength ?? rule.maxItems)) return fail('size');
  if (rule.anyOf && rule.anyOf.every((one) => wrong(value, one, path))) return fail('none of the forms');
  if (rule.oneOf && rule.oneOf.filter((one) => !wrong(value, one, path)).length !== 1) return fail('not one form');
  for (const key of rule.required ?? []) if (!(key in value)) return fail(`without ${key}`);
  if (kinds.array(value) && rule.items) {
    return value.map((one, i) => wrong(one, rule.items, `${path}[${i}]`)).find(Boolean);
  }
  if (!kinds.object(value)) return undefined;
  for (const [key, member] of Object.entries(value)) {
    const known = rule.properties?.[key] ?? rule.additionalProperties;
    if (known === false) return fail(`unknown key ${key}`);
    if (rule.propertyNames && !new RegExp(rule.propertyNames.pattern).test(key)) return fail(`name ${key}`);
    const found = known && wrong(member, known, `${path}.${key}`);
    if (found) return found;
  }
  return undefined;
}

/** Every place in a good site file that the schema says is an object with keys of ours. */
function* objects(value, given, path = []) {
  let rule = resolve(given);
  if (rule.anyOf && !rule.properties) rule = resolve(rule.anyOf.find((one) => !wrong(value, one)));
  if (kinds.array(value)) for (const [i, one] of value.entries()) yield* objects(one, rule.items, [...path, i]);
  if (!kinds.object(value)) return;
  if (rule.properties) yield { path, keys: Object.keys(rule.properties) };
  for (const [key, member] of Object.entries(value)) {
    const next = rule.properties?.[key] ?? rule.additionalProperties;
    if (next) yield* objects(member, next, [...path, key]);
  }
}

function check(site) {
  writeFileSync('tried.json', JSON.stringify(site));
  return JSON.parse(spawnSync('sotto', ['check', '--json', 'tried.json'], { encoding: 'utf8' }).stdout);
}

const good = JSON.parse(readFileSync(`${root}/tests/cli/site-good/site.json`, 'utf8'));
const blocks = readFileSync(`${root}/docs/SITE.md`, 'utf8').match(/(?<=```json\n)[^]*?(?=```)/g);
const smallest = JSON.parse(blocks.find((block) => !block.includes('...')));
for (const [name, site] of Object.entries({ good, smallest })) {
  console.log(`${name}: schema ${wrong(site, schema) ?? 'agrees'}, command line ${check(site).good ? 'agrees' : 'does not'}`);
}

let places = 0;
const seen = new Set();
for (const { path, keys } of objects(good, schema)) {
  const site = structuredClone(good);
  path.reduce((at, key) => at[key], site)['nobody knows'] = 1;
  const finding = check(site).findings.find(({ what }) => what.startsWith('unknown key'));
  const known = finding?.what.replace('unknown key, expected ', '').split(/, | and /) ?? [];
  if (known.sort().join() !== [...keys].sort().join()) {
    console.log(`${path.join('.')}: the schema has ${keys}, the command line has ${known}`);
  }
  if (!wrong(site, schema)) console.log(`${path.join('.')}: the schema lets an unknown key pass`);
  places++;
  seen.add(keys.join());
}
console.log(`${seen.size} kinds of object, in ${places} places`);

// SITE.md names every key, in backquotes or in an example.
const words = readFileSync(`${root}/docs/SITE.md`, 'utf8');
for (const list of seen) {
  for (const key of list.split(',')) {
    if (!new RegExp(`[\`"]${key.replace('$', '\\$')}[\`"]`).test(words)) console.log(`SITE.md does not tell of ${key}`);
  }
}
