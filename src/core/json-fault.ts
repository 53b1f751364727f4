/** Where a text stops being JSON, counted from 1, and what could stand there instead. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly expected: string;
}

const SPACE = /[ \t\n\r]*/y;
// What a text holds, from the space on but for the quotation mark and the backslash, and what that may stand before. They
// are two patterns in turn: one in which a repetition repeats tries every way of sharing out a text that never ends.
const PLAIN = /[ !#-[\]-\uffff]*/y;
const ESCAPED = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y;
const NUMBER_OR_WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

const A_VALUE = "a value";
const A_NAME = "a name in double quotes";
const THE_END = "the end";

/**
 * The first place at which a text is not JSON; null for JSON. Engines say the position in words of their own, or not at
 * all.
 */
export function jsonFault(text: string): JsonFault | null {
  /** What closes the lists and objects that are open, the innermost last. */
  const open: ("]" | "}")[] = [];
  let expected = A_VALUE;
  let at = 0;
  let mayClose = false;

  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const skipped = (character: string | undefined): boolean => {
    if (character === undefined || text[at] !== character) return false;
    at += 1;
    return true;
  };
  const skippedText = (): boolean => {
    const start = at;
    if (!skipped('"')) return false;
    do skip(PLAIN);
    while (skip(ESCAPED));
    if (skipped('"')) return true;
    at = start;
    return false;
  };

  for (;;) {
    skip(SPACE);
    const closing = open.at(-1);
    if (mayClose && skipped(closing)) {
      open.pop();
      expected = open.length === 0 ? THE_END : "a comma";
      mayClose = open.length > 0;
    } else if (expected === A_NAME && skippedText()) {
      expected = "a colon";
      mayClose = false;
    } else if (expected === "a colon" && skipped(":")) {
      expected = A_VALUE;
    } else if (expected === "a comma" && skipped(",")) {
      expected = closing === "}" ? A_NAME : A_VALUE;
      mayClose = false;
    } else if (expected === A_VALUE && (skipped("[") || skipped("{"))) {
      const isList = text[at - 1] === "[";
      open.push(isList ? "]" : "}");
      expected = isList ? A_VALUE : A_NAME;
      mayClose = true;
    } else if (expected === A_VALUE && (skippedText() || skip(NUMBER_OR_WORD))) {
      expected = open.length === 0 ? THE_END : "a comma";
      mayClose = open.length > 0;
    } else if (expected === THE_END && at === text.length) {
      return null;
    } else {
      const lines = text.slice(0, at).split("\n");
      const alternative = mayClose && closing !== undefined ? ` or ${closing}` : "";
      return { line: lines.length, column: lines.at(-1)!.length + 1, expected: expected + alternative };
    }
  }
}
