/**
 * rest.js - how a message ends: with the form of its hand-off, else with its button
 */
import { handOffForm } from './hand-off.js';
import { closing, code, notice } from './pieces.js';

/** @param {import('../index.js').CampaignView} view @param {import('./draw.js').Tools} tools */
export const rest = (view, tools) => (view.handOff
  ? [code(view, tools), handOffForm(view, tools), notice(view, tools)] : closing(view, tools));
