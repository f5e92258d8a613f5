// Questions and options appear and vanish as soon as an answer says so. The server decides again.
import { answersOf } from "./answers.js";
import { offered, visible } from "./logic.js";

export function live(form) {
  const source = document.getElementById("page-live");
  if (!source) return;
  const page = JSON.parse(source.textContent);
  const questions = page.rules.sections.flatMap((section) => section.questions);
  const filtered = questions.filter((question) => question.filter !== undefined);
  const consent = document.getElementById("page-consent");
  const seen = form.elements["page-shown"];

  function update() {
    const closed = new Set(consent && !consent.checked ? page.byConsent : []);
    const answers = { ...page.answers, ...answersOf(form, page.rules, page.kinds, closed) };
    const shown = visible(page.rules, answers, page.today);
    const empty = new Set(filtered.filter((question) => !options(question, shown.answers)).map(({ name }) => name));
    for (const element of form.querySelectorAll("[data-question]")) {
      const { question } = element.dataset;
      element.hidden = !shown.questions.has(question) || closed.has(question) || empty.has(question);
    }
    seen.value = [...form.querySelectorAll("[data-question]:not([hidden])")]
      .map((element) => element.dataset.question)
      .join(" ");
  }

  // Shows what a filter lets through; says whether that is anything.
  function options(question, answers) {
    const element = form.querySelector(`[data-question="${CSS.escape(question.name)}"]`);
    const names = new Set(offered(question, answers, page.today));
    if (!element) return names.size > 0;
    for (const option of element.querySelectorAll("[data-choice]")) {
      const away = !names.has(option.dataset.choice);
      if (away && !option.hidden) option.dispatchEvent(new CustomEvent("withheld", { bubbles: true }));
      option.hidden = away;
      if (option.tagName === "OPTION") {
        option.disabled = away;
        if (away && option.selected) option.parentElement.value = "";
      }
      const input = option.querySelector("input:is([type=radio], [type=checkbox])");
      if (away && input) input.checked = false;
    }
    element.dispatchEvent(new CustomEvent("offered"));
    return names.size > 0;
  }

  form.addEventListener("change", update);
  form.addEventListener("input", update);
  update();
}
