import { DomainError } from "../../../src/core/domain-error.ts";
import { INITIAL_INPUT } from "./fields.ts";
import { faultSentence, faultsOf } from "./plan-document.ts";
import { type LinkReading, readLink } from "./plan-link.ts";
import { workOut } from "./work-out.ts";

/** The plan of a link. Entries that contradict each other leave all the defaults, and that is told with the others. */
export function openedPlan(fragment: string): LinkReading {
  const reading = readLink(fragment);
  try {
    workOut(reading.input);
    return reading;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const faults = [...faultsOf(error)].map(([name, fault]) => faultSentence(name, fault));
    const why = faults.length === 0 ? `${error.message}.` : faults.join(" ");
    return {
      input: INITIAL_INPUT,
      refused: [...reading.refused, `Its entries make no plan together, so that all defaults stand. ${why}`],
    };
  }
}
