// The slider says which moment it stands on, and goes there when it is let go. Without this, its button does.
"use strict";
(() => {
  const slider = document.querySelector("[data-slider]");
  if (!slider) return;
  const told = slider.form.querySelector("output");
  const labels = [...slider.list.options].map((option) => option.label);
  const say = () => {
    told.value = labels[slider.value];
    slider.setAttribute("aria-valuetext", labels[slider.value]);
  };
  slider.addEventListener("input", say);
  // Each press of an arrow key is a change: wait until whoever presses has arrived.
  let wait = null;
  slider.addEventListener("change", () => {
    clearTimeout(wait);
    wait = setTimeout(() => slider.form.requestSubmit(), 700);
  });
  say();
})();
