// The names of the chosen files, beside the button of templates/_file.html. The browser's own
// words for it are in the browser's language, not in the page's.
const MOST = 3;
document.documentElement.classList.add("says-files");

function show(input) {
  const place = input.closest(".file-box").querySelector(".file-names");
  const names = [...input.files].map((file) => file.name);
  const rest = names.length - MOST;
  place.textContent = names.length ? names.slice(0, MOST).join(", ") + (rest > 0 ? ` và ${rest} tệp nữa` : "") : place.dataset.none;
  place.classList.toggle("is-chosen", names.length > 0);
}

const showAll = () => document.querySelectorAll(".file-input").forEach(show);
document.addEventListener("change", ({ target }) => { if (target.matches?.(".file-input")) show(target); });
document.addEventListener("reset", () => setTimeout(showAll));
// A page come back to keeps what was chosen.
addEventListener("pageshow", showAll);
showAll();
