// What concerns many sources at once: the streams that bring their news, and the tokens that they are read with.
// Those that somebody must look at stand first; the others are there for who wants to know.

import { h } from "./dom.js";
import { inPageDates, plainReason, platformName } from "./format.js";

// "bluesky:stream/jetstream" -> "Bluesky, stream"; "mastodon:stream/social.example" -> "Mastodon, stream"
const streamName = (name) => `Stream, ${platformName(name.split(":")[0])}`;

const line = (alarm, name, words) =>
  h(
    "p",
    { class: alarm ? "house-line is-alarm" : "house-line" },
    h("span", { class: "house-name" }, name),
    " ",
    h("span", {}, inPageDates(plainReason(words))),
  );

// status: the answer of /api/status.
export function houseLines(status) {
  const all = [
    ...(status.credentials || []).map((one) => [one.alarm, `Token, ${platformName(one.platform)}`, one.words]),
    ...(status.streams || []).map((one) => [one.alarm, streamName(one.name), one.words]),
  ];
  return [...all.filter(([alarm]) => alarm), ...all.filter(([alarm]) => !alarm)].map((one) => line(...one));
}

// How many of them need a look.
export const houseAlarms = (status) =>
  [...(status.credentials || []), ...(status.streams || [])].filter((one) => one.alarm).length;
