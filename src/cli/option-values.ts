import { InvalidArgumentError } from "commander";
import type { JointCounts } from "../summaries/joint-counts.ts";

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

/** An arm's table as four counts. */
export function jointCountsOption(text: string): JointCounts {
  const counts = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const [neither, macroOnly, microOnly, both] = counts;
  if (counts.length !== 4 || counts.some((count) => Number.isNaN(count))) {
    throw new InvalidArgumentError("Write four counts: neither,macroOnly,microOnly,both.");
  }
  return { neither: neither!, macroOnly: macroOnly!, microOnly: microOnly!, both: both! };
}
