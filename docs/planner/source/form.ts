import {
  FIELD_NAMES,
  type Field,
  FIELDS,
  type FieldName,
  INITIAL_INPUT,
  isInUse,
  type PlannerInput,
} from "./fields.ts";
import { faultSentence } from "./plan-document.ts";
import { readTyped, typedText } from "./read-value.ts";

/** What the form holds: a plan, or what is wrong with it by field. */
export type FormReading =
  { readonly input: PlannerInput } | { readonly faults: ReadonlyMap<FieldName, string> };

/** Puts a plan into the form. */
export function fillForm(input: PlannerInput): void {
  for (const name of FIELD_NAMES) {
    const entry = entryOf(name);
    const value = input[name];
    if (entry instanceof HTMLInputElement && typeof value === "boolean") entry.checked = value;
    else entry.value = typedText(FIELDS[name], value);
  }
  showFieldsInUse(input.effects);
}

export function readForm(): FormReading {
  const effects = entryOf("effects").value as PlannerInput["effects"];
  const values = new Map<FieldName, PlannerInput[FieldName]>();
  const faults = new Map<FieldName, string>();
  for (const name of FIELD_NAMES) {
    const field: Field = FIELDS[name];
    const entry = entryOf(name);
    const text = field.kind === "flag" ? String((entry as HTMLInputElement).checked) : entry.value;
    const reading = readTyped(field, text);
    if ("value" in reading) values.set(name, reading.value);
    else if (isInUse(name, effects)) faults.set(name, reading.fault);
  }
  return faults.size > 0 ? { faults } : { input: { ...INITIAL_INPUT, ...Object.fromEntries(values) } };
}

/** Shows the fields that the choice of effects needs, and hides the others. */
export function showFieldsInUse(effects: PlannerInput["effects"]): void {
  for (const name of FIELD_NAMES) byId(`${name}-field`).hidden = !isInUse(name, effects);
}

/** Tells faults at their fields, and takes back those that were mended. */
export function showFaults(faults: ReadonlyMap<FieldName, string>): void {
  for (const name of FIELD_NAMES) {
    const fault = faults.get(name);
    const place = byId(`${name}-fault`);
    place.hidden = fault === undefined;
    place.textContent = fault === undefined ? "" : faultSentence(name, fault);
    const entry = entryOf(name);
    if (fault === undefined) entry.removeAttribute("aria-invalid");
    else entry.setAttribute("aria-invalid", "true");
  }
}

export function entryOf(name: FieldName): HTMLInputElement | HTMLSelectElement {
  return byId(name) as HTMLInputElement | HTMLSelectElement;
}

export function byId(id: string): HTMLElement {
  return document.getElementById(id)!;
}
