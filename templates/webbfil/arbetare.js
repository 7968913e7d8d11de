// Holds Python and the application, and answers the page's requests one at a time.
// A classic worker: a module worker from a blob does not start from file://.
"use strict";

// Pyodide declines a classic worker, which it knows by this function; modules are imported all the same.
self.importScripts = function () { throw new TypeError("a worker of modules"); };

const INDEX = "https://delar.invalid/";
const NEEDED = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json", "python_stdlib.zip",
  "bibliotek.zip", "underlag.zip"];
const parts = new Map();
let answers = null;

// A part comes in pieces from the worker that unpacks: the engine is compiled while the rest is still being read.
function expected(name) {
  let pieces;
  const read = new ReadableStream({ start: function (controller) { pieces = controller; } });
  const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
  return { pieces: pieces, whole: false, response: new Response(read, { headers: { "content-type": type } }) };
}

function received(event) {
  const piece = event.data;
  if (piece.failed) { failed(new Error(piece.failed)); return; }
  if (piece.whole) { checkWhole(); return; }
  const pieces = parts.get(piece.part).pieces;
  if (piece.content) { pieces.enqueue(piece.content); return; }
  parts.get(piece.part).whole = true;
  pieces.close();
}

function content(name) { return parts.get(name).response.arrayBuffer(); }

// Pyodide fetches its parts by address; here every address is a part that came with the page.
self.fetch = function (address) {
  const name = String(address.url || address).replace(INDEX, "");
  return parts.has(name) ? Promise.resolve(parts.get(name).response) : Promise.reject(new Error("okänd del: " + name));
};

async function module(name) {
  return import(URL.createObjectURL(new Blob([await content(name)], { type: "text/javascript" })));
}

// The files of an archive (zip, stored) become files of Python's without a copy: their content stays in the archive.
function mount(files, archive, folder) {
  const view = new DataView(archive);
  const text = new TextDecoder();
  let at = archive.byteLength - 22;
  const count = view.getUint16(at + 10, true);
  at = view.getUint32(at + 16, true);
  const made = new Set();
  for (let index = 0; index < count; index += 1) {
    const size = view.getUint32(at + 24, true);
    const length = view.getUint16(at + 28, true);
    const header = view.getUint32(at + 42, true);
    const path = folder + "/" + text.decode(new Uint8Array(archive, at + 46, length));
    const cut = path.lastIndexOf("/");
    const place = path.slice(0, cut);
    if (!made.has(place)) { files.mkdirTree(place); made.add(place); }
    const start = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
    files.createDataFile(place, path.slice(cut + 1), new Uint8Array(archive, start, size), true, false, true);
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
}

async function start() {
  const archives = ["bibliotek.zip", "underlag.zip"].map(content);
  const lock = parts.get("pyodide-lock.json").response.text();
  const pyodide = await module("pyodide.mjs");
  const engine = await module("pyodide.asm.mjs");
  const python = await pyodide.loadPyodide({
    indexURL: INDEX,
    createPyodideModule: engine.default,
    lockFileContents: await lock,
    env: { HOME: "/", TZ: "Europe/Stockholm" },
  });
  self.postMessage({ progress: 0.7 });
  for (const archive of archives) { mount(python.FS, await archive, "/program"); }
  python.runPython("import sys; sys.path.insert(0, '/program'); import prepared; prepared.use('/program')");
  answers = python.runPython("from underlag.web.in_browser import Answers; Answers")(function (share) {
    self.postMessage({ done: share });
  });
  parts.clear();
  self.postMessage({ ready: true });
}

function answer(request) {
  const body = new Uint8Array(request.body || 0);
  const given = answers.answer(request.method, request.target, request.type, body);
  const content = given.body.toJs();
  const headers = given.headers.toJs({ dict_converter: Object.fromEntries });
  const message = { id: request.id, status: given.status, headers: headers, body: content.buffer };
  given.destroy();
  self.postMessage(message, [content.buffer]);
}

self.onmessage = function (event) {
  if (event.data.parts) { event.data.parts.onmessage = received; return; }
  try {
    answer(event.data);
  } catch (error) {
    self.postMessage({ id: event.data.id, failed: String(error && error.message || error) });
  }
};

// A file that was cut off lacks its last parts.
function checkWhole() {
  if ([...parts.values()].some(function (part) { return !part.whole; })) { failed(new Error("filen är inte hel, hämta den igen")); }
}

function failed(error) { self.postMessage({ failed: String(error && error.message || error) }); }

NEEDED.forEach(function (name) { parts.set(name, expected(name)); });
start().catch(failed);
