import { readFileSync } from 'node:fs';

const { plan } = JSON.parse(readFileSync(0, 'utf8')).find(({ file }) => file === 'campaigns');
for (const { fields } of plan.campaigns) for (const { key, value } of fields) console.log(key, JSON.stringify(value));
console.log(JSON.stringify(plan.offers[0]));
console.log(JSON.stringify(plan.segments[0]));
