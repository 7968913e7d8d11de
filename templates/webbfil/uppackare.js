// Unpacks the parts of the program for the worker that runs it, so that neither that one nor the page waits for it.
// A part comes as texts (base64 of gzip). Once the page has been read, each has to be whole.
"use strict";

const parts = new Map();
let receiver = null;

function bytes(text) {
  if (Uint8Array.fromBase64) { return Uint8Array.fromBase64(text); }
  const raw = atob(text);
  const result = new Uint8Array(raw.length);
  for (let index = 0; index < raw.length; index += 1) { result[index] = raw.charCodeAt(index); }
  return result;
}

function begin(name) {
  const packed = new TransformStream(undefined, { highWaterMark: Infinity });
  const part = { writer: packed.writable.getWriter(), whole: false };
  part.done = hand(name, packed.readable.pipeThrough(new DecompressionStream("gzip")).getReader());
  parts.set(name, part);
}

async function hand(name, reader) {
  for (;;) {
    const piece = await reader.read();
    if (piece.done) { receiver.postMessage({ part: name }); return; }
    receiver.postMessage({ part: name, content: piece.value }, [piece.value.buffer]);
  }
}

function failed() { receiver.postMessage({ failed: "filen är inte hel, hämta den igen" }); }

self.onmessage = function (event) {
  const piece = event.data;
  if (piece.receiver) { receiver = piece.receiver; return; }
  if (piece.whole) {
    const all = [...parts.values()];
    if (all.some(function (part) { return !part.whole; })) { failed(); return; }
    Promise.all(all.map(function (part) { return part.done; })).then(function () {
      receiver.postMessage({ whole: true });
      self.close();
    }, failed);
    return;
  }
  if (!parts.has(piece.part)) { begin(piece.part); }
  const part = parts.get(piece.part);
  part.writer.write(bytes(piece.text));
  if (piece.last) {
    part.whole = true;
    part.writer.close();
  }
};
