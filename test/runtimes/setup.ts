import type { TestProject } from "vitest/node";
import { type Installation, installPacked } from "../support/packed-package.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A folder in whose node_modules the packed package is installed. */
    readonly home: string;
  }
}

let installation: Installation;

export function setup({ provide }: TestProject): void {
  installation = installPacked();
  provide("home", installation.home);
}

export function teardown(): void {
  installation.remove();
}
