/**
 * The look of a page: light or dark as the reader has it, figures on white cards in both, as their colours are those of
 * print. What is wider than the screen moves within its own box.
 */
export const pageStyle = `
:root { color-scheme: light dark; --ground: #ffffff; --text: #222222; --muted: #5a5a5a; --line: #d5d5d5; --soft: #f4f5f7; --link: #005a8f; --mark: #0072b2; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #16181b; --text: #e6e6e6; --muted: #aab0b6; --line: #3a3f45; --soft: #202327; --link: #7cc4f2; --mark: #56b4e9; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0 auto; max-width: 64rem; padding: 0 1rem 4rem; background: var(--ground); color: var(--text);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; overflow-wrap: break-word; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 0.5rem; padding: 0.4rem 0.8rem; background: var(--ground); z-index: 1; }
a { color: var(--link); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
main:focus { outline: none; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 2rem 0 0.75rem; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 3rem 0 0.75rem; padding-top: 0.75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.08rem; line-height: 1.35; margin: 2rem 0 0.5rem; }
p { margin: 0.6rem 0; max-width: 46rem; }
.aside { color: var(--muted); margin-top: -0.25rem; }
.small { color: var(--muted); font-size: 0.9rem; }
.notice { border-left: 4px solid var(--mark); background: var(--soft); padding: 0.5rem 0.9rem; }
nav ol { margin: 0.5rem 0; padding-left: 1.4rem; }
nav li { margin: 0.15rem 0; }
.box { overflow-x: auto; max-width: 100%; margin: 0.75rem 0; }
table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: 0.32rem 0.8rem 0.32rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--muted); font-weight: 600; white-space: nowrap; }
td { min-width: 3.2rem; max-width: 26rem; }
td.short { white-space: nowrap; }
td.long { min-width: 12rem; }
th.number, td.number { text-align: right; white-space: nowrap; }
th a, dt a { color: inherit; text-decoration-style: dotted; }
dl.fields { display: grid; grid-template-columns: minmax(9rem, 15rem) minmax(0, 1fr); gap: 0.25rem 1.25rem; margin: 0.75rem 0; }
dl.fields dt { color: var(--muted); grid-column: 1; }
dl.fields dd { margin: 0; grid-column: 2; font-variant-numeric: tabular-nums; }
dl.words dt { font-weight: 600; margin-top: 0.9rem; }
dl.words dd { margin: 0; max-width: 46rem; }
dl.words :target { background: var(--soft); outline: 2px solid var(--mark); outline-offset: 3px; }
pre, code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: 0.88rem; }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: 6px; padding: 0.75rem 0.9rem; margin: 0; width: max-content; min-width: 100%; }
table.formulas td { max-width: none; vertical-align: middle; white-space: nowrap; }
math { font-size: 1.1rem; }
td math + br + code { color: var(--muted); font-size: 0.8rem; }
figure { margin: 1.5rem 0; }
.card { background: #ffffff; border: 1px solid var(--line); border-radius: 8px; padding: 0.25rem; margin: 0; }
.card svg { display: block; width: 100%; height: auto; margin: 0 auto; }
figcaption { max-width: 46rem; color: var(--muted); font-size: 0.95rem; margin-top: 0.5rem; }
details { margin: 1rem 0; }
summary { cursor: pointer; color: var(--link); padding: 0.2rem 0; }
@media (max-width: 40rem) {
  h1 { font-size: 1.4rem; }
  dl.fields { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dl.fields dt { margin-top: 0.55rem; }
  dl.fields dt, dl.fields dd { grid-column: 1; }
}
@media print {
  :root { color-scheme: light; --ground: #ffffff; --text: #000000; --muted: #444444; --line: #bbbbbb; --soft: #f6f6f6; --link: #000000; --mark: #0072b2; }
  body { max-width: none; font-size: 10pt; padding: 0; }
  nav, .skip { display: none; }
  h2, h3 { break-after: avoid; }
  figure, tr { break-inside: avoid; }
  .box { overflow: visible; }
  .card svg { min-width: 0 !important; }
  table { font-size: 8pt; }
  pre { white-space: pre-wrap; width: auto; overflow-wrap: anywhere; }
  details::details-content { content-visibility: visible; height: auto; }
}
`;
