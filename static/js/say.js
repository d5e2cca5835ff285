// A line at the foot of the window that tells what an act has done. It is read out, and goes after a while.
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
