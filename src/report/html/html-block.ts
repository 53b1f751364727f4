import type { Block } from "../block.ts";
import { folded } from "./folded.ts";
import { htmlTable } from "./html-table.ts";
import { htmlText } from "./html-text.ts";
import { verdictMark } from "./verdict-mark.ts";

/** A block whose HTML is its own; a heading opens a section, and a picture must be drawn first. */
export type PlainBlock = Exclude<Block, { readonly type: "heading" | "picture" }>;

const LONGEST_OPEN_LIST = 8;
const SHOWN_OF_LONGER = 5;

/** A block as HTML, under the heading that it stands under. */
export function htmlBlock(block: PlainBlock, heading: string): string {
  switch (block.type) {
    case "lead":
      return `<div class="finding">${verdictMark(block.verdict)}<p>${htmlText(block.text)}</p></div>`;
    case "paragraph":
      return `<p>${htmlText(block.text)}</p>`;
    case "list":
      return htmlList(block.items);
    case "answers":
      return `<dl>\n${block.answers
        .map(({ label, text }) => `<div><dt>${htmlText(label)}</dt><dd>${htmlText(text)}</dd></div>`)
        .join("\n")}\n</dl>`;
    case "table":
      return htmlTable(block, heading);
  }
}

/** A list; of a long one the first points, and the others folded. */
function htmlList(items: readonly string[]): string {
  const list = (shown: readonly string[]): string =>
    `<ul>\n${shown.map((item) => `<li>${htmlText(item)}</li>`).join("\n")}\n</ul>`;
  if (items.length <= LONGEST_OPEN_LIST) return list(items);
  const rest = items.slice(SHOWN_OF_LONGER);
  return `${list(items.slice(0, SHOWN_OF_LONGER))}\n${folded(`${rest.length} more`, list(rest))}`;
}
