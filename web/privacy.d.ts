/** <sotto-privacy>, the shopper's page: `import 'sotto/privacy'` defines it, in a browser. */
import type { Sotto } from './index.js';

/** The elements of the page are about this Sotto. */
export function use(sotto: Sotto | Promise<Sotto>): void;
