/* One word in many spellings: what spelling.py does in the program, for the search of a page
   that no program serves. The tables of letters come with the data. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const EAST = "\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3";
  const FOREIGN = new RegExp(`[^\\x00-\\x7f${EAST}]`, "gu");
  const OTHER = new RegExp(`[^0-9a-z${EAST}]+`, "g");
  const HAN = /[\u3400-\u9fff]/g;
  const HYPHEN = /[-\u2010\u2011\u00ad]/g;
  const APOSTROPHE = /['`\u00b4\u2018\u2019\u201b\u02b9-\u02bf]/g;
  const ASIDE = /\([^()]*\)/g;
  const SOUND_FROM = 4;
  // A syllable of Hangul is one of each, as it is romanised without its neighbours.
  const FIRST = "g kk n d tt l m b pp s ss  j jj ch k t p h".split(" ");
  const MIDDLE = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(" ");
  const LAST = " g kk gs n nj nh d l lg lm lb ls lt lp lh m b bs s ss ng j ch k t p h".split(" ");
  const SAME = {
    j: ["tch", "zh", "ch", "jj", "j", "q", "z"],
    k: ["kh", "kk", "gg", "k", "g", "c"],
    t: ["th", "tt", "dd", "t", "d"],
    p: ["ph", "pp", "bb", "p", "b"],
    s: ["sh", "ss", "s", "x"],
    l: ["rr", "ll", "r", "l"],
    o: ["eo", "o"],
    u: ["eu", "oo", "u"],
    i: ["ee", "i"],
  };
  const LETTERS = new Map(
    Object.entries(SAME).flatMap(([key, forms]) => forms.map((form) => [form, key])),
  );
  const LETTER = new RegExp(
    [...LETTERS.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).join("|"),
    "g",
  );
  const NEIGHBOURS = [
    [/(?<!n)k(?=[nml])/g, "nk"],
    [/p(?=[nml])/g, "m"],
    [/t(?=[nml])/g, "n"],
    [/(?<=nk)l|(?<=m)l/g, "n"],
    [/nl/g, "l"],
    [/(.)\1+/g, "$1"],
  ];

  const isAscii = (text) => /^[\x00-\x7f]*$/.test(text);

  bv.spelling = (tables) => {
    const fold = (text, hyphen = "") => {
      let plain = text.normalize("NFKC").replace(APOSTROPHE, "").replace(HYPHEN, hyphen);
      if (!isAscii(plain)) {
        plain = plain.replace(HAN, (letter) => tables.han[letter] ?? letter);
        plain = plain.replace(FOREIGN, (letter) => tables.letters[letter] ?? "");
        plain = plain.replace(APOSTROPHE, "").replace(HYPHEN, " ");
      }
      return plain.toLowerCase().replace(OTHER, " ").trim();
    };

    const squeeze = (folded) => folded.replaceAll(" ", "");

    const names = (text) =>
      text.normalize("NFKC").replace(ASIDE, " ").split("/").map((part) => fold(part)).filter(Boolean);

    const latin = (syllable) => {
      const n = syllable.charCodeAt(0) - 0xac00;
      const rest = n % 588;
      return FIRST[(n - rest) / 588] + MIDDLE[Math.floor(rest / 28)] + LAST[rest % 28];
    };

    const sound = (folded) => {
      const plain = folded.replace(/[\uac00-\ud7a3]/g, latin);
      if (!/^[a-z]+$/i.test(plain)) return "";
      const key = plain.replace(LETTER, (form) => LETTERS.get(form));
      return NEIGHBOURS.reduce((word, [pattern, instead]) => word.replace(pattern, instead), key);
    };

    const passages = (form) => (isAscii(form) ? [` ${form} `] : [` ${form} `, form]);

    const groupsOf = (called) => {
      const groups = new Map();
      for (const texts of called) {
        const group = new Set(texts.flatMap(names).filter((n) => n.length >= (isAscii(n) ? 3 : 2)));
        for (const name of [...group]) {
          for (const other of groups.get(squeeze(name)) || []) group.add(other);
        }
        for (const name of group) groups.set(squeeze(name), group);
      }
      return new Map([...groups].filter(([, group]) => group.size > 1));
    };

    const bySound = (words) => {
      const found = new Map();
      for (const word of words) {
        const key = sound(word);
        if (key.length < SOUND_FROM) continue;
        if (!found.has(key)) found.set(key, []);
        found.get(key).push(word);
      }
      return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
    };

    return { fold, squeeze, names, sound, passages, groupsOf, bySound, isAscii };
  };

  /* One letter more, less, or another, or two that changed places. */
  const isNear = (a, b) => {
    if (Math.abs(a.length - b.length) > 1 || a === b) return a === b;
    let i = 0;
    while (i < a.length && a[i] === b[i]) i += 1;
    const [restA, restB] = [a.slice(i), b.slice(i)];
    return (
      restA.slice(1) === restB.slice(1) ||
      restA.slice(1) === restB ||
      restA === restB.slice(1) ||
      (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
    );
  };

  bv.oneTypo = (word, choices) => {
    const near = choices.filter((choice) => isNear(word, choice));
    return [...near.filter((x) => x === word), ...near.filter((x) => x !== word)].slice(0, 20);
  };

  /* Many short texts end to end: one search looks through them all. */
  bv.Pile = class {
    constructor(spelling) {
      this.spelling = spelling;
      this.parts = [];
      this.starts = [];
      this.owners = [];
      this.length = 0;
      this.whole = "";
    }

    add(texts, owners, squeezed) {
      const { fold, squeeze } = this.spelling;
      const forms = [];
      for (const text of texts) {
        const folded = fold(text);
        forms.push(folded);
        if (text.search(HYPHEN) >= 0) forms.push(fold(text, " "));
        if (squeezed && folded.includes(" ")) forms.push(squeeze(folded));
      }
      const part = `${forms.filter(Boolean).map((form) => `| ${form} `).join("")}|`;
      this.starts.push(this.length);
      this.owners.push(owners);
      this.parts.push(part);
      this.length += part.length;
    }

    find(passage) {
      if (this.whole.length !== this.length) this.whole = this.parts.join("");
      const wanted = passage.replaceAll("|", "| ");
      const found = new Set();
      let number = 0;
      for (let at = this.whole.indexOf(wanted); at >= 0; ) {
        while (number + 1 < this.starts.length && this.starts[number + 1] <= at) number += 1;
        for (const owner of this.owners[number]) found.add(owner);
        if (number + 1 >= this.starts.length) break;
        at = this.whole.indexOf(wanted, this.starts[number + 1]);
      }
      return found;
    }

    words(hangul) {
      const all = new Set(this.parts.join("").replaceAll("|", " ").split(" "));
      const isWord = (word) => /^\p{L}+$/u.test(word);
      return [...all].filter((word) => isWord(word) && (hangul || this.spelling.isAscii(word)));
    }
  };
})();
