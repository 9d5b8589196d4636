/**
 * json.mjs - content as JSON that a diff can show: long lists one entry a line
 */

const LISTS = new Set([
  'sections',
  'items',
  'categories',
  'brands',
  'slots',
  'parts',
  'events',
  'cart',
  'purchases',
  'tops',
  'links',
]);

export function toJson(content) {
  const lines = Object.entries(content).map(([key, value]) => {
    const long = LISTS.has(key) && Array.isArray(value) && value.length > 0;
    const text = long
      ? `[\n    ${value.map((one) => JSON.stringify(one)).join(',\n    ')}\n  ]`
      : JSON.stringify(value);
    return `  ${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${lines.join(',\n')}\n}\n`;
}

/**
 * Where two values first differ, as a path such as `.items[3].id`, or null. Order of keys counts.
 */
export function difference(a, b, path = '') {
  if (Object.is(a, b)) return null;
  if (
    typeof a !== 'object' ||
    typeof b !== 'object' ||
    a === null ||
    b === null ||
    Array.isArray(a) !== Array.isArray(b)
  ) {
    return { path, a, b };
  }
  const keys_a = Object.keys(a);
  const keys_b = Object.keys(b);
  for (const [i, key] of keys_a.entries()) {
    const name = Array.isArray(a) ? `[${key}]` : `.${key}`;
    if (keys_b[i] !== key) return { path: path + name, a: a[key], b: undefined };
    const found = difference(a[key], b[key], path + name);
    if (found) return found;
  }
  if (keys_b.length > keys_a.length) {
    const key = keys_b[keys_a.length];
    return { path: path + (Array.isArray(b) ? `[${key}]` : `.${key}`), a: undefined, b: b[key] };
  }
  return null;
}
