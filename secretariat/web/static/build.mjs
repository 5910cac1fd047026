// Bundles the pages' style and scripts into dist/, each file named by its content, with manifest.json as the list of names.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const bundles = ["css/secretariat.css", "css/editor.css", "js/app.js", "js/reorder.js", "js/editor.js", "js/conduct.js"];
const pictures = ["icons/icons.svg", "icons/mark.svg"];

async function bundle() {
  const result = await build({
    absWorkingDir: here,
    entryPoints: bundles,
    outdir: dist,
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2022", "chrome111", "firefox115", "safari16.4"],
    loader: { ".woff2": "file" },
    legalComments: "linked",
    metafile: true,
    logLevel: "warning",
  });
  const outputs = Object.entries(result.metafile.outputs).filter(([, output]) => output.entryPoint);
  return outputs.map(([path, output]) => [basename(output.entryPoint), basename(path)]);
}

async function picture(source) {
  const content = await readFile(join(here, source));
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
  const name = basename(source).replace(".", `-${hash}.`);
  await writeFile(join(dist, name), content);
  return [basename(source), name];
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
const names = [...(await bundle()), ...(await Promise.all(pictures.map(picture)))].sort();
await writeFile(join(dist, "manifest.json"), JSON.stringify(Object.fromEntries(names), null, 2) + "\n");
