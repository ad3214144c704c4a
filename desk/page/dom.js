// Building the page. Data only ever becomes text nodes and checked attributes: there is no innerHTML here.

const WEB = /^https?:\/\//i;
// What a browser would run, or open as a document made of the address itself.
const RUNS = /^(javascript|data|vbscript):/i;
const ADDRESSES = new Set(["href", "src", "action", "formaction", "cite"]);

// Browsers leave out blanks and control characters before they look for the scheme (URL standard).
const unspaced = (value) => String(value).replace(/[\s\p{Cc}]/gu, "");

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
    else if (ADDRESSES.has(name) && RUNS.test(unspaced(value))) throw new Error(`not an address: ${name}`);
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

// The one address with a script in it, and so not made by h(): fixed words, in which nothing but the desk's own
// origin is filled in, as a string of JSON. Here it does nothing (our policy runs no such address): it is dragged
// to the bookmarks. By way of bring.html, because a browser keeps a strict cookie from a page that another site
// opens, and there our own page opens the desk.
export const bookmarkletCode = (origin) =>
  "javascript:(()=>{open(" +
  JSON.stringify(`${new URL(origin).origin}/assets/bring.html#/intake?`) +
  "+new URLSearchParams({url:location.href,text:String(getSelection()).slice(0,20000),title:document.title})," +
  '"_blank","noopener")})()';

export function bookmarklet(label, origin, onClick) {
  const link = h("a", { class: "button bookmarklet", draggable: "true", on: { click: onClick } }, label);
  link.setAttribute("href", bookmarkletCode(origin));
  return link;
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

const AGAIN = 1; // times a picture is asked for again
const LATER = 1500; // ms

export function picture(sha256, edge, alt, props) {
  if (!/^[0-9a-f]{64}$/.test(sha256 || "")) return null;
  const image = h("img", {
    src: `/media/${sha256}?edge=${edge}`,
    alt: alt || "",
    loading: "lazy",
    decoding: "async",
    ...props,
  });
  // The desk makes few small pictures at once, and of some it has no other to give.
  let again = AGAIN;
  image.addEventListener("error", () => {
    again -= 1;
    if (again < 0) image.replaceWith(h("span", { class: "no-picture" }, "Picture not available"));
    else setTimeout(() => (image.src = `/media/${sha256}?edge=${edge}`), LATER);
  });
  return image;
}
