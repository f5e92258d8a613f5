// Buttons that print. Without scripts they are not shown: browsers print by themselves.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
