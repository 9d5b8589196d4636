/**
 * style.js - how the privacy centre looks
 *
 * It takes the shop's type and colours: text is the page's own, lines and quiet text are mixtures of
 * it, and what must stand out is one colour. So it is right on light and on dark pages. A shop sets
 *
 *     --sotto-accent   the main button, meters, the focus    --sotto-on-accent  text on it
 *     --sotto-danger   the button that erases                --sotto-on-danger  text on it
 *     --sotto-surface  behind the line that tells what was done    --sotto-on-surface  text on it
 *     --sotto-radius   corners                               --sotto-heading    the titles' font
 *     --sotto-heading-weight   how bold they are
 */
export const CSS = `
:host {
  display: block; --accent: var(--sotto-accent, currentColor); --on-accent: var(--sotto-on-accent, Canvas);
  --line: color-mix(in srgb, currentColor 22%, transparent);
  --edge: color-mix(in srgb, currentColor 62%, transparent);
  --quiet: color-mix(in srgb, currentColor 78%, transparent);
  --radius: var(--sotto-radius, 0.5rem);
  text-align: start; overflow-wrap: break-word;
}
@supports (hyphenate-limit-chars: 12) { :host { hyphens: auto; hyphenate-limit-chars: 12 5 5; } }
:host([hidden]), [hidden] { display: none !important; }
*, *::before, *::after { box-sizing: border-box; }
section { padding-block: 1.5rem; border-top: 1px solid var(--line); }
section:first-of-type { border-top: 0; padding-top: 0; }
h1, h2, h3, h4, h5, h6 { font-family: var(--sotto-heading, inherit); font-weight: var(--sotto-heading-weight, 600); line-height: 1.25; margin: 0; text-wrap: balance; }
section > :is(h1, h2, h3, h4, h5, h6) { font-size: 1.2em; margin-bottom: 0.6rem; }
.group > :is(h1, h2, h3, h4, h5, h6) { font-size: 1em; margin-bottom: 0.25rem; }
[tabindex="-1"]:focus { outline: none; }
[tabindex="-1"]:focus-visible { outline: 2px solid var(--accent); outline-offset: 4px; }
p { margin: 0 0 0.75rem; max-width: 42rem; }
.lead { display: flex; gap: 0.65rem; overflow-wrap: anywhere; }
.lead::before {
  content: ""; flex: none; width: 0.7rem; height: 0.7rem; margin-top: 0.42em; border-radius: 50%;
  border: 2px solid var(--edge);
}
.lead:is([data-state="remembered"], [data-state="session"])::before { background: var(--accent); border-color: var(--accent); }
.lead[data-state="paused"]::before { border-radius: 2px; border-inline-width: 4px; border-block: 0; }
.note, dt { color: var(--quiet); font-size: 0.9em; }
.facts { margin: 0 0 0.9rem; font-size: 0.95em; }
.facts div { display: grid; grid-template-columns: minmax(7rem, 11rem) minmax(0, 1fr); gap: 0.1rem 1rem; padding-block: 0.3rem; }
.facts dt, .facts dd { margin: 0; }
.facts dd { max-width: 34rem; }
.check { display: flex; align-items: flex-start; gap: 0.65rem; width: fit-content; padding-block: 0.6rem 0.2rem; cursor: pointer; }
.check input { flex: none; width: 1.2rem; height: 1.2rem; margin: 0.15em 0 0; accent-color: var(--accent); cursor: inherit; }
.check + .note { margin-inline-start: 1.85rem; margin-block-end: 1.1rem; }
.buttons { display: flex; flex-wrap: wrap; gap: 0.6rem; }
.buttons:last-child { margin: 0; }
button {
  font: inherit; font-size: 0.95em; color: inherit; background: transparent; border: 1px solid var(--edge);
  border-radius: var(--radius); padding: 0.55rem 1rem; min-height: 2.75rem; max-width: 100%; cursor: pointer; line-height: 1.25;
}
button:hover { background: color-mix(in srgb, currentColor 8%, transparent); }
:is(button, a, input):focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
button:disabled { opacity: 0.55; cursor: not-allowed; }
button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button.danger {
  background: var(--sotto-danger, #a4262c); border-color: var(--sotto-danger, #a4262c); color: var(--sotto-on-danger, #fff);
}
:is(button.main, button.danger):hover { filter: brightness(0.92); }
button.quiet { border-color: transparent; padding: 0.35rem 0.6rem; text-decoration: underline; text-underline-offset: 0.2em; font-size: 0.9em; }
button.quiet:hover { border-color: var(--line); }
.group { margin-top: 1.1rem; }
.group:first-of-type { margin-top: 0; }
.rows { list-style: none; margin: 0; padding: 0; }
.rows li {
  display: flex; flex-wrap: wrap; align-items: center; gap: 0 0.8rem; padding-block: 0.35rem; border-bottom: 1px solid var(--line); min-height: 3rem;
}
.words { flex: 1 1 9rem; min-width: 0; display: grid; }
.rows li:last-child { border-bottom: 0; }
.name:has(meter) { display: flex; flex-wrap: wrap; align-items: center; gap: 0 0.7rem; }
.rows button { margin-inline: auto -0.6rem; }
.group > button { margin-inline-start: -0.6rem; }
.receipts li { display: block; }
.receipts .note { display: block; }
meter {
  -webkit-appearance: none; appearance: none; display: inline-block; width: 5rem; height: 0.4rem;
  border: 0; border-radius: 1rem; background: var(--line); overflow: hidden;
}
meter::-webkit-meter-inner-element { display: block; height: 100%; }
meter::-webkit-meter-bar { height: 100%; border: 0; background: none; }
meter::-webkit-meter-optimum-value { height: 0.4rem; margin: 0; border-radius: 1rem; background: var(--accent); }
meter::-moz-meter-bar { border-radius: 1rem; background: var(--accent); }
.file { display: none; }
.sure { margin-top: 0.8rem; padding: 1rem; border: 1px solid var(--edge); border-radius: var(--radius); }
.receipt { border: 1px solid var(--edge); border-radius: var(--radius); padding: 1.1rem; margin-block: 0 1.5rem; }
.status:empty { margin: 0; }
.status > span {
  display: block; padding: 0.7rem 1rem; border-radius: var(--radius); border: 1px solid var(--accent);
}
.status { position: sticky; bottom: 0.5rem; margin: 0; max-width: none; border-radius: var(--radius);
  background: var(--sotto-surface, Canvas); color: var(--sotto-on-surface, CanvasText);
}
@media (max-width: 479px) {
  .facts div { grid-template-columns: minmax(0, 1fr); }
  .buttons button { flex: 1 1 auto; }
}
@media (prefers-contrast: more) {
  :host { --line: currentColor; --edge: currentColor; --quiet: currentColor; }
  button { border-width: 2px; }
  button.quiet { border-color: currentColor; }
}
@media (forced-colors: active) {
  :host { --on-accent: ButtonText; }
  button { border: 1px solid ButtonText; } meter { forced-color-adjust: none; }
  .lead:is([data-state="remembered"], [data-state="session"])::before { background: CanvasText; }
}
@media (prefers-reduced-motion: no-preference) { button { transition: background-color 0.15s; } }
`;
