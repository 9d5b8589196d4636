import { readFileSync } from 'node:fs';

const { plan } = JSON.parse(readFileSync(0, 'utf8')).find(({ file }) => file === 'campaigns');
for (const [key, value] of Object.entries(plan)) {
  for (const one of Array.isArray(value) ? value : Object.entries(value)) console.log(key, JSON.stringify(one));
}
