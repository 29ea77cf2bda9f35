// What if: a rate also gets a slider, which only counts once it is moved.
for (const field of document.querySelectorAll("[data-trial] input[data-range]")) {
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = "0";
  slider.max = "100";
  slider.step = "0.5";
  slider.tabIndex = -1;
  slider.setAttribute("aria-label", `Kéo: ${field.labels[0]?.firstChild.textContent.trim() ?? ""}`);
  const label = field.labels[0]?.textContent ?? "";
  const now = /hiện: ([\d.,]+)/.exec(label)?.[1];
  const read = (text) => Number(text.replaceAll(".", "").replace(",", "."));
  slider.value = String(read(field.value || now || "50"));
  slider.addEventListener("input", () => {
    field.value = slider.value.replace(".", ",");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  // The slider's own event must not send the form a second time.
  slider.addEventListener("input", (event) => event.stopPropagation());
  field.addEventListener("input", () => {
    const value = read(field.value);
    if (field.value && !Number.isNaN(value)) slider.value = String(value);
  });
  field.closest(".trial-field").append(slider);
}

// Empty fields stay out of the address, so that it can be read and passed on.
document.body.addEventListener("htmx:configRequest", (event) => {
  if (!event.target.matches("[data-trial]")) return;
  const { parameters } = event.detail;
  for (const name of Object.keys(parameters)) if (parameters[name] === "") delete parameters[name];
});

// A form that was sent is not sent again by a second click.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    const button = form.querySelector("button[type=submit]");
    if (button) {
      button.dataset.words ??= button.textContent;
      button.textContent = "Đang tính…";
      button.setAttribute("aria-busy", "true");
    }
  });
}
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    const button = form.querySelector("button[data-words]");
    if (!button) continue;
    button.textContent = button.dataset.words;
    button.removeAttribute("aria-busy");
  }
});
