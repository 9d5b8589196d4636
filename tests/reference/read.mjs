/**
 * read.mjs - any Sotto file, by its magic and kind
 */
import { Fault } from './bytes.mjs';
import { readCampaigns } from './campaigns.mjs';
import { readCatalogue } from './catalogue.mjs';
import { readManifest } from './manifest.mjs';
import { readModel } from './model.mjs';
import { readPictures } from './pictures.mjs';
import { readProfile } from './profile.mjs';
import { readRanker } from './ranker.mjs';

/** Reads a file into plain content. Broken rules of validity are added to `problems`. */
export function readAny(bytes, problems = []) {
  const magic = String.fromCharCode(...bytes.subarray(0, 4));
  if (magic === 'SOTM') return readManifest(bytes, problems);
  if (magic === 'SOTP') return readProfile(bytes, problems);
  switch (bytes[6]) {
    case 2:
      return readCatalogue(bytes, problems);
    case 3:
      return readCampaigns(bytes, problems);
    case 4:
      return readRanker(bytes);
    case 5:
      return readPictures(bytes, problems);
    default:
      return readModel(bytes, problems).content;
  }
}

/**
 * The status and offset a file is refused with, or 'ok' and 0. `read` is one of the readers above.
 */
export function refusal(read, bytes) {
  try {
    read(bytes);
    return { status: 'ok', offset: 0 };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { status: error.status, offset: error.offset };
  }
}
