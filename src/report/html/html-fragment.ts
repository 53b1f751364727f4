import type { AnyResult } from "../any-result.ts";
import { htmlBody } from "./html-body.ts";
import { htmlText } from "./html-text.ts";
import { titleAndBlocks } from "./title-and-blocks.ts";

const TITLE_LEVEL = 2;

/** A result as a piece of a larger page, such as a notebook: without pictures, styles and identifiers. */
export function htmlFragment(result: AnyResult): string {
  const [title, blocks] = titleAndBlocks(result);
  const body = htmlBody(title, blocks, {
    sectionLevel: TITLE_LEVEL + 1,
    pictures: new Map(),
    hasContents: false,
  });
  return `<div lang="en">\n<h${TITLE_LEVEL}>${htmlText(title)}</h${TITLE_LEVEL}>\n${body}\n</div>\n`;
}
