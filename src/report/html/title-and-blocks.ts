import type { AnyResult } from "../any-result.ts";
import type { Block } from "../block.ts";
import { describe } from "../describe.ts";

/** The title of a result's page, and what stands under it. */
export function titleAndBlocks(result: AnyResult): readonly [title: string, blocks: readonly Block[]] {
  const [first, ...blocks] = describe(result);
  // Every description begins with its title.
  return [(first as Extract<Block, { readonly type: "heading" }>).text, blocks];
}
