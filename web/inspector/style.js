/**
 * style.js - how the inspector looks: a tool beside the shop, not a part of it
 *
 * At the right of a wide window, at the bottom of a narrow one; in the light or dark scheme of the
 * developer's own, whatever the shop's page has.
 */
export const CSS = `
:host {
  all: initial; color-scheme: light dark; position: fixed; z-index: 2147483000; inset: auto 0 0 auto;
  font: 13px/1.45 system-ui, sans-serif; color: CanvasText;
}
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
.frame {
  display: flex; flex-direction: column; width: min(34rem, 100vw); height: min(70vh, 44rem); background: Canvas;
  border: 1px solid color-mix(in srgb, CanvasText 30%, Canvas); border-radius: 8px 0 0 0;
  box-shadow: 0 0 24px rgb(0 0 0 / 0.25); overflow: hidden;
}
.frame[folded] { height: auto; }
.frame[folded] > :not(header) { display: none; }
header {
  display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.5rem; padding: 0.4rem 0.6rem 0;
  border-bottom: 1px solid color-mix(in srgb, CanvasText 20%, Canvas); background: color-mix(in srgb, CanvasText 6%, Canvas);
}
header strong { flex: 1; }
[role="tablist"] { display: flex; flex-wrap: wrap; gap: 0 0.1rem; flex: 1 0 100%; padding: 2px; }
button, select, input {
  font: inherit; color: inherit; background: Canvas; border: 1px solid color-mix(in srgb, CanvasText 35%, Canvas);
  border-radius: 4px; padding: 0.25rem 0.5rem; min-height: 1.9rem;
}
button { cursor: pointer; }
[role="tab"] { border: 0; border-bottom: 3px solid transparent; border-radius: 0; background: transparent; padding-inline: 0.45rem; }
[role="tab"][aria-selected="true"] { border-color: currentColor; font-weight: 600; }
.frame[folded] [role="tablist"] { display: none; }
.frame[folded] header { padding-bottom: 0.4rem; }
:focus-visible { outline: 2px solid Highlight; outline-offset: 1px; }
[role="tabpanel"] { overflow: auto; padding: 0.6rem; flex: 1; }
[role="tabpanel"] > div, [role="tabpanel"] > .table { margin-bottom: 0.8rem; }
.controls { display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 0 0 0.5rem; }
.controls input { flex: 1; min-width: 7rem; }
.note { margin: 0 0 0.5rem; padding-inline: 0; color: color-mix(in srgb, CanvasText 72%, Canvas); }
.frame > .note { padding: 0.6rem; margin: 0; }
table { width: 100%; border-collapse: collapse; }
caption { text-align: start; font-weight: 600; padding-bottom: 0.3rem; }
th, td { text-align: start; vertical-align: top; padding: 0.25rem 0.5rem 0.25rem 0; overflow-wrap: anywhere; font-weight: 400; }
thead th { overflow-wrap: normal; color: color-mix(in srgb, CanvasText 72%, Canvas); border-bottom: 1px solid color-mix(in srgb, CanvasText 25%, Canvas); }
tbody tr { border-bottom: 1px solid color-mix(in srgb, CanvasText 12%, Canvas); }
tbody th { font-family: ui-monospace, monospace; font-size: 12px; width: 34%; }
tr[data-mark]:not([data-mark=""]) th::before { content: ""; display: inline-block; width: 0.55rem; height: 0.55rem; margin-inline-end: 0.4rem; border-radius: 50%; border: 2px solid currentColor; }
tr[data-mark="yes"] th::before { background: currentColor; }
tr[data-mark="wait"] th::before { border-style: dotted; }
tr[data-mark="no"] { color: color-mix(in srgb, CanvasText 72%, Canvas); }
tr[data-mark="kept"] { color: color-mix(in srgb, CanvasText 72%, Canvas); }
tr[data-mark="kept"] th::before { display: none !important; }
.log { list-style: none; margin: 0; padding: 0; font-family: ui-monospace, monospace; font-size: 12px; white-space: pre-wrap; }
@media (max-width: 40rem) {
  :host { inset: auto 0 0 0; }
  .frame { width: 100vw; height: 55vh; border-radius: 8px 8px 0 0; }
}
`;
