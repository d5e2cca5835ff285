// The key / leads to the search field, unless something is being typed.
addEventListener("keydown", event => {
  const field = document.querySelector("main [data-find]") ?? document.querySelector("[data-find]");
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing || !field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
