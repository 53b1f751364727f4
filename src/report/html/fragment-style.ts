/**
 * The look of a piece of a larger page: the shapes of tables and of the finding, in whatever colours and letters the
 * page around it has. Where it is left out, as by viewers that trust no style, the piece stays readable.
 * The class is named twice where JupyterLab has a rule for its tables that is as special as two classes.
 */
export const FRAGMENT_STYLE = `
.microlift { max-width: 60rem; --line: color-mix(in srgb, currentColor 30%, transparent); }
.microlift .finding { margin: 0 0 1em; padding: .6em 1em; border: 1px solid var(--line); border-left: .4em solid; font-weight: 600; }
.microlift .finding p { margin: 0; }
.microlift dl { margin: 0 0 1em; }
.microlift dt { font-weight: 600; }
.microlift dd { margin-bottom: .5em; }
.microlift table { border-collapse: collapse; margin: 0 0 1em; font-variant-numeric: tabular-nums; }
.microlift.microlift :is(th, td) { padding: .3em 1.25em .3em 0; border: 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
.microlift.microlift tbody th { font-weight: 400; }
.microlift.microlift .figure { text-align: right; white-space: nowrap; }
.microlift .scroll { overflow-x: auto; margin: 0 0 1em; }
.microlift .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.microlift img { max-width: 100%; height: auto; background: #fff; }
`;
