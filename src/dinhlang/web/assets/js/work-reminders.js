// One tap copies a ready text; where the browser does not allow it the text is selected instead.
const SAID_FOR = 2_500;

const copy = async (area) => {
  try {
    await navigator.clipboard.writeText(area.value);
    return true;
  } catch {
    area.focus();
    area.select();
    return document.execCommand("copy");
  }
};

for (const button of document.querySelectorAll("[data-copy]")) {
  const words = button.querySelector("span");
  const usual = words.textContent;
  let timer = 0;
  button.addEventListener("click", async () => {
    const done = await copy(document.getElementById(button.dataset.copy));
    words.textContent = done ? "Đã chép, dán vào nhóm Zalo" : "Đã chọn, bấm Ctrl+C";
    button.classList.toggle("rm-copied", done);
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      words.textContent = usual;
      button.classList.remove("rm-copied");
    }, SAID_FOR);
  });
}
