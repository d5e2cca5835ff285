// What a reader has made of a page: what has the focus, what is open, what was typed, and how far all is scrolled.

// placeOf returns a selector of an element, from what has an id above it.
function placeOf(element) {
  if (element.id) return "#" + CSS.escape(element.id);
  if (element === document.body) return "body";
  let n = 1;
  for (let e = element; (e = e.previousElementSibling);) if (e.localName === element.localName) n++;
  return `${placeOf(element.parentElement)}>${element.localName}:nth-of-type(${n})`;
}

// words returns what tells an element from another in the same place, where its words do.
const words = (element) => element.matches("a, button, summary, details") ? (element.querySelector("summary") ?? element).textContent : "";

// standing notes how the page stands, and returns a function that has other elements in the same places stand so.
export function standing() {
  const focused = document.activeElement;
  const kept = [...document.body.querySelectorAll("details, input, select, textarea, [tabindex]"), focused]
    .filter((e) => e && document.body.contains(e) && e !== document.body)
    .map((e) => ({ of: e, place: placeOf(e), said: words(e), left: e.scrollLeft, top: e.scrollTop }));
  return () => {
    for (const { of, place, said, left, top } of kept) {
      const e = document.documentElement.querySelector(place);
      if (of.isConnected || e?.localName !== of.localName || words(e) !== said) continue;
      if ("open" in of) e.open = of.open;
      if (left || top) e.scrollTo({ left, top, behavior: "instant" });
      type(e, of);
      if (of === focused) focus(e, of);
    }
  };
}

// type gives a control what was typed into another, or chosen in it.
function type(control, from) {
  if (!("value" in from) || from.type === "file" || control.value === from.value && control.checked === from.checked) return;
  control.value = from.value;
  control.checked = from.checked;
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

// focus gives an element the focus that another had, with what was selected in it.
function focus(element, from) {
  element.focus({ preventScroll: true });
  if (typeof from.selectionStart === "number") element.setSelectionRange(from.selectionStart, from.selectionEnd);
}
