// Files may be dropped anywhere on the page; what was chosen is listed, and too much is told before it is sent.
"use strict";

(() => {
  const form = document.getElementById("take-in");
  const input = document.getElementById("files");
  const folder = document.getElementById("folder");
  const list = document.getElementById("chosen");
  if (!form || !input) return;
  document.documentElement.classList.add("scripts");

  const sizes = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  const shown = (bytes) => (bytes < 1e6 ? `${sizes.format(bytes / 1e3)} kB` : `${sizes.format(bytes / 1e6)} MB`);
  const chosen = () => [...input.files, ...(folder ? folder.files : [])];

  const tell = () => {
    const files = chosen();
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    const tooMuch = bytes > Number(form.dataset.mostBytes) || files.length > Number(form.dataset.mostFiles);
    const lines = files.slice(0, 20).map((file) => `${file.name} · ${shown(file.size)}`);
    if (files.length > 20) lines.push(`… ${files.length}`);
    list.replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
    if (tooMuch) {
      const told = Object.assign(document.createElement("li"), { textContent: list.dataset.tooMuch, className: "too-much" });
      list.prepend(told);
    }
    input.setCustomValidity(tooMuch ? list.dataset.tooMuch : "");
  };
  input.addEventListener("change", tell);
  if (folder) folder.addEventListener("change", tell);

  let over = 0;
  const withFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  addEventListener("dragenter", (event) => {
    if (withFiles(event)) { over += 1; document.body.classList.add("dropping"); }
  });
  addEventListener("dragleave", (event) => {
    if (withFiles(event) && --over <= 0) { over = 0; document.body.classList.remove("dropping"); }
  });
  addEventListener("dragover", (event) => { if (withFiles(event)) event.preventDefault(); });
  addEventListener("drop", (event) => {
    if (!withFiles(event)) return;
    event.preventDefault();
    over = 0;
    document.body.classList.remove("dropping");
    const together = new DataTransfer();
    for (const file of [...input.files, ...event.dataTransfer.files]) together.items.add(file);
    input.files = together.files;
    tell();
  });
})();
