import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Accounts } from "./people.ts";

/** The sample college's clock in journeys, unless a spec sets another day. */
export const TODAY = "2026-11-24";

/** The built program. */
const BUILT = process.env.CARGO_TARGET_DIR || resolve(import.meta.dirname, "../../target");
export const PROGRAM = process.env.ALONGSIDE || resolve(BUILT, "release/alongside");
/** So long it may take to answer. */
export const READY_WITHIN_MS = 30_000;

/** Folders of filled sample colleges by their day: filling one takes longer than copying it. */
const filled: Record<string, Promise<string>> = {};

/** The real program serving a sample college of its own, from a fresh folder. */
export class College {
  private constructor(
    readonly accounts: Accounts,
    private readonly program: ChildProcess,
    private readonly folder: string,
    private readonly said: string[],
  ) {}

  /** The address, without a slash at the end. */
  get base(): string {
    return this.accounts.base.replace(/\/$/, "");
  }

  /** What the program has printed so far. */
  get log(): string {
    return this.said.join("");
  }

  /** The folder with everything that the program writes. */
  get files(): string {
    return this.folder;
  }

  /** The number of its process. */
  get pid(): number {
    return this.program.pid ?? 0;
  }

  /** The mail that became files so far. */
  async mails(): Promise<string[]> {
    const folder = join(this.folder, "data", "mail");
    const names = await readdir(folder).catch(() => []);
    const whole = names.filter((name) => name.endsWith(".eml"));
    return Promise.all(whole.map((name) => readFile(join(folder, name), "utf8")));
  }

  /** Starts the program on a free port, with a sample college that was filled once for its day, and waits until it answers. */
  static async open(today: string = TODAY): Promise<College> {
    const made = (filled[today] ??= College.fill(today));
    const folder = await mkdtemp(join(tmpdir(), "alongside-journey-"));
    await cp(await made, join(folder, "data"), { recursive: true });
    return College.serve(folder, today);
  }

  /** Fills a folder and stops the program again; removed when this process ends. */
  private static async fill(today: string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "alongside-filled-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    const college = await College.serve(folder, today);
    await college.stop();
    return join(folder, "data");
  }

  private static async serve(folder: string, today: string): Promise<College> {
    const accountsFile = join(folder, "accounts.json");
    const options = ["--listen", "127.0.0.1:0", "--data", join(folder, "data"), "--accounts-json", accountsFile];
    const program = spawn(PROGRAM, ["demo", ...options, "--today", today], { stdio: ["ignore", "pipe", "pipe"] });
    const said: string[] = [];
    program.stdout.on("data", (text) => said.push(String(text)));
    program.stderr.on("data", (text) => said.push(String(text)));
    const failed = new Promise<never>((_, reject) => {
      program.once("error", (error) => reject(new Error(`${PROGRAM} does not start: ${error.message}`)));
      program.once("exit", (code) => reject(new Error(`the program ended with ${code}:\n${said.join("")}`)));
    });
    // Once the college is open nobody listens to this promise any more.
    failed.catch(() => undefined);
    try {
      const accounts = await Promise.race([ready(accountsFile, said), failed]);
      return new College(accounts, program, folder, said);
    } catch (error) {
      program.kill("SIGKILL");
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Stops the program and removes its folder. */
  async close(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Stops the program. */
  private async stop(): Promise<void> {
    if (this.program.exitCode === null && this.program.signalCode === null) {
      const ended = new Promise((done) => this.program.once("exit", done));
      const force = setTimeout(() => this.program.kill("SIGKILL"), 5_000);
      this.program.kill("SIGTERM");
      await ended;
      clearTimeout(force);
    }
  }
}

async function ready(accountsFile: string, said: string[]): Promise<Accounts> {
  const until = Date.now() + READY_WITHIN_MS;
  while (Date.now() < until) {
    const accounts = await written(accountsFile);
    if (accounts && (await answers(accounts))) return accounts;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`the program was not ready after ${READY_WITHIN_MS / 1000} s:\n${said.join("")}`);
}

/** The accounts file, or nothing while it is absent or half written. */
async function written(file: string): Promise<Accounts | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined;
  }
}

async function answers(accounts: Accounts): Promise<boolean> {
  try {
    return (await fetch(new URL(accounts.sign_in.path, accounts.base))).ok;
  } catch {
    return false;
  }
}
