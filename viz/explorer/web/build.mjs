// Builds the script and the style sheet of the page, byte for byte the same from the same sources:
//   node build.mjs           writes ../assets (or the folder after --into)
//   node build.mjs --tests   writes the tests into build/, from where node's own test runner takes them
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const option = (name) => process.argv.includes(name);
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

const common = {
  absWorkingDir: here,
  bundle: true,
  charset: "utf8",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  logLevel: "warning",
  target: ["es2022"],
  treeShaking: true,
};

/** Every file the assets come from: all beside this script except what npm and the tests make. */
export function sources(folder = here) {
  const skipped = new Set(["node_modules", "build"]);
  const found = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith(".") || skipped.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sources(path) : [path];
  });
  return folder === here ? found.map((path) => relative(here, path).replaceAll("\\", "/")).sort() : found;
}

/** One hash of all sources: of the lines "HASH  PATH", in the order of the paths. */
export function sourcesHash() {
  const lines = sources().map((path) => `${sha256(readFileSync(join(here, path)))}  ${path}\n`);
  return sha256(lines.join(""));
}

/** The packages that are in the bundle, each with its version and the text of its licence. */
function licences(inputs) {
  const folders = new Set();
  for (const path of Object.keys(inputs)) {
    const match = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
    if (match) folders.add(match[1]);
  }
  return [...folders].sort().map((name) => {
    const folder = join(here, "node_modules", name);
    const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).sort().find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
    if (!file) throw new Error(`${name} is bundled and carries no licence text`);
    const text = readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim();
    return { name, version: about.version, licence: about.license, text };
  });
}

/** Gives the licence texts to the page, which shows them: a first run finds what is bundled. */
const licencesAs = (list) => ({
  name: "licences",
  setup(run) {
    run.onResolve({ filter: /^bundled-licences$/ }, () => ({ path: "licences", namespace: "made" }));
    run.onLoad({ filter: /.*/, namespace: "made" }, () => ({ contents: JSON.stringify(list), loader: "json" }));
  },
});

async function bundle(list) {
  return build({
    ...common,
    entryPoints: { explore: "src/main.tsx" },
    outdir: "out",
    write: false,
    metafile: true,
    minify: true,
    format: "iife",
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [licencesAs(list)],
  });
}

async function assets(into) {
  const list = licences((await bundle([])).metafile.inputs);
  const made = await bundle(list);
  mkdirSync(into, { recursive: true });
  for (const old of readdirSync(into)) {
    if (/^explore-[0-9a-f]+\.(js|css)$/.test(old)) rmSync(join(into, old));
  }
  const files = {};
  const named = {};
  for (const output of made.outputFiles) {
    const kind = output.path.endsWith(".css") ? "css" : "js";
    const name = `explore-${sha256(output.contents).slice(0, 12)}.${kind}`;
    writeFileSync(join(into, name), output.contents);
    named[kind] = name;
    files[name] = sha256(output.contents);
  }
  const notice = [
    "# Licences of what is bundled in the page",
    "",
    "Made by the build from the packages that are in the bundle.",
    ...list.flatMap((one) => ["", `## ${one.name} ${one.version} (${one.licence})`, "", "```", one.text, "```"]),
    "",
  ].join("\n");
  writeFileSync(join(into, "LICENCES.md"), notice);
  files["LICENCES.md"] = sha256(notice);
  const manifest = { script: named.js, style: named.css, files, sources: sourcesHash() };
  writeFileSync(join(into, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

async function tests() {
  rmSync(join(here, "build"), { recursive: true, force: true });
  const entryPoints = sources().filter((path) => /\.test\.tsx?$/.test(path));
  await build({
    ...common,
    entryPoints,
    outbase: ".",
    outdir: "build/tests",
    outExtension: { ".js": ".mjs" },
    platform: "node",
    format: "esm",
    plugins: [licencesAs([])],
  });
}

if (!existsSync(join(here, "node_modules"))) {
  console.error("First: npm ci --ignore-scripts (in viz/explorer/web)");
  process.exit(2);
}
if (option("--tests")) await tests();
else {
  const at = process.argv.indexOf("--into");
  await assets(at > 0 ? process.argv[at + 1] : join(here, "..", "assets"));
}
