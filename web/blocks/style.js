/**
 * style.js - how blocks look
 *
 * In a place they take the shop's type and colours and add little; what lies over the page has a
 * surface of its own. A shop sets
 *
 *     --sotto-accent, --sotto-on-accent      buttons, progress, the focus; and text on it
 *     --sotto-surface, --sotto-on-surface    what lies over the page; and text on it
 *     --sotto-radius                         corners
 *     --sotto-heading, --sotto-heading-weight    the titles' font; how bold it is
 *     --sotto-layer                          z-index of what lies over the page; below the shop's banner
 *     --sotto-picture                        width / height of products' pictures
 *
 * and every `part` as it likes. All that moves stands behind prefers-reduced-motion.
 */
export const BASE = `
:host {
  display: block; container-type: inline-size; text-align: start; overflow-wrap: break-word;
  --accent: var(--sotto-accent, CanvasText); --on-accent: var(--sotto-on-accent, Canvas);
  --surface: var(--sotto-surface, Canvas); --on-surface: var(--sotto-on-surface, CanvasText);
  --radius: min(var(--sotto-radius, 0.6rem), 1rem); --line: color-mix(in srgb, currentColor 20%, transparent);
  --press: min(2.75rem, 52px); --tint: color-mix(in srgb, currentColor 6%, transparent); --quiet: color-mix(in srgb, currentColor 80%, transparent);
}
:host([over]) {
  position: fixed; z-index: var(--sotto-layer, 1000); inset: 0 auto auto 0; width: 0; height: 0; container-type: normal;
  font-size: 1rem; font-weight: 400;
}
:host([hidden]), [hidden] { display: none !important; }
@supports (hyphenate-limit-chars: 12) { :host { hyphens: auto; hyphenate-limit-chars: 12 5 5; } }
*, *::before, *::after { box-sizing: border-box; }
h2 { font-family: var(--sotto-heading, inherit); font-weight: var(--sotto-heading-weight, 600); font-size: 1.25em; line-height: 1.2; margin: 0; text-wrap: balance; }
p, ul { margin: 0; padding: 0; }
.body { display: grid; gap: 0.8rem; align-content: start; line-height: 1.5; }
:is(.body, .words, .form) > * { min-width: 0; }
section.body { position: relative; }
section.body > .close { position: absolute; top: 0.25rem; inset-inline-end: 0.25rem; }
section.body:has(> .close) > :first-child { padding-inline-end: var(--press); }
.hidden {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
.text { max-width: 42rem; }
.text:empty { display: none; }
.notice, .quiet { color: var(--quiet); font-size: 0.87em; }
.notice { max-width: 42rem; }
.notice::before {
  content: "i" / ""; display: inline-grid; place-items: center; width: 1.15em; height: 1.15em; margin-inline-end: 0.45em;
  border: 1px solid; border-radius: 50%; font: italic 600 0.8em/1 serif;
}
.row { display: flex; flex-wrap: wrap; gap: 0.7rem; align-items: center; }
button, input { font: inherit; color: inherit; }
.button {
  display: inline-block; border: 1px solid var(--accent); border-radius: var(--radius); background: var(--accent);
  color: var(--on-accent); padding: 0.6rem 1.15rem; min-height: 2.75rem; line-height: 1.3; text-decoration: none;
  text-align: center; align-content: center; cursor: pointer; max-width: 100%;
}
.button:hover { filter: brightness(0.93); }
.button.quiet {
  background: transparent; border-color: color-mix(in srgb, currentColor 62%, transparent); color: inherit;
  font-size: 0.95em;
}
.button.quiet:hover { background: var(--tint); filter: none; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.close {
  border: 0; border-radius: 50%; background: transparent; width: var(--press); height: var(--press); padding: 0; cursor: pointer;
  flex: none; display: grid; place-items: center;
}
.close::before {
  content: ""; width: 0.95rem; height: 0.95rem; background: currentColor;
  clip-path: polygon(8% 0, 50% 42%, 92% 0, 100% 8%, 58% 50%, 100% 92%, 92% 100%, 50% 58%, 8% 100%, 0 92%, 42% 50%, 0 8%);
}
.close:hover { background: var(--tint); }
.offer { display: flex; flex-wrap: wrap; }
code {
  font: 600 1.05em/1.3 ui-monospace, monospace; letter-spacing: 0.06em; padding: 0.65rem 1rem; user-select: all; hyphens: manual;
  border: 1px dashed color-mix(in srgb, currentColor 62%, transparent);
  border-start-start-radius: var(--radius); border-end-start-radius: var(--radius);
}
.offer .button { border-start-start-radius: 0; border-end-start-radius: 0; margin-inline-start: -1px; }
.items { list-style: none; display: grid; gap: 1.1rem 1rem; }
.item { position: relative; }
.item > sotto-why { position: absolute; inset-block-start: 0.4rem; inset-inline-end: 0.4rem; }
sotto-why:not(:defined) { display: none; }
.item-link { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.2rem; align-content: start; height: 100%; color: inherit; text-decoration: none; line-height: 1.35; }
.item-words { display: contents; }
.item-link:hover .item-title { text-decoration: underline; text-underline-offset: 0.18em; }
.item-picture, .picture {
  display: block; width: 100%; object-fit: cover; object-position: 50% 65%; border-radius: var(--radius); background: var(--tint);
}
.item-picture { aspect-ratio: var(--sotto-picture, 4 / 5); margin-bottom: 0.35rem; }
.price { font-variant-numeric: tabular-nums; }
.price s { margin-inline-start: 0.5em; }
.rows { grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); gap: 0.6rem 2.5rem; }
.rows .item { display: flex; align-items: center; gap: 0.6rem; }
.rows .item > sotto-why { position: static; flex: none; }
.rows .item-link { flex: 1; min-width: 0; display: flex; flex-wrap: wrap; gap: 0.3rem 0.9rem; align-items: center; }
.rows .item-picture { margin: 0; flex: none; width: 3.5rem; aspect-ratio: 1; }
.rows .item-words { flex: 1 1 5.5rem; min-width: 0; display: grid; }
.rows .price { margin-inline-start: auto; text-align: end; }
.rows .price s { display: block; }
@media (prefers-contrast: more) { :host { --line: currentColor; --quiet: currentColor; } }
@media (forced-colors: active) {
  :host { --accent: Canvas; --on-accent: CanvasText; }
  .button, .close { border: 1px solid ButtonText; }
  .close::before { background: ButtonText; }
  :focus-visible { outline-color: Highlight !important; }
}
`;

/** A card in a place: inline messages, quizzes, reminders. */
export const CARD = `
section.body { padding: min(1.25rem, 6cqi); border: 1px solid var(--line); border-radius: var(--radius); background: var(--tint); }
section.body[data-tone="plain"] { padding-inline: 0; border: 0; background: none; }
section.body[data-tone="accent"] {
  background: var(--accent); color: var(--on-accent); border-color: transparent;
}
@media (forced-colors: none) {
  section.body[data-tone="accent"] .button:not(.quiet) { background: var(--on-accent); color: var(--accent); border-color: var(--on-accent); }
}
section.body[data-tone="accent"] :focus-visible { outline-color: currentColor; }
`;

/**
 * What lies over the page. Tall ones scroll inside themselves; the page behind goes on scrolling.
 *
 * For WebKit (2.50): it is no container, since media queries about a fixed one are not asked again when
 * the window changes; and its row does not stretch, since a height of fit-content were all of the window's.
 */
export const OVER = `
.over {
  position: fixed; margin: 0; padding: 0; background: var(--surface); color: var(--on-surface); border-radius: var(--radius);
  border: 1px solid color-mix(in srgb, var(--on-surface) 18%, transparent); box-shadow: 0 14px 50px #0004;
  max-height: calc(100vh - 2rem); max-height: calc(100dvh - 2rem); overflow: auto; overscroll-behavior: auto;
  display: grid; grid-template-columns: minmax(0, 1fr); align-content: start;
}
.over > .close { position: sticky; top: 0.6rem; grid-area: 1 / 1; justify-self: end; margin: 0.6rem; z-index: 1; background: var(--surface); }
.over > .body { grid-area: 1 / 1; padding: min(1.5rem, 6vw); }
.over > .body > :first-child:not(img, form), .over > .body > form:first-child legend { padding-inline-end: calc(var(--press) - 0.5rem); }
.over > .body:has(> img:first-child) + .close { margin: 2rem; }
`;
