"use strict";

// Opens the answers to a problem by a click on its row, or by a link such as #B/mbpp/11.

function show(body, isOpen) {
  body.querySelector("button").ariaExpanded = String(isOpen);
  body.querySelector(".answers").hidden = !isOpen;
}

const bodies = [...document.querySelectorAll(".problems > tbody")];

function follow() {
  const body = bodies.find((one) => location.hash === `#${encodeURI(one.id)}`);
  if (body === undefined) return;
  show(body, true);
  body.scrollIntoView();
}

for (const body of bodies) {
  show(body, false);
  body.querySelector(".row").addEventListener("click", () => {
    const isOpen = body.querySelector(".answers").hidden;
    show(body, isOpen);
    if (isOpen) history.replaceState(null, "", `#${encodeURI(body.id)}`);
  });
}
addEventListener("hashchange", follow);
follow();
