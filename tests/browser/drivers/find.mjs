/** find.mjs - the first of some commands that is in the path, or null */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export function findCommand(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  for (const name of names) {
    for (const folder of folders) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // not here
      }
    }
  }
  return null;
}
