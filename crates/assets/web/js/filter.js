// A field that narrows a list of choices in place. Without script the list is simply long.
import { matches } from "./fold.js";

/** What the count says. */
export function countWords(shown, all) {
  if (shown === all) return `All ${all} shown`;
  return shown === 0 ? "Nobody by that name" : `${shown} of ${all} shown`;
}

export function filter(input) {
  const list = document.querySelector(input.dataset.filter);
  if (!list) return;
  const choices = [...list.querySelectorAll("label")];
  const count = document.createElement("p");
  count.className = "small soft";
  count.setAttribute("role", "status");
  input.after(count);
  (input.closest("[data-filter-box]") ?? input).hidden = false;

  const narrow = () => {
    let shown = 0;
    for (const choice of choices) {
      const fits = matches(choice.textContent, input.value);
      if (fits) shown += 1;
      // What is chosen stays in sight.
      choice.hidden = !fits && !choice.querySelector("input")?.checked;
    }
    count.textContent = input.value.trim() ? countWords(shown, choices.length) : "";
  };
  input.addEventListener("input", narrow);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  // The browser may have kept what was typed.
  if (input.value) narrow();
}
