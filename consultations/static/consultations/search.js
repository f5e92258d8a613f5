// A long native list, made searchable: the combobox pattern of the ARIA Authoring Practices over the select,
// which stays in the form and holds the answer.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();

export function search(select) {
  const { id } = select;
  const texts = select.dataset;
  const box = Object.assign(document.createElement("div"), { className: "search" });
  const input = document.createElement("input");
  const list = Object.assign(document.createElement("ul"), { id: `${id}-list`, hidden: true });
  const clear = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
  const status = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  let active = -1;

  select.id = `${id}-native`;
  select.hidden = true;
  Object.assign(input, { id, type: "text", autocomplete: "off", placeholder: texts.searchHint, spellcheck: false });
  const attributes = {
    role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list",
    ...(select.hasAttribute("aria-describedby") && { "aria-describedby": select.getAttribute("aria-describedby") }),
    ...(select.hasAttribute("aria-invalid") && { "aria-invalid": "true" }),
  };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", document.querySelector(`label[for="${CSS.escape(id)}"]`)?.textContent ?? "");
  clear.setAttribute("aria-label", texts.searchClear);
  status.setAttribute("role", "status");
  select.after(box);
  box.append(input, clear, list, status);

  const options = () => [...select.options].filter((option) => option.value && !option.disabled);
  const written = () => (select.value ? select.selectedOptions[0].text : "");
  const items = () => [...list.children];

  function choose(option) {
    select.value = option?.value ?? "";
    input.value = written();
    clear.hidden = !select.value;
    close();
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function open(query) {
    const wanted = plain(query);
    const found = options().filter((option) => plain(option.text).includes(wanted));
    found.sort((one, two) => plain(two.text).startsWith(wanted) - plain(one.text).startsWith(wanted));
    list.replaceChildren(...found.map(item));
    list.hidden = !found.length;
    active = -1;
    input.setAttribute("aria-expanded", String(Boolean(found.length)));
    input.removeAttribute("aria-activedescendant");
    status.textContent = found.length ? `${found.length} ${texts.searchCount}` : texts.searchNone;
  }

  function item(option, place) {
    const entry = Object.assign(document.createElement("li"), { id: `${id}-${place}-item`, textContent: option.text });
    if (option.lang) entry.lang = option.lang;
    entry.setAttribute("role", "option");
    entry.setAttribute("aria-selected", "false");
    // Before the field loses its focus.
    entry.addEventListener("pointerdown", (event) => event.preventDefault());
    entry.addEventListener("click", () => choose(option));
    entry.option = option;
    return entry;
  }

  function mark(place) {
    const all = items();
    if (!all.length) return;
    all[active]?.setAttribute("aria-selected", "false");
    active = (place + all.length) % all.length;
    all[active].setAttribute("aria-selected", "true");
    all[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", all[active].id);
  }

  const keys = {
    ArrowDown: () => (list.hidden ? open("") : mark(active + 1)),
    ArrowUp: () => (list.hidden ? open("") : mark(active - 1)),
    // Whoever wrote something and presses Enter means the first that was found, and not to send the page.
    Enter: () => !list.hidden && (active >= 0 || Boolean(input.value)) && choose(items()[Math.max(active, 0)].option),
    Escape: () => {
      if (list.hidden && input.value === written()) return false;
      input.value = written();
      close();
      return true;
    },
  };

  input.addEventListener("keydown", (event) => {
    if (event.key in keys && !event.altKey && keys[event.key]() !== false) event.preventDefault();
  });
  input.addEventListener("input", () => open(input.value));
  input.addEventListener("click", () => list.hidden && open(""));
  input.addEventListener("blur", () => {
    const typed = plain(input.value);
    const found = options().filter((option) => plain(option.text).includes(typed));
    const meant = found.find((option) => plain(option.text) === typed) ?? (found.length === 1 ? found[0] : null);
    if (plain(written()) !== typed) choose(typed ? meant ?? select.selectedOptions[0] : null);
    close();
  });
  clear.addEventListener("click", () => {
    choose(null);
    input.focus();
  });
  select.addEventListener("change", () => {
    if (document.activeElement !== input) input.value = written();
  });
  // Another answer may have taken away what was chosen.
  select.closest("[data-question]")?.addEventListener("offered", () => {
    if (document.activeElement === input) return;
    input.value = written();
    clear.hidden = !select.value;
  });
  input.value = written();
  clear.hidden = !select.value;
}
