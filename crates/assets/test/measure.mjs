// Measures sealing in Chromium, under the policy of the program's own pages: node test/measure.mjs [chromium]
// Without a browser it measures in Node. Prints one line for each figure: name, tab, number, tab, unit.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { measure } from "./measured.mjs";

const HERE = new URL("..", import.meta.url).pathname;
const POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
const PATIENCE = 120_000;
const PAGE = '<!doctype html><meta charset="utf-8"><title>measuring</title><script type="module" src="/measure.js"></script>';
const RUN = `import { measure } from "./test/measured.mjs";
const said = await measure().catch((fault) => ({ fault: String(fault) }));
await fetch("/said", { method: "POST", body: JSON.stringify({ said, browser: navigator.userAgent }) });`;

async function script() {
  const { outputFiles } = await build({
    stdin: { contents: RUN, resolveDir: HERE },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    target: ["chrome105"],
  });
  return outputFiles[0].text;
}

async function inChromium(program) {
  const [code, folder] = [await script(), await mkdtemp(join(tmpdir(), "alongside-measure-"))];
  let answer;
  const said = new Promise((resolve) => (answer = resolve));
  const server = createServer(async (request, reply) => {
    if (request.method === "POST") {
      const parts = [];
      for await (const part of request) parts.push(part);
      reply.end();
      return answer(JSON.parse(Buffer.concat(parts).toString()));
    }
    const isScript = request.url === "/measure.js";
    reply.setHeader("Content-Type", isScript ? "text/javascript" : "text/html");
    reply.setHeader("Content-Security-Policy", POLICY);
    reply.end(isScript ? code : PAGE);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", `--user-data-dir=${folder}`];
  const browser = spawn(program, [...flags, `http://localhost:${server.address().port}/`], { stdio: "ignore" });
  const late = new Promise((_, fail) =>
    setTimeout(() => fail(new Error("the browser said nothing")), PATIENCE).unref(),
  );
  try {
    return await Promise.race([said, late]);
  } finally {
    const gone = new Promise((done) => browser.once("exit", done));
    browser.kill();
    await gone;
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function sizes() {
  const folder = await mkdtemp(join(tmpdir(), "alongside-measure-"));
  try {
    await promisify(execFile)(process.execPath, ["build.mjs", folder], { cwd: HERE });
    const rows = (await readFile(join(folder, "manifest.tsv"), "utf8")).split("\n").map((row) => row.split("\t"));
    const file = rows.find(([name]) => name === "sealed.js")[1];
    const size = async (name) => (await readFile(join(folder, name))).length / 1000;
    return [await size(file), await size(`${file}.gz`)];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const program = process.argv[2];
const { said, browser } = program ? await inChromium(program) : { said: await measure(), browser: "" };
if (said.fault) throw new Error(said.fault);
const where = /Chrome\/(\d+)/.exec(browser);
const place = where ? `Chromium ${where[1]}` : `Node ${process.versions.node.split(".")[0]}`;
for (const [name, time] of Object.entries(said)) console.log(`${name}, ${place}\t${time}\tms`);
const [bare, zipped] = await sizes();
console.log(`sealed.js, minified\t${bare}\tkB\nsealed.js, gzipped\t${zipped}\tkB`);
