export * from "./experiment/index.ts";
export * from "./library.ts";
