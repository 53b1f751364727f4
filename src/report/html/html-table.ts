import type { Block, Column } from "../block.ts";
import { folded } from "./folded.ts";
import { htmlAttribute, htmlText } from "./html-text.ts";

type Table = Extract<Block, { readonly type: "table" }>;

const LONGEST_OPEN_TABLE = 30;
/** Two columns fit a phone by breaking lines; more may not. */
const MOST_COLUMNS_THAT_FIT = 2;

/** A table with a caption for screen readers; one of many columns scrolls in a box of its own, one of many rows folds. */
export function htmlTable({ columns, rows }: Table, heading: string): string {
  const titles = columns.map(({ title }) => title).filter((title) => title !== "");
  const caption = `${heading}: ${titles.join(", ")}`;
  const whole = `<table>
<caption class="unseen">${htmlText(caption)}</caption>
<thead><tr>${columns.map(columnTitle).join("")}</tr></thead>
<tbody>
${rows.map((row) => tableRow(row, columns)).join("\n")}
</tbody>
</table>`;
  const placed =
    columns.length <= MOST_COLUMNS_THAT_FIT
      ? whole
      : `<div class="scroll" role="group" tabindex="0" aria-label="${htmlAttribute(caption)}">\n${whole}\n</div>`;
  return rows.length <= LONGEST_OPEN_TABLE
    ? placed
    : folded(`Table of ${rows.length} rows: ${titles.join(", ")}`, placed);
}

function columnTitle({ title, align }: Column): string {
  // A header without words would be announced as one.
  return title === "" ? "<td></td>" : `<th scope="col"${sideOf(align)}>${htmlText(title)}</th>`;
}

function tableRow(row: readonly string[], columns: readonly Column[]): string {
  const cells = row.map((cell, i) =>
    i === 0
      ? `<th scope="row">${htmlText(cell)}</th>`
      : `<td${sideOf(columns[i]!.align)}>${htmlText(cell)}</td>`,
  );
  return `<tr>${cells.join("")}</tr>`;
}

function sideOf(align: Column["align"]): string {
  return align === "right" ? ' class="figure"' : "";
}
