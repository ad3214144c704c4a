// Building the page. Data only ever becomes text nodes and checked attributes: there is no innerHTML here.

const WEB = /^https?:\/\//i;

// h("p", {class: "x", data: {id: 1}, on: {click: f}, lang: "fr"}, "text", node, [nodes], null)
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "on")
      for (const [type, handler] of Object.entries(value)) node.addEventListener(type, handler);
    else if (name.startsWith("on") || name === "style" || name === "srcdoc")
      throw new Error(`not set from data: ${name}`);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return node;
}

// A link out of the house; plain text where the address is not http(s).
export function outLink(url, ...children) {
  if (!WEB.test(url || "")) return h("span", {}, ...children);
  return h(
    "a",
    { href: url, target: "_blank", rel: "noopener noreferrer" },
    ...children,
    h("span", { class: "out", "aria-hidden": "true" }, " ↗"),
    h("span", { class: "unseen" }, " (opens elsewhere)"),
  );
}

export function copyButton(label, text) {
  const button = h("button", { type: "button", class: "quiet" }, label);
  button.addEventListener("click", async () => {
    const done = await copyText(await (typeof text === "function" ? text() : text));
    button.textContent = done ? "Copied" : "Could not copy";
    setTimeout(() => {
      button.textContent = label;
    }, 1600);
  });
  return button;
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = h("textarea", { class: "unseen", readonly: true });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

export function picture(sha256, edge, alt, props) {
  if (!/^[0-9a-f]{64}$/.test(sha256 || "")) return null;
  const image = h("img", {
    src: `/media/${sha256}?edge=${edge}`,
    alt: alt || "",
    loading: "lazy",
    decoding: "async",
    ...props,
  });
  image.addEventListener(
    "error",
    () => image.replaceWith(h("span", { class: "no-picture" }, "Picture not available")),
    { once: true },
  );
  return image;
}
