import { DomainError } from "../core/domain-error.ts";
import { fromJson } from "../core/json.ts";
import { type JsonFault, jsonFault } from "./json-fault.ts";

/** What a text of JSON says, infinities as `toJson` writes them; `refusal` makes the error for one that is none. */
export function parseJson(text: string, refusal: (fault: JsonFault) => Error): unknown {
  try {
    return fromJson(text);
  } catch (error) {
    const fault = error instanceof DomainError ? jsonFault(text) : null;
    throw fault === null ? error : refusal(fault);
  }
}
