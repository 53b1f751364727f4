/** The look of a page: ink on paper, in light, in the dark, and in print. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ink: #1f2933; --quiet: #52606d; --line: #cbd2d9; --paper: #fff; --box: #f3f5f7; --link: #0b4f8a; --shade: #dde3e8;
  --go: #17653a; --stop: #a12622; --wait: #0b4f8a; --unclear: #5b4a9c; --caution: #7d5200;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ink: #e4e7eb; --quiet: #a9b6c2; --line: #46535f; --paper: #14191f; --box: #1f2730; --link: #8cc4f7; --shade: #36424d;
    --go: #7fd1a0; --stop: #f7a29c; --wait: #8cc4f7; --unclear: #c0b3f5; --caution: #f0c36d;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 60rem;
  background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere;
}
h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
h1 { margin: 0 0 1rem; font-size: 1.75rem; }
h2 { margin: 2.5rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); font-size: 1.3rem; }
h3 { margin: 1.75rem 0 .5rem; font-size: 1.05rem; }
p, li, dd { max-width: 44rem; }
p, ul, dl, figure, details, .scroll { margin: 0 0 1rem; }
ul { padding-left: 1.25rem; }
li { margin-bottom: .35rem; }
a { color: var(--link); }
.finding {
  display: flex; gap: .75rem; margin: 0 0 1rem; padding: .8rem 1rem;
  border: 1px solid var(--line); border-left: .4rem solid var(--ink); border-radius: .25rem; background: var(--box);
}
.finding p { margin: 0; min-width: 0; font-size: 1.1rem; font-weight: 600; }
.mark { flex: none; width: 1.6rem; height: 1.6rem; }
.sign { fill: none; stroke: var(--box); stroke-width: 2.4; stroke-linecap: round; stroke-linejoin: round; }
.go { color: var(--go); } .stop { color: var(--stop); } .wait { color: var(--wait); }
.unclear { color: var(--unclear); } .caution { color: var(--caution); }
dl > div { margin-bottom: .6rem; }
dt { color: var(--quiet); font-weight: 600; }
dd { margin: 0; }
@media (min-width: 42rem) {
  dl > div { display: grid; grid-template-columns: 11rem 1fr; gap: 1rem; }
}
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 0 0 1rem; }
.scroll > table { margin: 0; }
th, td { padding: .35rem 1.25rem .35rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { font-weight: 600; }
thead th { color: var(--quiet); vertical-align: bottom; }
tbody th { font-weight: 400; }
th:last-child, td:last-child { padding-right: 0; }
.figure { text-align: right; white-space: nowrap; }
.scroll :is(th, td) { overflow-wrap: normal; }
.scroll tbody th { min-width: 8rem; }
.scroll { overflow-x: auto; position: relative; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
figure { border-radius: .25rem; background: #fff; }
img { display: block; max-width: 100%; height: auto; }
summary { color: var(--link); cursor: pointer; padding: .25rem 0; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
@media screen and (max-width: 42rem) {
  /* Wider charts shrink until their letters are still read; then they scroll. */
  figure img { max-width: 38rem; }
  th, td { padding-right: .75rem; }
  .figure { white-space: normal; }
  .scroll tbody th { min-width: 6rem; }
  /* A shade at the edge behind which a table goes on: what covers it scrolls with the table. */
  div.scroll {
    background:
      linear-gradient(to right, var(--paper) 1rem, transparent) left / 3rem 100% no-repeat local,
      linear-gradient(to left, var(--paper) 1rem, transparent) right / 3rem 100% no-repeat local,
      linear-gradient(to right, var(--shade), transparent) left / 1rem 100% no-repeat scroll,
      linear-gradient(to left, var(--shade), transparent) right / 1rem 100% no-repeat scroll;
  }
}
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  h2, h3, thead { break-after: avoid; }
  tbody tr:first-child { break-before: avoid; }
  tr, .finding, figure, dl > div { break-inside: avoid; }
  .scroll { overflow: visible; }
  .scroll :is(th, td) { overflow-wrap: anywhere; }
  nav, summary { display: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
`;

/** SHA-256 of the style, by which the page's policy knows it. */
export const PAGE_STYLE_HASH = "sha256-ZKuFeaZLu8mjYJ+OZ2DXSubpKN4MSz9L7R4YMGQ6a8E=";
