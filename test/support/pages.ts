import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

// The pages for readers, and their fenced blocks.

export const root: string = resolve(import.meta.dirname, "../..");

/** Written by tools: a record of the public API, and the texts of licences. */
const GENERATED = /^docs\/(api\/|reference\/|third-party-licenses\.md)/;

export interface Block {
  /** Page and number of the block on it. */
  readonly where: string;
  readonly language: string;
  /** What stands behind the language: the file that the block shows, or `exit=1`. */
  readonly info: string;
  readonly text: string;
  /** Where the text starts in its page. */
  readonly start: number;
  /** The block behind this one where it is its output: text, JSON or Markdown with nothing but space between. */
  readonly output: Block | null;
}

export const pages: readonly string[] = [
  "README.md",
  "CONTRIBUTING.md",
  ...filesIn("docs", ".md"),
  ...filesIn("examples", ".md"),
].filter((page) => !GENERATED.test(page));

/** The files of a folder by their paths from the root. */
export function filesIn(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => relative(root, join(root, folder, name)))
    .toSorted();
}

const OUTPUTS = new Set(["text", "json", "markdown"]);

/** The blocks of a page in order; outputs stand at the block that makes them, and not for themselves. */
export function blocksIn(page: string, source: string = readFileSync(join(root, page), "utf8")): Block[] {
  const blocks: Block[] = [];
  let endOfLast = -1;
  // A fence is closed by one as long as it: Markdown that is shown may have fences of its own.
  for (const match of source.matchAll(/^(`{3,})(\w*) ?([^\n]*)\n(.*?)^\1$/gms)) {
    const [whole, fence, language, info, text] = match as unknown as string[];
    const start = match.index + whole!.indexOf("\n") + 1;
    const block: Block = {
      where: `${page} #${blocks.length + 1}`,
      language: language!,
      info: info!,
      text: text!,
      start,
      output: null,
    };
    const last = blocks.at(-1);
    const isOutput =
      OUTPUTS.has(block.language) &&
      block.info === "" &&
      last?.output === null &&
      !OUTPUTS.has(last.language) &&
      source.slice(endOfLast, match.index).trim() === "";
    if (isOutput) blocks[blocks.length - 1] = { ...last, output: block };
    else blocks.push(block);
    endOfLast = start + text!.length + fence!.length;
  }
  return blocks;
}
