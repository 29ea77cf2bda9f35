// A message that offers “Hoàn tác” floats in sight for a minute; what was removed can still be
// brought back from its list afterwards.
(() => {
  "use strict";
  const MINUTE = 60_000;

  for (const message of document.querySelectorAll(".said .can-undo")) {
    message.classList.add("floating");
    let left = MINUTE;
    let since = performance.now();
    let timer = 0;
    const go = () => {
      since = performance.now();
      timer = window.setTimeout(() => message.remove(), left);
    };
    const wait = () => {
      window.clearTimeout(timer);
      left = Math.max(left - (performance.now() - since), 5_000);
    };
    // Whoever is about to press it is not hurried.
    for (const name of ["pointerenter", "focusin"]) message.addEventListener(name, wait);
    for (const name of ["pointerleave", "focusout"]) message.addEventListener(name, go);
    go();
  }
})();
