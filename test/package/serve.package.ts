import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { afterEach, describe, expect, it } from "vitest";
import { root } from "../support/pages.ts";

// The built command line as another program holds it: by two pipes.

let served: ChildProcessByStdio<Writable, Readable, null>;
afterEach(() => void served.kill("SIGKILL"));

function start(): Promise<[code: number | null, signal: string | null]> {
  served = spawn(process.execPath, [join(root, "dist/cli.js"), "serve", "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  return once(served, "close") as Promise<[number | null, string | null]>;
}

const request = (id: unknown): string => `${JSON.stringify({ id, function: "normal.sf", arguments: 2 })}\n`;
const answer = (id: unknown): string => `${JSON.stringify({ id, result: 0.022750131948179212 })}\n`;

/** What is printed until as much has been printed as expected, or the end. */
async function printed(length: number): Promise<string> {
  let text = "";
  for await (const chunk of served.stdout) {
    text += String(chunk);
    if (text.length >= length) break;
  }
  return text;
}

describe("microlift serve as a process", () => {
  it("answers at once, however its input is cut, and ends with it", async () => {
    const ended = start();
    const bytes = Buffer.from(request("é€😀") + request(2));
    served.stdout.setEncoding("utf8");
    const text: string[] = [];
    served.stdout.on("data", (part: string) => text.push(part));
    for (const byte of bytes) {
      served.stdin.write(Uint8Array.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    // The input is still open.
    await expect.poll(() => text.join(""), { timeout: 10_000 }).toBe(answer("é€😀") + answer(2));
    served.stdin.end();
    expect(await ended).toEqual([0, null]);
  });

  it.skipIf(process.platform !== "linux")(
    "reads no further than its reader reads, so that its memory holds",
    async () => {
      const ended = start();
      const line = Buffer.from(request(1).repeat(10_000));
      const left = Array.from({ length: 60 }, () => line);
      const feed = (): void => {
        while (left.length > 0) {
          if (!served.stdin.write(left.pop()!)) return void served.stdin.once("drain", feed);
        }
        served.stdin.end();
      };
      feed();
      await once(served.stdout, "readable");
      // Nobody reads on: what it takes in must come to a stop.
      let before = Infinity;
      while (left.length < before) {
        before = left.length;
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
      expect(left.length).toBeGreaterThan(40);
      const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${served.pid}/status`, "utf8"))?.[1];
      expect(Number(kilobytes)).toBeLessThan(200_000);
      let bytes = 0;
      served.stdout.on("data", (chunk: Buffer) => (bytes += chunk.length));
      served.stdout.resume();
      expect(await ended).toEqual([0, null]);
      expect(bytes).toBe(answer(1).length * 10_000 * 60);
    },
  );

  it("ends quietly where nobody reads its answers any more", async () => {
    const ended = start();
    served.stdin.on("error", () => undefined);
    served.stdin.write(request(1).repeat(1000));
    expect(await printed(1)).toContain(answer(1));
    served.stdout.destroy();
    served.stdin.write(request(1).repeat(1000));
    expect(await ended).toEqual([0, null]);
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "ends by %s as a program that takes no notice of it",
    async (signal) => {
      const ended = start();
      served.stdin.write(request(1));
      served.stdout.once("data", () => served.kill(signal));
      expect(await ended).toEqual([null, signal]);
    },
  );
});
