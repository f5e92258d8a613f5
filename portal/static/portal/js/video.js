/* Videos of other sites play in the page. Nothing is asked of those sites before the button is pressed. */

const play = (screen) => {
  const address = new URL(screen.dataset.player);
  address.searchParams.set("hl", document.documentElement.lang);
  const frame = document.createElement("iframe");
  frame.title = screen.dataset.title;
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  // Players refuse to play for a site that does not say which it is; the page and its address stay ours.
  frame.referrerPolicy = "strict-origin";
  frame.src = address;
  screen.replaceChildren(frame);
  frame.focus();
};

for (const screen of document.querySelectorAll("[data-player]")) {
  const box = screen.closest(".video");
  const button = screen.querySelector("[data-play]");
  button.hidden = box.querySelector("[data-played]").hidden = false;
  box.querySelector("[data-left]").hidden = true;
  screen.querySelector("[data-leave]").classList.remove("btn");
  button.addEventListener("click", () => play(screen));
}
