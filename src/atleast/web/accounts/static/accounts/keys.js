// What a passkey could not do is said on the page, and not in the console only.
"use strict";

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const told = document.getElementById("key-trouble") ?? document.createElement("p");
  told.id = "key-trouble";
  told.setAttribute("role", "alert");
  told.className = "errorlist";
  told.textContent = document.querySelector("template#key-failed")?.content.textContent ?? event.detail.exception.name;
  document.getElementById("content").prepend(told);
});
