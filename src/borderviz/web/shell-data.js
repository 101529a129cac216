/* The data of a page that no program serves: blocks of deflated JSON, in the page itself
   or in scripts beside it. Nothing in them is ever run. Loaded before all other scripts. */
(() => {
  "use strict";
  const bv = (window.borderviz ??= {});
  bv.taken ??= {}; // name -> text of a block, from scripts that stand in files
  const coming = new Map(); // name -> promise of the block's value
  const pieces = new Map(); // block -> promise of a reader of its pieces

  const addresses = () => JSON.parse(document.body.dataset.blocks || "{}");

  /* A block that is a file of its own comes as a script: pages from disk may read no other. */
  const fetched = (name) =>
    new Promise((done, fail) => {
      const address = addresses()[name];
      if (!address) return fail(new Error(`no block ${name}`));
      const waiting = document.querySelector(`script[src="${CSS.escape(address)}"]`);
      const script = waiting || document.createElement("script");
      script.addEventListener("load", () => done(bv.taken[name]));
      script.addEventListener("error", () => fail(new Error(`no block ${name}`)));
      if (waiting) return undefined;
      script.src = address;
      return document.head.appendChild(script);
    });

  // The place of each sign among the 91 that are used: all visible ASCII but " < and \\.
  const signs = new Uint8Array(127);
  let signed = 0;
  for (let code = 33; code < 127; code += 1) {
    if ([34, 60, 92].includes(code)) continue;
    signs[code] = signed;
    signed += 1;
  }

  /* Undo `packing.as_text`: each two signs are 13 bits. */
  const bytesOf = (text) => {
    const isOver = text.length % 2; // a last sign: there is one byte too many
    const bytes = new Uint8Array(Math.floor(((text.length - isOver) * 13) / 16));
    let value = 0;
    let bits = 0;
    let at = 0;
    for (let i = 0; i + 1 < text.length; i += 2) {
      value |= (signs[text.charCodeAt(i)] * signed + signs[text.charCodeAt(i + 1)]) << bits;
      for (bits += 13; bits >= 8; bits -= 8) {
        bytes[at] = value & 255;
        at += 1;
        value >>>= 8;
      }
    }
    return bytes.subarray(0, at - isOver);
  };

  const read = async (name) => {
    const inside = document.getElementById(`bv-block-${name}`);
    const text = inside ? inside.textContent : (bv.taken[name] ?? (await fetched(name)));
    const stream = new Blob([bytesOf(text)]).stream();
    return new Response(stream.pipeThrough(new DecompressionStream("deflate-raw"))).json();
  };

  /* The value of a block; whoever asks first has it read. */
  bv.block = (name) => {
    if (!coming.has(name)) {
      const found = read(name);
      coming.set(name, found);
      found.catch(() => coming.delete(name)); // the next who asks may have more luck
    }
    return coming.get(name);
  };

  /* Undo `standalone.packing`: marks stand for what was said before. */
  const unpacked = ({ names, length, text, from, count }) => {
    const all = new Uint32Array(length);
    let at = 0;
    let n = 0;
    let before = 0;
    for (const letter of text) {
      if (letter !== "\u0001") {
        all[at] = letter.codePointAt(0);
        at += 1;
        continue;
      }
      const start = before + from[n];
      before = start + count[n];
      all.copyWithin(at, start, before);
      at += count[n];
      n += 1;
    }
    const places = new Map();
    let first = 0;
    for (const name of names) {
      let last = all.indexOf(0, first);
      if (last < 0) last = length;
      places.set(name, [first, last]);
      first = last + 1;
    }
    return (name) => {
      if (!places.has(name)) return "";
      const [start, end] = places.get(name);
      let found = "";
      for (let i = start; i < end; i += 8192) {
        found += String.fromCodePoint(...all.subarray(i, Math.min(end, i + 8192)));
      }
      return found;
    };
  };

  /* A text by its name; `lang` tells in which block it is where each language has its own. */
  bv.piece = async (name, lang) => {
    const isTogether = Boolean(document.getElementById("bv-block-texts"));
    const block = isTogether ? "texts" : name === "search" ? "search" : `panels-${lang}`;
    if (!pieces.has(block)) {
      const found = bv.block(block).then(unpacked);
      pieces.set(block, found);
      found.catch(() => pieces.delete(block));
    }
    return (await pieces.get(block))(name);
  };
})();
