// Copying: what bears data-copy, named there, gets a button; the sign at the end of a row copies the address to which it leads. A line at the
// foot of the window tells what an act has done: it is read out, and goes after a while.
const stay = 4000; // milliseconds

const line = document.createElement("p");
line.className = "said";
line.setAttribute("role", "status");
(document.querySelector("main") ?? document.body).append(line);
let timer;

// say tells a reader something.
export function say(text) {
  line.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => line.replaceChildren(), stay);
}

// copy puts a text where the reader can paste it, and tells so.
async function copy(text, name) {
  try {
    await navigator.clipboard.writeText(text);
    say(`Copied: ${name}`);
  } catch {
    say("This browser does not let the page copy.");
  }
}

// text returns what an element stands for: an address with the place at which the reader is, the content of a field, or words.
const text = e => e.href ? e.href + location.hash : e.value ?? e.textContent;

if (navigator.clipboard) {
  for (const e of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy the ${e.dataset.copy}`);
    button.addEventListener("click", () => copy(text(e), e.dataset.copy));
    e.after(" ", button);
  }
  document.addEventListener("click", event => {
    const link = event.target.closest(".self:empty");
    if (link) copy(link.href, "link");
  });
}
