import { type DefaultTreeAdapterMap, parse, parseFragment } from "parse5";

export type Element = DefaultTreeAdapterMap["element"];
type Node = DefaultTreeAdapterMap["node"];

/** What a browser's parser makes of a text, and what it had to mend. */
export interface HtmlTree {
  readonly elements: readonly Element[];
  readonly faults: readonly string[];
}

/** A whole page. */
export function htmlPageTree(html: string): HtmlTree {
  const faults: string[] = [];
  const tree = parse(html, { onParseError: ({ code, startLine }) => faults.push(`${code} in ${startLine}`) });
  return { elements: elementsIn(tree), faults };
}

/** A piece of a page. */
export function htmlFragmentTree(html: string): HtmlTree {
  const faults: string[] = [];
  const tree = parseFragment(html, { onParseError: ({ code }) => faults.push(code) });
  return { elements: elementsIn(tree), faults };
}

/** Every element, in the order of the text. */
function elementsIn(node: Node): Element[] {
  const children = "childNodes" in node ? node.childNodes.flatMap(elementsIn) : [];
  return "tagName" in node ? [node, ...children] : children;
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((entry) => entry.name === name)?.value;
}

/** The words inside, with a space wherever a tag stands. */
export function textOf(node: Node): string {
  if ("value" in node) return node.value.trim();
  return "childNodes" in node ? node.childNodes.map(textOf).join(" ") : "";
}

/** The elements of some names. */
export function named(elements: readonly Element[], ...names: readonly string[]): Element[] {
  return elements.filter(({ tagName }) => names.includes(tagName));
}
