import { DomainError } from "../core/domain-error.ts";
import { LONGEST_LINE } from "./lines.ts";
import { parseJson } from "./parse-json.ts";

const decoder = new TextDecoder("utf-8", { fatal: true });
const SHOWN_BYTES = 60;

/** What a line of JSON says, infinities as `toJson` writes them; undefined for a blank line. Errors call it `field`. */
export function parseLine(bytes: Uint8Array, field: string): unknown {
  const refusal = (expected: string): DomainError =>
    new DomainError(field, new TextDecoder().decode(bytes.subarray(0, SHOWN_BYTES)), expected);
  if (bytes.length > LONGEST_LINE) throw refusal(`must be at most ${LONGEST_LINE} bytes long`);
  let text;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw refusal("must be a text in UTF-8");
  }
  if (text.trim() === "") return undefined;
  return parseJson(text, ({ column, expected }) =>
    refusal(`must be JSON: expected ${expected} at column ${column}`),
  );
}
