import type { View } from "./experiment-plan.ts";
import { duplicateFaults, type Fault } from "./fault.ts";

/** A view is shown once. */
export function viewFaults(views: readonly View[] = []): Fault[] {
  return duplicateFaults(views, (i) => ["views", i]);
}
