import type { Block } from "../block.ts";
import { folded } from "./folded.ts";
import { htmlBlock } from "./html-block.ts";
import { htmlText } from "./html-text.ts";

export interface BodyOptions {
  /** Level of the headings of sections, those of depth 2. */
  readonly sectionLevel: number;
  /** The pictures as HTML, by their blocks; others are left out. */
  readonly pictures: ReadonlyMap<Block, string>;
  /** Whether a long page has links to its sections: these need identifiers, unique in a document. */
  readonly hasContents: boolean;
}

const SHORTEST_CONTENTS = 6;

/** The blocks under a title as HTML, in sections as their headings say. */
export function htmlBody(title: string, blocks: readonly Block[], options: BodyOptions): string {
  const sections = blocks.flatMap((block) =>
    block.type === "heading" && block.depth === 2 ? [block.text] : [],
  );
  const isLong = options.hasContents && sections.length >= SHORTEST_CONTENTS;
  const parts: string[] = [];
  let depth = 1;
  let heading = title;
  let section = 0;
  const findings = blocks.findIndex(({ type }) => type !== "lead");
  for (const [i, block] of blocks.entries()) {
    if (isLong && i === findings) parts.push(contents(sections));
    if (block.type === "heading") {
      if (block.depth === 2) section += 1;
      parts.push("</section>".repeat(depth - block.depth + 1));
      ({ depth, text: heading } = block);
      const level = options.sectionLevel + depth - 2;
      const id = isLong && depth === 2 ? ` id="${sectionId(section)}"` : "";
      parts.push(`<section${id}>\n<h${level}>${htmlText(heading)}</h${level}>`);
    } else if (block.type === "picture") {
      parts.push(options.pictures.get(block) ?? "");
    } else {
      parts.push(htmlBlock(block, heading));
    }
  }
  parts.push("</section>".repeat(depth - 1));
  return parts.filter((part) => part !== "").join("\n");
}

function contents(titles: readonly string[]): string {
  const links = titles.map((text, i) => `<li><a href="#${sectionId(i + 1)}">${htmlText(text)}</a></li>`);
  return `<nav aria-label="Contents">\n${folded("Contents", `<ul>\n${links.join("\n")}\n</ul>`)}\n</nav>`;
}

function sectionId(number: number): string {
  return `section-${number}`;
}
