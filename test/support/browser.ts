import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const EXECUTABLE = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Whether there is a browser to test with; where one is required, its absence is an error and no reason to skip. */
export function hasBrowser(): boolean {
  if (existsSync(EXECUTABLE)) return true;
  const message = `no Chromium at ${EXECUTABLE}: install it (Debian: chromium) or set CHROMIUM to its path`;
  if (process.env["MICROLIFT_REQUIRE_BROWSER"] === "1") throw new Error(message);
  console.warn(`Browser tests are skipped: ${message}`);
  return false;
}

/** A browser without a window that reaches for nothing by itself. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
