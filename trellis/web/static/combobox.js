// A search box that suggests while people type: the editable combobox with a list of WAI-ARIA's Authoring Practices.
// The box is <input data-suggestions="/an/address/">; the address answers ?q= with what there is to choose from.
// Without this script, the form around the box still searches.
const PAUSE = 120; // milliseconds without a key, before we ask
const FEWEST = 2; // letters

export function suggest(input) {
  const list = make("ul", { role: "listbox", id: `${input.id}-suggestions`, "aria-label": "Suggestions", class: "trellis-suggestions" });
  const said = make("div", { role: "status", class: "govuk-visually-hidden" });
  let asking, waiting, active = -1;
  list.hidden = true;
  input.type = "text"; // a search box of HTML may not be a combobox
  set(input, { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" });
  input.parentElement.classList.add("trellis-combobox");
  input.after(list, said);

  async function ask() {
    asking?.abort();
    const text = input.value.trim();
    if (text.length < FEWEST) return show([]);
    asking = new AbortController();
    const answer = await fetch(`${input.dataset.suggestions}?${new URLSearchParams({ q: text })}`, { signal: asking.signal });
    if (answer.ok) show((await answer.json()).suggestions);
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map(option));
    open(suggestions.length > 0 && document.activeElement === input);
    said.textContent = list.hidden ? "" : `${suggestions.length} ${suggestions.length === 1 ? "suggestion" : "suggestions"}. Use the arrow keys.`;
  }

  function option({ words, detail, url }, place) {
    const item = make("li", { role: "option", id: `${list.id}-${place}`, "aria-selected": "false", class: "trellis-suggestions__one", "data-url": url });
    const name = make("span", { class: "trellis-suggestions__words" });
    const more = make("span", { class: "trellis-suggestions__detail" });
    name.textContent = words;
    more.textContent = detail;
    item.append(name, " ", more);
    item.addEventListener("click", () => location.assign(url));
    return item;
  }

  function open(is) {
    list.hidden = !is;
    input.setAttribute("aria-expanded", String(is));
    go(-1);
  }

  function go(place) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = place;
    const chosen = list.children[place];
    if (!chosen) return input.removeAttribute("aria-activedescendant");
    chosen.setAttribute("aria-selected", "true");
    chosen.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", chosen.id);
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => ask().catch(() => {}), PAUSE); // an answer that does not come leaves the form as it is
  });
  input.addEventListener("blur", () => open(false));
  list.addEventListener("mousedown", (event) => event.preventDefault()); // a click would else leave the box first
  input.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (event.key === "Escape" && !list.hidden) open(false);
    else if (event.key === "Enter" && !list.hidden && active >= 0) location.assign(list.children[active].dataset.url);
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      const from = active;
      if (list.hidden) open(true);
      // one more place than there are suggestions: the box itself
      go(event.key === "ArrowDown" ? (from + 1 < count ? from + 1 : -1) : (from < 0 ? count - 1 : from - 1));
    } else return;
    event.preventDefault();
  });
}

function make(name, attributes) {
  return set(document.createElement(name), attributes);
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
