// Builds everything a page links to into dist/: bundled and minified css and js, the fonts, the pictures, each named by
// its hash, with a gzip twin and one line in manifest.tsv (name, file, content type, integrity, gzip or -).
// Usage: node build.mjs [folder to write, default dist]
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { extname } from "node:path";
import { gzipSync } from "node:zlib";
import { slotRules } from "./web/slot-rules.mjs";

const OUT = process.argv[2] ?? "dist";
const FONTS = "node_modules/@fontsource-variable/atkinson-hyperlegible-next";
const COPIED = [
  ["logo.svg", "web/img/logo.svg"],
  ["favicon.svg", "web/img/favicon.svg"],
  ["font-licence.txt", `${FONTS}/LICENSE`],
  ["jose-licence.txt", "node_modules/jose/LICENSE.md"],
  ["words-licence.txt", "node_modules/secure-password-utilities/LICENSE"],
];
const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};

const slots = {
  name: "slots",
  setup(bundle) {
    bundle.onResolve({ filter: /^alongside:slots$/ }, () => ({ path: "slots", namespace: "slots" }));
    bundle.onLoad({ filter: /.*/, namespace: "slots" }, () => ({ contents: slotRules(60), loader: "css" }));
  },
};

const bundled = await build({
  entryPoints: ["web/css/app.css", "web/js/app.js", "web/js/sealed.js", "web/js/survey.js"],
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome105", "firefox115", "safari15.4"],
  loader: { ".woff2": "file" },
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  publicPath: "/assets",
  outdir: "dist",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  write: false,
  plugins: [slots],
});

const hash = (bytes, encoding) => createHash("sha256").update(bytes).digest(encoding);
const baseName = (path) => path.split(/[\\/]/).pop();

const files = bundled.outputFiles.map((output) => {
  const file = baseName(output.path);
  return { name: file.replace(/-[0-9A-Z]{8}(\.\w+)$/, "$1"), file, bytes: Buffer.from(output.contents) };
});
for (const [name, path] of COPIED) {
  const bytes = await readFile(path);
  const extension = extname(name);
  files.push({ name, file: `${name.slice(0, -extension.length)}-${hash(bytes, "hex").slice(0, 12)}${extension}`, bytes });
}
files.sort((a, b) => (a.name < b.name ? -1 : 1));

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
const lines = [];
for (const { name, file, bytes } of files) {
  const type = TYPES[extname(name)];
  if (!type) throw new Error(`no content type for ${name}`);
  const zipped = gzipSync(bytes, { level: 9 });
  // Fonts are compressed already: a gzip twin must earn its place.
  const worthIt = zipped.length < bytes.length * 0.95;
  await writeFile(`${OUT}/${file}`, bytes);
  if (worthIt) await writeFile(`${OUT}/${file}.gz`, zipped);
  lines.push([name, file, type, `sha256-${hash(bytes, "base64")}`, worthIt ? "gzip" : "-"].join("\t"));
}
await writeFile(`${OUT}/manifest.tsv`, `${lines.join("\n")}\n`);
