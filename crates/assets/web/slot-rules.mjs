// On the ask form each practitioner has a set of times. Where the browser knows :has(), only the times of the chosen
// practitioner show; elsewhere all sets stay visible under their own legend.

/** The rules for practitioners numbered 1 to `count`, as css text. */
export function slotRules(count) {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const shown = numbers
    .map((n) => `.pick:has(input[data-n="${n}"]:checked) .slots[data-for="${n}"]`)
    .join(",\n");
  return `@supports selector(:has(*)) {
.pick .slots[data-for] { display: none }
${shown} { display: flex }
.pick:has(input[data-n]:checked) .slots-hint { display: none }
}
@supports not selector(:has(*)) {
.slots-hint { display: none }
}
`;
}
