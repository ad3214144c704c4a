// The name under which a person pauses a source or brings in a post: asked once, then remembered by this browser.

import { h } from "./dom.js";

const KEY = "copytaster.name";

export function rememberedName() {
  try {
    return localStorage.getItem(KEY) || "";
  } catch {
    return ""; // a browser that keeps nothing
  }
}

export function rememberName(name) {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // asked again next time
  }
}

let made = 0;

// A labelled field: {node, input, problem(words)}; problem("") takes the words away again.
export function field(label, input, hint = null) {
  made += 1;
  const id = `field-${made}`;
  const wrong = h("span", { class: "problem", id: `${id}-problem`, role: "alert" });
  const told = hint ? h("span", { class: "reason", id: `${id}-hint` }, hint) : null;
  input.id = id;
  input.setAttribute("aria-describedby", [told?.id, wrong.id].filter(Boolean).join(" "));
  const problem = (words) => {
    wrong.textContent = words || "";
    if (words) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  };
  input.addEventListener("input", () => problem(""));
  return {
    node: h("p", { class: "field" }, h("label", { for: id }, label), input, told, wrong),
    input,
    problem,
  };
}

export const nameField = () =>
  field(
    "Your name",
    h("input", { type: "text", maxlength: 100, autocomplete: "name", value: rememberedName() || null }),
  );

// What the desk answered, as a sentence.
export function inWords(error) {
  const words = [error.message, error.hint].filter(Boolean).join(" ");
  const whole = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?…]$/.test(whole) ? whole : `${whole}.`;
}
