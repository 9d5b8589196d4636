/** The same core in Node and on edge servers: bytes in, decisions out. docs/API.md, "On a server". */
import type { Decision, EventKind, PageContext } from './index.js';

export interface ServerOptions {
  /** sotto-wasi.wasm, as bytes or compiled. Not needed in Node, which reads it from the package. */
  wasm?: BufferSource | WebAssembly.Module;
  /** The parts that `sotto publish` wrote. Without `catalogue` and `campaigns` there are no titles and no slots. */
  model: Uint8Array;
  catalogue?: Uint8Array;
  campaigns?: Uint8Array;
  ranker?: Uint8Array;
  pictures?: Uint8Array;
  /** Of the reasons, BCP 47; default English. */
  language?: string;
}

export interface ServerEvent {
  kind: EventKind;
  item?: string;
  category?: string;
  quantity?: number;
  /** Seconds since 1970. */
  time_s: number;
}

export interface ServerSotto {
  /** Answers a slot, for the profile as it is. Throws a SottoError if there is no such slot. */
  decide(slot: string, context: PageContext, now_s: number): Decision;
  /** The picture inside the bundle that an item has; null if it has none. */
  picture(id: string): { type: string; bytes: Uint8Array } | null;
  profile: {
    /** An empty profile. Before it, and after `drop`, decisions know the page alone. */
    init(seed: bigint, now_s: number): void;
    /** Takes a saved block; false, and there is none, if it does not open. */
    open(block: Uint8Array): boolean;
    /** Folds an event in; false if there is no such event, or no profile. */
    track(event: ServerEvent): boolean;
    /** The block, as docs/FORMAT.md section 7 has it. */
    block(): Uint8Array;
    drop(): void;
  };
}

/** Opens a bundle. Throws a SottoError, naming the file and the offset, if it does not open. */
export function openServer(options: ServerOptions): Promise<ServerSotto>;
