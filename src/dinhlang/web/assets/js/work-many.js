// Many tasks at once: only the boxes an act needs are shown, and how many are ticked.
const form = document.querySelector("[data-many]");
const act = form.querySelector("[data-act]");
const ticks = [...form.querySelectorAll("[name=v]")];
const all = form.querySelector("[data-all]");
all.closest("label").hidden = false;
function look() {
  form.querySelectorAll("[data-for]").forEach((label) => { label.hidden = !label.dataset.for.split(" ").includes(act.value); });
}
function count() {
  const chosen = ticks.filter((tick) => tick.checked).length;
  form.querySelector("[data-count]").textContent = chosen ? `với ${chosen} việc` : "";
  all.checked = chosen > 0 && chosen === ticks.length;
  all.indeterminate = chosen > 0 && chosen < ticks.length;
}
let last = null;
form.addEventListener("click", (event) => {
  const at = ticks.indexOf(event.target);
  if (at < 0) return;
  // A range with Shift, as in a list of mails.
  if (event.shiftKey && last !== null) {
    const [from, to] = [Math.min(at, last), Math.max(at, last)];
    ticks.slice(from, to + 1).forEach((tick) => { tick.checked = ticks[at].checked; });
  }
  last = at;
  count();
});
all.addEventListener("change", () => { ticks.forEach((tick) => { tick.checked = all.checked; }); count(); });
if (act) {
  act.addEventListener("change", look);
  look();
}
count();
