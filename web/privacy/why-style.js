/**
 * why-style.js - how <sotto-why> looks; the custom properties are those of style.js
 */
export const CSS = `
:host { display: inline-block; --accent: var(--sotto-accent, currentColor); --radius: var(--sotto-radius, 0.5rem); }
:host([hidden]), [hidden] { display: none !important; }
*, *::before, *::after { box-sizing: border-box; }
button {
  font: inherit; color: inherit; cursor: pointer; line-height: 1.25; border-radius: var(--radius);
  border: 1px solid color-mix(in srgb, currentColor 62%, transparent); background: transparent; padding: 0.5rem 0.9rem;
  min-height: 2.5rem;
}
button:hover { background: color-mix(in srgb, currentColor 8%, transparent); }
button:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.open {
  border: 0; padding: 0.2rem 0; min-height: 1.75rem; font-size: 0.85em; text-decoration: underline;
  text-underline-offset: 0.2em;
}
.open:hover { background: none; }
:host([compact]) .open {
  width: 2rem; height: 2rem; min-height: 0; padding: 0; border-radius: 50%; background: Canvas; color: CanvasText;
  font-weight: 600; font-size: 1rem; text-decoration: none; opacity: 0.92;
  border: 1px solid color-mix(in srgb, CanvasText 45%, transparent);
}
:host([compact]) .open:is(:hover, [aria-expanded="true"]) { opacity: 1; border-color: CanvasText; }
.box {
  width: min(20rem, calc(100vw - 1rem)); padding: 1rem; text-align: start; font-size: 0.95rem; line-height: 1.4;
  border: 1px solid color-mix(in srgb, CanvasText 30%, transparent); border-radius: var(--radius);
  background: Canvas; color: CanvasText; box-shadow: 0 8px 30px #0003; overflow-wrap: anywhere;
}
.box:popover-open { position: fixed; margin: 0; inset: auto; }
p, ul { margin: 0 0 0.7rem; }
ul { padding-inline-start: 1.1rem; }
.title { font-weight: 600; }
.buttons { display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 0; }
.centre { margin: 0.8rem 0 0; font-size: 0.9em; }
a { color: inherit; text-underline-offset: 0.2em; }
@media (prefers-contrast: more) { .box, button { border-color: CanvasText; } }
@media (prefers-reduced-motion: no-preference) {
  .box:popover-open { animation: in 0.15s ease-out; }
  @keyframes in { from { opacity: 0; } }
}
`;
