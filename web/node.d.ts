/** The one function of Node that web/ uses, in server.js; its own types would hide the browser's. */
declare module 'node:fs/promises' {
  export function readFile(file: URL): Promise<Uint8Array<ArrayBuffer>>;
}
