// Drags rules into order. It only fills in the position numbers, which can be typed as well; “Save” keeps them.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const body = document.querySelector("#result_list tbody");
  if (!body || !body.querySelector(".field-position input")) return;
  let dragged = null;

  const renumber = () => {
    const inputs = [...body.querySelectorAll(".field-position input:not([type=hidden])")];
    const least = Math.min(...inputs.map((input) => Number(input.value) || 0));
    inputs.forEach((input, place) => { input.value = least + place * 10; });
  };

  for (const row of body.rows) {
    const cell = row.querySelector(".field-position");
    const grip = document.createElement("span");
    grip.className = "rules-grip";
    grip.textContent = "⠿";
    grip.title = "Drag to reorder, then save";
    grip.setAttribute("aria-hidden", "true");
    grip.draggable = true;
    grip.addEventListener("dragstart", (event) => {
      dragged = row;
      row.classList.add("rules-dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      event.dataTransfer.setDragImage(row, 0, 0);
    });
    grip.addEventListener("dragend", () => {
      row.classList.remove("rules-dragged");
      dragged = null;
    });
    cell.prepend(grip);
    row.addEventListener("dragover", (event) => {
      if (!dragged || dragged === row) return;
      event.preventDefault();
      const half = row.getBoundingClientRect().top + row.offsetHeight / 2;
      body.insertBefore(dragged, event.clientY < half ? row : row.nextSibling);
      renumber();
    });
    row.addEventListener("drop", (event) => event.preventDefault());
  }
});
