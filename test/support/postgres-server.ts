import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import type { SqlEngine } from "./sql-engines.ts";

/** A PostgreSQL server of our own, in a folder that goes away with it. */
export interface PostgresServer {
  /** For its superuser. */
  readonly url: string;
  readonly port: number;
  readonly stop: () => Promise<void>;
}

export const POSTGRES_USER = "tester";
export const POSTGRES_PASSWORD = "not:a/secret@all";

// As unlike the tests' other engines as can be: clocks that are not in UTC, and letters in the order of dictionaries.
const INIT = ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US"];
const SETTINGS = { timezone: "America/New_York", fsync: "off", listen_addresses: "127.0.0.1" };

/** Where Debian keeps the server's programs, or `POSTGRES_BIN` says they are; where they are required, none is an error. */
export function postgresPrograms(): string | null {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root) : [];
  const folders = versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => join(root, version, "bin"));
  const { POSTGRES_BIN: given, MICROLIFT_REQUIRE_POSTGRES: required } = process.env;
  const found = (given === undefined ? folders : [given]).find((folder) =>
    existsSync(join(folder, "initdb")),
  );
  if (found !== undefined) return found;
  const message = "no PostgreSQL server: install one (Debian: postgresql) or set POSTGRES_BIN";
  if (required === "1") throw new Error(message);
  console.warn(`Tests of PostgreSQL are skipped: ${message}`);
  return null;
}

/** Starts a server that listens to this machine alone. */
export async function startPostgres(programs: string): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "microlift-postgres-"));
  // The server refuses to run as root.
  const { uid: own } = userInfo();
  const user = own === 0 ? unprivilegedUser() : null;
  const secret = join(folder, "password");
  writeFileSync(secret, POSTGRES_PASSWORD);
  const data = join(folder, "data");
  if (user !== null) for (const path of [folder, secret]) chownSync(path, user.uid, user.gid);
  const options = { ...user, cwd: folder, env: { PATH: `${programs}:/usr/bin:/bin`, LC_ALL: "C.UTF-8" } };
  execFileSync(
    join(programs, "initdb"),
    ["-D", data, "-U", POSTGRES_USER, "--auth=scram-sha-256", `--pwfile=${secret}`, "--no-sync", ...INIT],
    { ...options, stdio: ["ignore", "ignore", "inherit"] },
  );
  const port = await freePort();
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = spawn(
    join(programs, "postgres"),
    ["-D", data, "-p", String(port), "-k", folder, ...settings],
    {
      ...options,
      stdio: "ignore",
    },
  );
  const stop = async (): Promise<void> => {
    if (server.exitCode === null) {
      const ended = once(server, "exit");
      server.kill("SIGINT");
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `postgresql://${POSTGRES_USER}:${encodeURIComponent(POSTGRES_PASSWORD)}@127.0.0.1:${port}/postgres`;
  try {
    await untilReady(url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, port, stop };
}

/** A server's database, to run statements on. */
export async function openPostgres(url: string): Promise<SqlEngine> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return {
    dialect: "postgres",
    run: async (sql) => void (await client.query(sql)),
    rows: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
    close: () => client.end(),
  };
}

function unprivilegedUser(): { uid: number; gid: number } {
  const idOf = (option: string): number =>
    Number(execFileSync("id", [option, "postgres"], { encoding: "utf8" }));
  return { uid: idOf("-u"), gid: idOf("-g") };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function untilReady(url: string): Promise<void> {
  for (let left = 100; ; left--) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (left === 0) throw error;
      await sleep(100);
    }
  }
}
