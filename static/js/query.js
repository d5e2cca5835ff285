// The index of package search: fetching its files, and finding documents.
import {dates, distance, words} from "./fold.js";

const widest = 3; // how many files of terms a word may take, which only the beginnings of very many words do
const names = ["kind", "year", "stage", "actor"];

const kept = new Map();

// get fetches a file of the index once.
function get(name, version) {
  const key = version ? `${name}?v=${version}` : name;
  if (!kept.has(key)) {
    const answer = fetch(`/search/${key}`, version ? {} : {cache: "no-cache"}).then(r => {
      if (!r.ok) throw new Error(`${key}: ${r.status}`);
      return r.json();
    });
    answer.catch(() => kept.delete(key));
    kept.set(key, answer);
  }
  return kept.get(key);
}

// top fetches what must be known of the index, with the year of each document.
async function top() {
  const index = await get("index.json");
  if (!index.year) {
    index.year = [];
    for (let i = 0; i < index.years.length; i += 2) {
      for (let n = 0; n < index.years[i + 1]; n++) index.year.push(index.years[i] || "");
    }
  }
  return index;
}

// padded returns the name of a numbered file.
const padded = (name, n, width) => `${name}-${String(n).padStart(width, "0")}.json`;

// shardOf returns the number of the file of terms that has a word, if any has.
function shardOf(index, word) {
  const after = index.shards.findIndex(first => first > word);
  return Math.max(0, (after < 0 ? index.shards.length : after) - 1);
}

// lookup returns how well each document answers to a word, and whether some were left out of the index.
async function lookup(index, word, whole) {
  const from = shardOf(index, word);
  const to = Math.min(shardOf(index, word + "\uffff"), from + widest - 1);
  const shards = await Promise.all(Array.from({length: to - from + 1}, (_, i) => get(padded("terms", from + i, 3), index.version)));
  const scores = new Map();
  let cut = false;
  for (const shard of shards) {
    for (let i = 0; i < shard.length; i += 2) {
      const exact = shard[i] === word;
      if (!exact && !(shard[i].startsWith(word) && word.length > 1)) continue;
      let sum = 0;
      for (const step of shard[i + 1]) {
        if (step < 0) {
          cut = true;
          continue;
        }
        sum += step;
        const doc = Math.floor(sum / index.fields), score = 1 + (sum % index.fields) * 2 + (exact || whole ? 1 : 0);
        if (score > (scores.get(doc) ?? 0)) scores.set(doc, score);
      }
    }
  }
  return {word, scores, cut};
}

// join returns the documents that answer to all words, with the sum of how well. A word that was cut leaves nothing out, unless all were.
function join(parts) {
  let strict = parts.filter(p => !p.cut);
  if (!strict.length) strict = parts;
  const [first, ...rest] = strict.sort((a, b) => a.scores.size - b.scores.size);
  const found = [];
  for (const doc of first.scores.keys()) {
    if (rest.every(p => p.scores.has(doc))) found.push([doc, parts.reduce((n, p) => n + (p.scores.get(doc) ?? 0), 0)]);
  }
  return found.sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(f => f[0]);
}

// parse returns the terms of a query: words, and dates.
export async function parse(query) {
  const index = await top();
  const {found, text} = dates(query);
  return {words: [...new Set(words(text, index))], dates: found};
}

// actors fetches the ids and the names of actors, and which of them each document tells of.
export const actors = async () => get("actors.json", (await top()).version);

// valueOf returns what a document is in one respect.
function valueOf(index, name, doc, cast) {
  switch (name) {
    case "kind": return [index.kinds[index.kind.charCodeAt(doc) - 97]];
    case "year": return index.year[doc] ? [String(index.year[doc])] : [];
    case "stage": return index.stage[doc] === "-" ? [] : [index.stages[index.stage.charCodeAt(doc) - 97]];
  }
  return cast ? cast[2][doc].map(i => cast[0][i]) : [];
}

// search returns the documents that answer to a query, and for each respect how many there are of each value: of those that are as the
// reader wants them in all other respects. Wanted has a value for each respect that the reader chose; actors are counted where asked for.
export async function search(query, wanted, countActors) {
  const index = await top();
  const terms = await parse(query);
  const parts = await Promise.all([...terms.words.map(w => lookup(index, w, false)), ...terms.dates.map(d => lookup(index, d, true))]);
  const all = parts.length ? join(parts) : [];
  const cast = all.length && (countActors || wanted.actor) ? await actors() : null;
  const counts = Object.fromEntries(names.map(n => [n, new Map()]));
  const docs = [];
  for (const doc of all) {
    const values = names.map(n => valueOf(index, n, doc, cast));
    const fits = names.map((n, i) => !wanted[n] || values[i].includes(wanted[n]));
    if (fits.every(Boolean)) docs.push(doc);
    names.forEach((n, i) => {
      if (fits.every((f, j) => f || i === j)) for (const v of values[i]) counts[n].set(v, (counts[n].get(v) ?? 0) + 1);
    });
  }
  return {terms, docs, counts, cast, letters: index.letters, cut: parts.some(p => p.cut), unknown: parts.filter(p => !p.scores.size).map(p => p.word)};
}

// show fetches what is shown of some documents.
export async function show(docs) {
  const index = await top();
  return Promise.all(docs.map(async doc => {
    const block = await get(padded("docs", Math.floor(doc / index.block), 4), index.version);
    const [url, label, title, date, summary, lang] = block[doc % index.block];
    return {url, label, title, date, summary, lang};
  }));
}

// nearest returns the term that is most like a word, or nothing where none is. Of several the first in the list is the likeliest.
export async function nearest(word) {
  const list = await get("words.json", (await top()).version);
  const limit = word.length < 5 ? 1 : 2;
  let best, least = limit + 1;
  for (const term of list) {
    const d = distance(word, term, least - 1);
    if (d > 0 && d < least) [best, least] = [term, d];
    if (least === 1) break;
  }
  return best;
}
