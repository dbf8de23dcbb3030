import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { PROGRAM, READY_WITHIN_MS } from "./server.ts";


/** The real program in an empty folder: it asks how to begin. */
export class Empty {
  private constructor(
    /** The address, without a slash at the end. */
    readonly base: string,
    private readonly program: ChildProcess,
    private readonly folder: string,
    private readonly said: string[],
  ) {}

  /** What the program has printed so far. */
  get log(): string {
    return this.said.join("");
  }

  /** Starts the program without a command in a fresh folder, or again in one that was used before. */
  static async open(folder?: string): Promise<Empty> {
    const data = folder ?? (await mkdtemp(join(tmpdir(), "alongside-empty-")));
    const program = spawn(PROGRAM, ["--listen", "127.0.0.1:0", "--data", data], { stdio: ["ignore", "pipe", "pipe"] });
    const said: string[] = [];
    const address = new Promise<string>((found, failed) => {
      const hear = (text: Buffer) => {
        said.push(String(text));
        const printed = said.join("").match(/http:\/\/[\d.]+:\d+/);
        if (printed) found(printed[0]);
      };
      program.stdout.on("data", hear);
      program.stderr.on("data", hear);
      program.once("error", failed);
      program.once("exit", (code) => failed(new Error(`the program ended with ${code}:\n${said.join("")}`)));
      setTimeout(() => failed(new Error(`no address was printed:\n${said.join("")}`)), READY_WITHIN_MS).unref();
    });
    return new Empty(await address, program, data, said);
  }

  /** Stops the program and starts it again in the same folder. */
  async again(): Promise<Empty> {
    await this.stop();
    return Empty.open(this.folder);
  }

  /** The path of a set-up link for somebody, as the command on the machine prints it. */
  async link(email: string): Promise<string> {
    const { stdout } = await promisify(execFile)(PROGRAM, ["set-up-link", email, "--data", this.folder]);
    const path = stdout.match(/\/set-up\/[0-9a-f]+/);
    if (!path) throw new Error(`no link in: ${stdout}`);
    return path[0];
  }

  private async stop(): Promise<void> {
    if (this.program.exitCode !== null || this.program.signalCode !== null) return;
    const ended = new Promise((done) => this.program.once("exit", done));
    const force = setTimeout(() => this.program.kill("SIGKILL"), 5_000);
    this.program.kill("SIGTERM");
    await ended;
    clearTimeout(force);
  }

  /** Stops the program and removes its folder. */
  async close(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
