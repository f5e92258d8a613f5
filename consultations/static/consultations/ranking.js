// Ranking without a round trip: the same buttons, moved in place. Focus stays on the option that moved.
export function ranking(box) {
  const [mine, rest] = box.querySelectorAll(".rank");
  const status = box.querySelector("[data-left]");
  const most = Number(box.dataset.most) || Infinity;
  const name = box.dataset.rank;

  const label = (item) => item.querySelector("span").textContent.trim();

  function copyOf(template, item) {
    const copy = box.querySelector(template).content.firstElementChild.cloneNode(true);
    copy.dataset.choice = item.dataset.choice;
    copy.querySelector("span").replaceWith(item.querySelector("span").cloneNode(true));
    const field = copy.querySelector("input");
    if (field) Object.assign(field, { name, value: item.dataset.choice });
    for (const button of copy.querySelectorAll("button")) {
      button.type = "button";
      button.querySelector(".visually-hidden").append(` ${label(item)}`);
    }
    item.replaceWith(copy);
    return copy;
  }

  function tidy() {
    const items = [...mine.children];
    items.forEach((item, place) => {
      item.querySelector("[data-way=up]").hidden = place === 0;
      item.querySelector("[data-way=down]").hidden = place === items.length - 1;
    });
    const left = Math.min([...rest.children].filter((item) => !item.hidden).length, most - items.length);
    for (const button of rest.querySelectorAll("button")) button.hidden = left <= 0;
    status.textContent = items.length ? status.dataset.left.replace("%s", left) : status.dataset.none;
    box.closest("form").dispatchEvent(new Event("change"));
  }

  // Drawn for people without scripts, an option for which no place is left has no button.
  for (const item of [...rest.children]) {
    const { hidden } = item;
    copyOf("[data-unranked]", item).hidden = hidden;
  }
  tidyQuietly();

  const ways = {
    up: (item) => item.previousElementSibling?.before(item),
    down: (item) => item.nextElementSibling?.after(item),
    in: (item) => mine.append(copyOf("[data-ranked]", item)),
    out: (item) => rest.append(copyOf("[data-unranked]", item)),
  };

  box.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    const way = button.dataset.way ?? button.value.split(":").pop();
    const item = button.closest("li");
    const { choice } = item.dataset;
    ways[way](item);
    tidy();
    const now = box.querySelector(`[data-choice="${CSS.escape(choice)}"]`);
    const same = now.querySelector(`[data-way=${way}]:not([hidden])`);
    (same ?? now.querySelector("button:not([hidden])") ?? rest.querySelector("button:not([hidden])"))?.focus();
  });
  // An option that another answer takes away leaves the order.
  box.addEventListener("withheld", ({ target }) => {
    if (target.parentElement !== mine) return;
    const copy = copyOf("[data-unranked]", target);
    copy.hidden = true;
    rest.append(copy);
  });
  box.closest("[data-question]").addEventListener("offered", () => tidyQuietly());

  function tidyQuietly() {
    const items = mine.children.length;
    const left = Math.min([...rest.children].filter((item) => !item.hidden).length, most - items);
    for (const button of rest.querySelectorAll("button")) button.hidden = left <= 0;
  }
}
