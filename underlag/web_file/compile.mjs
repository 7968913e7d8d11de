// Starts Pyodide in Node.js and runs the compilation. Arguments: Pyodide's folder, /in, /out, the Python program.
import fs from "node:fs";
import path from "node:path";
import url from "node:url";

const [pyodideFolder, input, output, program] = process.argv.slice(2);
const { loadPyodide } = await import(url.pathToFileURL(path.join(pyodideFolder, "pyodide.mjs")).href);
// Without columns of source code in the bytecode: nothing shows them, and they are a fifth of the file.
// With a fixed seed of hashes, so that equal sources give equal bytes.
const env = { HOME: "/", PYTHONNODEBUGRANGES: "1", PYTHONHASHSEED: "0" };
const python = await loadPyodide({ indexURL: pyodideFolder + path.sep, env });
for (const [place, folder] of [["/in", input], ["/out", output]]) {
  python.FS.mkdirTree(place);
  python.mountNodeFS(place, folder);
}
try {
  python.runPython(fs.readFileSync(program, "utf8"));
} catch (error) {
  // Without this, Node.js quotes the minified line of Pyodide that raised it.
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
