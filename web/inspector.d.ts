/** <sotto-inspector>, for those who look after the shop: `import 'sotto/inspector'` defines it, in a browser. */
import type { Sotto } from './index.js';

/** The inspector is about this Sotto. */
export function use(sotto: Sotto | Promise<Sotto>): void;

/** Opens the inspector, of this Sotto or of the page's. Once is enough. Answers its element. */
export function inspect(sotto?: Sotto | Promise<Sotto>): Element;
