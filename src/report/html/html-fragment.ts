import { type Block, lead } from "../block.ts";
import { FRAGMENT_STYLE } from "./fragment-style.ts";
import { htmlBody } from "./html-body.ts";
import { htmlText } from "./html-text.ts";

const TITLE_LEVEL = 2;

/** A result as a piece of a larger page, such as a notebook, without identifiers, which could meet others there. */
export function htmlFragment(
  title: string,
  blocks: readonly Block[],
  pictures: ReadonlyMap<Block, string> = new Map(),
): string {
  const body = htmlBody(title, blocks.map(withoutMark), {
    sectionLevel: TITLE_LEVEL + 1,
    pictures,
    hasContents: false,
  });
  return htmlPiece(`<h${TITLE_LEVEL}>${htmlText(title)}</h${TITLE_LEVEL}>\n${body}`);
}

/** HTML in the look of a piece of a larger page. */
export function htmlPiece(html: string): string {
  return `<div class="microlift" lang="en">\n<style>${FRAGMENT_STYLE}</style>\n${html}\n</div>\n`;
}

/** The finding in words alone: its mark is drawn in colours of the page, and those of the page around are unknown. */
function withoutMark(block: Block): Block {
  return block.type === "lead" ? lead(block.text) : block;
}
