// A form goes once, and the link to the workbook follows the set that is chosen.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", () => {
    for (const button of form.querySelectorAll("button")) {
      // After this turn: a disabled button would not be part of what is sent.
      setTimeout(() => (button.disabled = true));
    }
  });
}
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const button of document.querySelectorAll("form[data-once] button")) button.disabled = false;
});

const template = document.querySelector("a[data-template]");
if (template) {
  const base = template.href.split("?")[0];
  const follow = () => {
    const mode = document.querySelector("[name=cach]:checked")?.value ?? "new";
    const set = document.querySelector("#bo").value;
    template.href = set ? `${base}?${new URLSearchParams({ cach: mode, bo: set })}` : base;
  };
  document.querySelector("#bo").addEventListener("change", follow);
  for (const mode of document.querySelectorAll("[name=cach]")) mode.addEventListener("change", follow);
  follow();
}

const form = document.querySelector(".law-row-form");
const first = form?.querySelector(".wrong :is(input, select, textarea)") ?? form?.querySelector("#o-name");
// Going to “#dong-3” takes the focus away once the page is there; so it is given after that.
const focus = () => setTimeout(() => first?.focus({ preventScroll: true }));
if (document.readyState === "complete") focus();
else addEventListener("load", focus);
