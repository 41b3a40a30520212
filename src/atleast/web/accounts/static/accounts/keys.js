// A passkey belongs to a name, and browsers offer none under an address in numbers: there the page says what would work.
// What a key could not do is said on the page, and not in the console only.
"use strict";

function words(template) {
  return document.querySelector(`template#${template}`).content.cloneNode(true);
}

function tellWhatWouldWork(way) {
  const here = /^(127\.[\d.]+|\[::1\])$/.test(location.hostname);
  const told = words(here ? "key-by-name" : "key-over-tls");
  const link = told.querySelector("a");
  if (link) {
    for (const part of ["port", "pathname", "search"]) link[part] = location[part];
    link.textContent = link.origin;
  }
  way.after(told);
}

const named = !/^([\d.]+|\[.*\])$/.test(location.hostname);
for (const way of document.querySelectorAll("[data-key]")) {
  if (named && window.PublicKeyCredential) way.hidden = false;
  else tellWhatWouldWork(way);
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const told = document.getElementById("key-trouble") ?? document.createElement("p");
  told.id = "key-trouble";
  told.setAttribute("role", "alert");
  told.className = "errorlist";
  told.replaceChildren(words("key-failed"));
  document.getElementById("content").prepend(told);
});
