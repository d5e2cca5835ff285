// A mark of a source opens the source where it stands, in a box. Without this module the mark leads to the note.
const gap = 8; // pixels between the box and what is beside it

const box = document.createElement("div");
box.className = "source-box";
box.popover = "auto";
box.tabIndex = -1;
box.setAttribute("role", "dialog");
let opener; // the mark whose source the box shows
let pressed; // the mark whose box was open when the mouse went down: the browser closes it before it tells of the click

// isOpen reports whether the box is open.
const isOpen = () => box.matches(":popover-open");

// noteOf returns the note to which a mark leads.
const noteOf = mark => document.getElementById(mark.hash.slice(1));

// fill puts the source of a mark into the box, with the way to its note.
function fill(mark) {
  const note = document.createElement("a");
  note.href = mark.hash;
  note.textContent = `Note ${mark.hash.replace("#note-", "")}, with each place that cites it`;
  const line = document.createElement("p");
  line.append(note);
  box.replaceChildren(noteOf(mark).firstElementChild.cloneNode(true), line);
  box.setAttribute("aria-label", `Source ${mark.textContent}`);
}

// place puts the box below its mark, or above where there is no room below.
function place(mark) {
  const at = mark.getBoundingClientRect();
  const left = Math.max(gap, Math.min(at.left, document.documentElement.clientWidth - box.offsetWidth - gap));
  const below = at.bottom + gap + box.offsetHeight < innerHeight || at.top < box.offsetHeight + gap;
  box.style.left = `${left + scrollX}px`;
  box.style.top = `${(below ? at.bottom + gap : at.top - gap - box.offsetHeight) + scrollY}px`;
}

// open shows the source of a mark. In the order of the keyboard the box comes after the mark.
function open(mark) {
  fill(mark);
  mark.parentElement.after(box);
  box.showPopover({source: mark});
  place(mark);
  box.focus({preventScroll: true});
}

// follow opens the source of a mark instead of leading to its note, or closes it again.
function follow(event) {
  const mark = event.target.closest(".cite > a");
  if (!mark || event.ctrlKey || event.metaKey || event.shiftKey || !noteOf(mark)) return;
  event.preventDefault();
  const again = opener === mark && (isOpen() || pressed === mark);
  box.hidePopover();
  if (!again) open(opener = mark);
}

// The box goes once it is left: another part of the page has the focus, or a link in it leads to a note.
box.addEventListener("focusout", event => {
  if (event.relatedTarget && event.relatedTarget !== opener && !box.contains(event.relatedTarget)) box.hidePopover();
});
box.addEventListener("click", event => {
  if (event.target.closest("a[href^='#']")) box.hidePopover();
});

if (box.showPopover) {
  document.addEventListener("pointerdown", () => { pressed = isOpen() ? opener : null; }, true);
  document.addEventListener("click", follow);
  for (const mark of document.querySelectorAll(".cite > a")) mark.setAttribute("aria-haspopup", "dialog");
}
