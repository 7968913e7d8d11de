// Holds Python and the application, and answers the page's requests one at a time.
// A classic worker: a module worker from a blob does not start from file://.
"use strict";

const INDEX = "https://delar.invalid/";
const parts = new Map();
let answers = null;

// Pyodide fetches its parts by address; here every address is a part that came with the page.
self.fetch = function (address) {
  const name = String(address.url || address).replace(INDEX, "");
  if (!parts.has(name)) { return Promise.reject(new Error("okänd del: " + name)); }
  const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
  return Promise.resolve(new Response(parts.get(name), { headers: { "content-type": type } }));
};

function bytes(text) {
  if (Uint8Array.fromBase64) { return Uint8Array.fromBase64(text); }
  const raw = atob(text);
  const result = new Uint8Array(raw.length);
  for (let index = 0; index < raw.length; index += 1) { result[index] = raw.charCodeAt(index); }
  return result;
}

function unpacked(text) {
  const stream = new Blob([bytes(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

function module(code) {
  return import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
}

async function start(packed) {
  await Promise.all(Object.entries(packed).map(async function (entry) {
    parts.set(entry[0], await unpacked(entry[1]));
  }));
  self.postMessage({ progress: 0.4 });
  const pyodide = await module(parts.get("pyodide.mjs"));
  const engine = await module(parts.get("pyodide.asm.mjs"));
  const python = await pyodide.loadPyodide({
    indexURL: INDEX,
    createPyodideModule: engine.default,
    lockFileContents: new TextDecoder().decode(parts.get("pyodide-lock.json")),
    env: { HOME: "/", TZ: "Europe/Stockholm" },
  });
  self.postMessage({ progress: 0.7 });
  python.FS.mkdirTree("/program");
  python.FS.writeFile("/program/bibliotek.zip", new Uint8Array(parts.get("bibliotek.zip")));
  ["uppackat.zip", "underlag.zip"].forEach(function (name) {
    python.unpackArchive(parts.get(name), "zip", { extractDir: "/program" });
  });
  python.runPython("import sys; sys.path[:0] = ['/program', '/program/bibliotek.zip']");
  answers = python.runPython("from underlag.web.in_browser import Answers; Answers()");
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
  if (event.data.parts) {
    start(event.data.parts).catch(function (error) {
      self.postMessage({ failed: String(error && error.message || error) });
    });
    return;
  }
  try {
    answer(event.data);
  } catch (error) {
    self.postMessage({ id: event.data.id, failed: String(error && error.message || error) });
  }
};
