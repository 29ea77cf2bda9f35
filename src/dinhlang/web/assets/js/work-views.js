// The views of work: choosing filters at once, copying the calendar's address, printing, and the
// timeline scrolled to today. Every page works without this.
for (const form of document.querySelectorAll("[data-wv-filter]")) {
  form.addEventListener("change", (event) => {
    if (event.target.matches("select")) form.requestSubmit();
  });
  // Empty fields stay out of the address, so that it can be read and passed on.
  form.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
  });
}

for (const button of document.querySelectorAll("[data-wv-copy]")) {
  const field = button.parentElement.querySelector("[data-wv-copy-from]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy");
    }
    button.textContent = "Đã chép";
  });
}

for (const button of document.querySelectorAll("[data-wv-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

const drawing = document.querySelector("[data-wv-drawing]");
const today = drawing?.querySelector("[data-wv-today]");
if (today) {
  const at = today.getBoundingClientRect().left - drawing.getBoundingClientRect().left;
  drawing.scrollLeft += at - drawing.clientWidth / 2;
}
if (drawing) keepNames();

// A name whose bar lies left of what is seen stays at the edge: on a phone a line would have none.
function keepNames() {
  const names = [...drawing.querySelectorAll(".wv-label:not([text-anchor=end])")].map((each) => ({ each, x: Number(each.getAttribute("x")) }));
  const sheet = drawing.querySelector(".wv-sheet");
  if (!sheet) return;
  const lay = (edge) => names.forEach(({ each, x }) => each.setAttribute("x", Math.max(x, edge)));
  const follow = () => {
    const scale = sheet.viewBox.baseVal.width / sheet.getBoundingClientRect().width;
    lay(drawing.scrollLeft ? drawing.scrollLeft * scale + 6 : 0);
  };
  drawing.addEventListener("scroll", () => requestAnimationFrame(follow), { passive: true });
  addEventListener("resize", follow);
  addEventListener("beforeprint", () => lay(0));
  addEventListener("afterprint", follow);
  follow();
}
