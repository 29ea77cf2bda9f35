// On a narrow screen the tab one is on may lie beyond the edge.
const on = document.querySelector(":is(.plan-tabs, .criteria-tabs) .on");
const line = on?.closest(".plan-tabs, .criteria-tabs");
if (line) line.scrollLeft = on.offsetLeft - line.offsetLeft - 24;

// A menu of tabs closes by a click elsewhere and by Escape, which gives the focus back.
const menu = document.querySelector("details[data-menu]");
if (menu) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
