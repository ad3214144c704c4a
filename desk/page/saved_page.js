// A page that somebody saved to a file, as text. What it says of its own encoding is believed (HTML standard,
// "determining the character encoding": byte order mark, then a meta element in the first 1024 bytes).

const MOST = 4 * 1024 * 1024; // as app/intake_check.cpp takes

const BOMS = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

function encodingOf(bytes) {
  const bom = BOMS.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte));
  if (bom) return bom[0];
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 1024));
  const told = /<meta[^>]+charset\s*=\s*["']?\s*([\w:.-]+)/i.exec(head)?.[1] || "utf-8";
  return /^utf-?16/i.test(told) ? "utf-8" : told; // the standard's own correction
}

// Throws an Error that says what is wrong and what would be right.
export async function readSavedPage(file) {
  if (/\.(mht|mhtml|webarchive)$/i.test(file.name))
    throw new Error("This is an archive of a page. Save the page as HTML only, or paste its text.");
  if (!/\.(html?|xhtml)$/i.test(file.name))
    throw new Error("Choose a saved page: a file that ends in .html.");
  if (file.size > MOST)
    throw new Error(
      `The file has ${(file.size / 1024 / 1024).toFixed(1)} MB, at most 4 are taken: paste the text instead.`,
    );
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    return new TextDecoder(encodingOf(bytes)).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes); // a name of an encoding that no browser knows
  }
}
