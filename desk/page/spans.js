// Spans of a text, given in bytes of its UTF-8, as parts of the string that a browser has of it. Pure.

// Of one code point in UTF-8; a lone surrogate becomes U+FFFD there, three bytes.
function width(code) {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

// The spans ({begin, end} in bytes; 0 may be left out) with {from, to} in the string's own units, in the order of the
// text and longer ones first. What is empty, ends behind the text or cuts a character in two is left out: it is of
// another version of the text, or wrong.
export function located(text, spans) {
  const wanted = spans.filter(({ begin = 0, end = 0 }) => end > begin);
  const offsets = [...new Set(wanted.flatMap(({ begin = 0, end }) => [begin, end]))].sort((a, b) => a - b);
  const at = new Map(); // byte -> unit
  let byte = 0;
  let unit = 0;
  for (const offset of offsets) {
    while (byte < offset && unit < text.length) {
      const code = text.codePointAt(unit);
      byte += width(code);
      unit += code > 0xffff ? 2 : 1;
    }
    if (byte === offset) at.set(offset, unit);
  }
  return wanted
    .filter(({ begin = 0, end }) => at.has(begin) && at.has(end))
    .map((span) => ({ ...span, from: at.get(span.begin || 0), to: at.get(span.end) }))
    .sort((a, b) => a.from - b.from || b.to - a.to);
}

// The text [from, to) with its spans wrapped, as children for h(). layers: lists of located spans, the outermost
// first; within one layer what overlaps an earlier span begins where that ends; a span that crosses the border of an
// outer one is wrapped in parts. wrap(span, children): a node.
export function wrapped(text, from, to, layers, wrap) {
  if (from >= to) return [];
  if (!layers.length) return [text.slice(from, to)];
  const [layer, ...inner] = layers;
  const out = [];
  let at = from;
  for (const span of layer) {
    const begin = Math.max(span.from, at);
    const end = Math.min(span.to, to);
    if (begin >= end) continue;
    out.push(wrapped(text, at, begin, inner, wrap), wrap(span, wrapped(text, begin, end, inner, wrap)));
    at = end;
  }
  out.push(wrapped(text, at, to, inner, wrap));
  return out;
}
