// Pictures that other posts have, too: the page says which, and how the two are one.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { onPage, tabHash, tabShown, texts } from "../support/browser.js";
import { fold as foldedRow, parts } from "../support/copies.js";
import { changeStory } from "./story.js";

const FOLDS = [
  [{ rule: "same-bytes" }, "the same file"],
  [{ rule: "same-picture", distance: 12 }, "the same picture (12 of 256 bits differ)"],
  [{ rule: "same-picture" }, "the same picture (0 of 256 bits differ)"],
  [{ rule: "turned", distance: 3 }, "turned or mirrored (3 of 256 bits differ)"],
  [
    { rule: "cut", agreement: 0.953 },
    "cut, framed or written on (95 % agreement in what both show)",
  ],
];

const onPosts = (desk, change, use) =>
  onPage(
    desk,
    { hash: tabHash(desk.story, "posts"), prepare: (page) => changeStory(page, change) },
    async (page) => {
      await tabShown(page, "posts");
      await use(page);
    },
  );

function postTests(desk) {
  const lines = (page, id) => page.locator(`[data-item="${id}"] .same-picture`);

  for (const [fold, words] of FOLDS)
    it(`of a folded post are told with the reason: ${words}`, () => {
      const { copy, shown } = parts(desk);
      const change = ({ items }) => {
        items.find((item) => item.id === copy.id).media = [{ foldedInto: `${shown.id}#0`, fold }];
      };
      return onPosts(desk, change, async (page) => {
        const line = foldedRow(page, copy.id).locator(".same-picture");
        assert.equal(await line.isVisible(), false, "folded at first");
        await foldedRow(page, copy.id).locator(":scope > details > summary").click();
        assert.equal(await line.isVisible(), true);
        assert.equal(await line.innerText(), `The picture is also in the post above: ${words}`);
      });
    });

  it("of one place and one reason stand in one line, others in their own", () => {
    const { one, two } = parts(desk);
    const seen = (id, i, fold) => ({ foldedInto: `${id}#${i}`, fold });
    const change = ({ items }) => {
      items.find((item) => item.id === one.id).media = [
        seen(two.id, 0, { rule: "same-bytes" }),
        {},
        seen(two.id, 1, { rule: "same-bytes" }),
        seen(two.id, 2, { rule: "turned", distance: 8, likeKey: "x:elsewhere#0" }),
        seen("x:elsewhere", 0),
        seen(two.id, 3, { rule: "same-bytes" }),
      ];
    };
    return onPosts(desk, change, async (page) => {
      const [same, turned, unknown, ...more] = await texts(lines(page, one.id));
      assert.match(same, /^Pictures 1, 3 and 6 are also in the post by \S.* \(.* UTC\): the same file$/);
      assert.match(
        turned,
        /^Picture 4 is also in the post by .*: turned or mirrored \(8 of 256 bits differ\), by way of the one in a post that is not in this story$/,
      );
      assert.equal(unknown, "Picture 5 is also in a post that is not in this story");
      assert.deepEqual(more, []);
    });
  });
}

function pictureTests(desk) {
  // How the first picture's "Also in" says it, where both posts' pictures are so.
  const alsoIn = (own, other, use) => {
    const [picture] = desk.story.pictures;
    const shown = desk.items.find((item) => item.id === picture.itemId);
    const two = desk.items.find((item) => item.id !== shown.id && item.state !== "GONE");
    const change = ({ story, items }) => {
      story.pictures[0].alsoIn = [two.id];
      const at = (id) => items.find((item) => item.id === id);
      for (const media of at(shown.id).media) delete media.foldedInto;
      Object.assign(at(shown.id).media[picture.mediaIndex || 0], own(two.id));
      const { sha256 } = at(shown.id).media[picture.mediaIndex || 0];
      at(two.id).media = [{}, other(`${shown.id}#${sha256.slice(0, 16)}`)];
    };
    return onPage(
      desk,
      { hash: tabHash(desk.story, "pictures"), prepare: (page) => changeStory(page, change) },
      async (page) => {
        await tabShown(page, "pictures");
        await use(page.locator(".picture").first().locator("dd li").first());
      },
    );
  };
  const nothing = () => ({});
  const turned = { rule: "turned", distance: 3 };

  it("are told beside the posts that show them too, whichever of the two came first", async () => {
    const said = async (line) => assert.match(await line.innerText(), /: turned or mirrored \(3 of 256 bits differ\)/);
    await alsoIn(nothing, (key) => ({ foldedInto: key, fold: turned }), said);
    await alsoIn((id) => ({ foldedInto: `${id}#1`, fold: turned }), nothing, said);
    const byWay = (key) => ({ foldedInto: "x:first#0", fold: { ...turned, likeKey: key } });
    await alsoIn(nothing, byWay, said);
  });

  it("have no reason of their own where both were compared with a third", () => {
    const third = { foldedInto: "x:first#0", fold: turned };
    return alsoIn(
      () => third,
      () => third,
      async (line) => {
        await line.waitFor();
        assert.equal(await line.locator(".same-picture").count(), 0);
      },
    );
  });
}

export function samePictureTests(desk) {
  describe("the same pictures", () => {
    postTests(desk);
    pictureTests(desk);
  });
}
