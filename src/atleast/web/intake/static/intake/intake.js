// Files and folders may be dropped anywhere on the page; what was chosen is listed, and too much is told before it is sent.
"use strict";

(() => {
  const form = document.getElementById("take-in");
  const input = document.getElementById("files");
  const folder = document.getElementById("folder");
  const list = document.getElementById("chosen");
  if (!form || !input) return;
  document.documentElement.classList.add("scripts");

  const most = Number(form.dataset.mostFiles);
  const sizes = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  const shown = (bytes) => (bytes < 1e6 ? `${sizes.format(bytes / 1e3)} kB` : `${sizes.format(bytes / 1e6)} MB`);
  const chosen = () => [...input.files, ...(folder ? folder.files : [])];
  const line = (text, className = "") => Object.assign(document.createElement("li"), { textContent: text, className });

  const tell = () => {
    const files = chosen();
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    const tooMuch = bytes > Number(form.dataset.mostBytes) || files.length > most;
    const lines = files.slice(0, 20).map((file) => line(`${file.webkitRelativePath || file.name} · ${shown(file.size)}`));
    if (files.length > 20) lines.push(line(`… ${files.length}`));
    if (tooMuch) lines.unshift(line(list.dataset.tooMuch, "too-much"));
    list.replaceChildren(...lines);
    input.setCustomValidity(tooMuch ? list.dataset.tooMuch : "");
  };
  const put = (into, files) => {
    const together = new DataTransfer();
    for (const file of files) together.items.add(file);
    into.files = together.files;
  };

  // ── A folder: all that is in it, however deep, but for what is hidden ──

  const hidden = (name) => name.startsWith(".") || name === "__MACOSX";
  const parts = (reader) => new Promise((done, failed) => reader.readEntries(done, failed));
  const file = (entry) => new Promise((done, failed) => entry.file(done, failed));
  const within = async (entry, found) => {
    if (found.length > most) return; // one more than may be sent is enough to tell
    if (entry.isFile) found.push(await file(entry));
    else if (entry.isDirectory) {
      const reader = entry.createReader(); // which gives a hundred at a time, and none in the end
      for (let some = await parts(reader); some.length; some = await parts(reader)) {
        for (const each of some.sort((a, b) => (a.name < b.name ? -1 : 1))) if (!hidden(each.name)) await within(each, found);
      }
    }
  };

  input.addEventListener("change", tell);
  if (folder) {
    folder.addEventListener("change", () => {
      const seen = [...folder.files].filter((each) => !each.webkitRelativePath.split("/").slice(1).some(hidden));
      if (seen.length < folder.files.length) put(folder, seen);
      tell();
    });
  }

  // ── Dropped ──

  let over = 0;
  const withFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  addEventListener("dragenter", (event) => {
    if (withFiles(event)) { over += 1; document.body.classList.add("dropping"); }
  });
  addEventListener("dragleave", (event) => {
    if (withFiles(event) && --over <= 0) { over = 0; document.body.classList.remove("dropping"); }
  });
  addEventListener("dragover", (event) => { if (withFiles(event)) event.preventDefault(); });
  addEventListener("drop", async (event) => {
    if (!withFiles(event)) return;
    event.preventDefault();
    over = 0;
    document.body.classList.remove("dropping");
    // What was dropped is there only as long as the event: entries and files are taken out of it at once.
    const given = [...event.dataTransfer.items].filter((each) => each.kind === "file");
    const dropped = given.map((each) => [each.webkitGetAsEntry?.(), each.getAsFile()]);
    const found = [...input.files];
    for (const [entry, alone] of dropped) {
      if (entry?.isDirectory) await within(entry, found).catch(() => found.push(alone));
      else if (alone) found.push(alone);
    }
    put(input, found);
    tell();
  });
})();
