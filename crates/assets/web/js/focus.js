// After a form came back with errors, reading starts at their summary.
export function focusErrors(page) {
  const summary = page.querySelector(".error-summary");
  if (!summary) return;
  summary.tabIndex = -1;
  summary.focus();
}
