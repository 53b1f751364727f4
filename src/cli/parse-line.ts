import { DomainError } from "../core/domain-error.ts";
import { fromJson } from "../core/json.ts";
import { jsonFault } from "../core/json-fault.ts";
import { LONGEST_LINE } from "./lines.ts";

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
  try {
    return fromJson(text);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const fault = jsonFault(text);
    throw refusal(
      fault === null ? error.expected : `must be JSON: expected ${fault.expected} at column ${fault.column}`,
    );
  }
}
