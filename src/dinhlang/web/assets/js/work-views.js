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
