// Words and dates of what a reader types, folded as the index folds them: package search says how, and the index carries its tables.

// fold returns a text in lower case, without the marks on its letters.
export function fold(text, letters) {
  let out = "";
  for (const c of text.normalize("NFC").toLowerCase()) out += letters[c] ?? c.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return out;
}

// words returns the words of a text.
export function words(text, {letters, stops}) {
  const found = fold(text, letters).match(/[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*/gu) ?? [];
  return found.map(w => w.replace(/'s$/, "").replaceAll("'", "")).filter(w => w && !stops.includes(w));
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const month = "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
const day = "(\\d{1,2})(?:st|nd|rd|th)?";

// forms are the ways of writing a date: an expression, and what of it is the year, the month and the day.
const forms = [
  [/\b(\d{4})-(\d{2})(?:-(\d{2}))?(?![\d-])/i, 1, 2, 3],
  [new RegExp(`\\b${day}\\s+(?:of\\s+)?${month},?\\s+(\\d{4})\\b`, "i"), 3, 2, 1],
  [new RegExp(`\\b${month}\\s+${day},?\\s+(\\d{4})\\b`, "i"), 3, 1, 2],
  [new RegExp(`\\b${month},?\\s+(\\d{4})\\b`, "i"), 2, 1, 0],
];

// dates returns the dates in a text as 2025-06-04 or 2025-06, and the text without them.
export function dates(text) {
  const found = [];
  for (const [form, year, month, day] of forms) {
    let m;
    while ((m = form.exec(text))) {
      const named = months.indexOf(m[month].slice(0, 3).toLowerCase()) + 1;
      const parts = [m[year], named || m[month]];
      if (day && m[day]) parts.push(m[day]);
      found.push(parts.map(p => String(p).padStart(2, "0")).join("-"));
      text = text.slice(0, m.index) + " " + text.slice(m.index + m[0].length);
    }
  }
  return {found, text};
}

// distance returns how many letters must be changed, added, left out or swapped to make a of b; more than limit counts as limit + 1.
export function distance(a, b, limit) {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before = [], row = Array.from({length: b.length + 1}, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return Math.min(row[b.length], limit + 1);
}
