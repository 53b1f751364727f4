import { InvalidArgumentError } from "commander";

/** A number as an option gives it; per cents are refused, since nothing here is in per cent. */
export function numberOption(text: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isNaN(value)) {
    throw new InvalidArgumentError(text.includes("%") ? "Write 5 % as 0.05." : "It must be a number.");
  }
  return value;
}

/** An arm as `conversions/n`. */
export function proportionOption(text: string): { n: number; conversions: number } {
  const parts = /^\s*(\d+)\s*\/\s*(\d+)\s*$/.exec(text);
  if (parts === null) throw new InvalidArgumentError("Write conversions/n, such as 122/21306.");
  return { conversions: Number(parts[1]), n: Number(parts[2]) };
}
