// On a narrow screen the tab one is on may lie beyond the edge.
const on = document.querySelector(":is(.plan-tabs, .criteria-tabs) .on");
if (on) on.parentElement.scrollLeft = on.offsetLeft - on.parentElement.offsetLeft - 24;
