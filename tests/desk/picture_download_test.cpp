// The pictures of a story with their words written in: names, words, the route and the exports that name
// them.
#include <gmock/gmock.h>

#include "core/text.h"
#include "desk/draft.h"
#include "desk/picture_words.h"
#include "tests/desk/api_support.h"

namespace copytaster {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

StoryPicture picture_of(const Item& item, std::uint32_t index) {
  StoryPicture out;
  out.set_item_id(item.id());
  out.set_media_index(index);
  out.set_sha256(item.media(static_cast<int>(index)).sha256());
  *out.mutable_attribution() = item.media(static_cast<int>(index)).attribution();
  return out;
}

class PictureWordsTest : public ::testing::Test {
 protected:
  PictureWordsTest() {
    put_visit(store_);
    item_ = *store_.item(kAlbum);
    officials_ = store_.story(kVisit)->officials();
    picture_ = picture_of(item_, 0);
  }
  PictureWords words() { return picture_words(picture_, item_, officials_, ""); }

  FakeStore store_;
  Item item_;
  StoryPicture picture_;
  google::protobuf::RepeatedPtrField<StoryOfficial> officials_;
};

TEST_F(PictureWordsTest, AreWhatTheDeskKnows) {
  picture_.mutable_caption()->set_text("Deux maires");
  picture_.mutable_caption()->set_language("fr");
  picture_.set_alt_text("Deux personnes");
  const PictureWords out = words();
  EXPECT_EQ(out.caption, "Deux maires");
  EXPECT_EQ(out.caption_language, "fr");
  EXPECT_EQ(out.credit, "Source: Marie Aubanel on Facebook");
  EXPECT_EQ(out.source, "Marie Aubanel on Facebook");
  EXPECT_EQ(out.alt_text, "Deux personnes");
  EXPECT_EQ(out.creator, "") << "who posts a picture has not taken it";
  EXPECT_EQ(out.city, "") << "where the mayor is mayor is not where the picture was taken";
}

TEST_F(PictureWordsTest, ThePhotographerIsTheCreator) {
  picture_.mutable_attribution()->set_name("Bruno Exemple");
  picture_.mutable_attribution()->set_rule("photographer-in-text");
  EXPECT_EQ(words().creator, "Bruno Exemple");
  picture_.mutable_attribution()->set_name("Bruno Exemple / Ville de Rouvray");
  EXPECT_EQ(words().creator, "Bruno Exemple") << "the body is in the credit line";
  item_.mutable_media(0)->mutable_embedded()->set_creator("Bruno Exemple");
  EXPECT_EQ(words().creator, "") << "the file says so itself";
  item_.mutable_media(0)->mutable_embedded()->set_creator("Bruno Exemple / Ville de Rouvray");
  EXPECT_EQ(words().creator, "Bruno Exemple") << "what is more than a name is not kept";
  item_.mutable_media(0)->mutable_embedded()->set_creator("Somebody Else");
  EXPECT_EQ(words().creator, "Bruno Exemple");
  picture_.mutable_attribution()->set_name("Bruno Exemple / Agence");
  picture_.mutable_attribution()->set_rule("embedded-credit");
  EXPECT_EQ(words().creator, "") << "the file's own fields tell the two apart";
}

TEST_F(PictureWordsTest, TheRightsAreTold) {
  EXPECT_THAT(words().usage_terms, HasSubstr("Rights not cleared"));
  Rights& rights = *picture_.mutable_rights();
  rights.set_state("granted");
  rights.set_by("Mira");
  rights.set_note("by e-mail, print only");
  EXPECT_EQ(words().usage_terms, "Rights granted.") << "who said so and why stays in the house";
  rights.mutable_at()->set_seconds(1683888000);
  EXPECT_EQ(words().usage_terms, "Rights granted on 12 May 2023.");
  rights.set_state("asked");
  EXPECT_THAT(words().usage_terms, HasSubstr("there is no answer yet"));
}

TEST_F(PictureWordsTest, FileNamesAreReadableAndSafe) {
  const std::string hash = picture_.sha256().substr(0, 8);
  EXPECT_EQ(picture_name(picture_, item_), str_cat("marie-aubanel-facebook-2023-05-11-", hash, ".jpg"));
  picture_.mutable_attribution()->set_name("Богдан Кравець");
  EXPECT_THAT(picture_name(picture_, item_), ::testing::StartsWith("bogdan-krave"));
  for (const char* name : {"../../etc/passwd", "a\"; filename=\"b\r\nX: y", "C:\\CON", "\xff\xfe", "///",
                           "🇺🇦", "Ένα Όνομα που είναι πάρα πολύ μακρύ για να χωρέσει σε ένα όνομα αρχείου"}) {
    picture_.mutable_attribution()->set_name(name);
    const std::string file = picture_name(picture_, item_);
    EXPECT_EQ(file.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-."), std::string::npos) << file;
    EXPECT_EQ(file.find('.'), file.size() - 4) << file;
    EXPECT_LT(file.size(), 120U);
    EXPECT_THAT(file, HasSubstr(hash));
  }
  picture_.clear_sha256();
  EXPECT_EQ(picture_name(picture_, item_), "");
}

TEST_F(PictureWordsTest, ExportsNameTheFile) {
  const Draft draft = *make_draft(*store_.story(kVisit), store_);
  const ExportOptions named = {.media_base = "pictures/", .named_pictures = true};
  for (const auto& write : {export_markdown, export_html}) {
    const std::string text = *write(draft, store_, named);
    EXPECT_THAT(text, HasSubstr("pictures/marie-aubanel-facebook-2023-05-11-"));
    EXPECT_THAT(text, Not(HasSubstr(str_cat("pictures/", picture_.sha256()))));
  }
  EXPECT_THAT(*export_ninjs(draft, store_), HasSubstr("\"title\":\"marie-aubanel-facebook-2023-05-11-"));
}

class PictureDownload : public ApiTest {
 protected:
  PictureDownload() {
    hash_ = *media_.put("signing");
    written_picture_ = [this](std::string_view bytes,
                              const PictureWords& words) -> absl::StatusOr<std::string> {
      if (!written_.ok()) return written_;
      return str_cat("RIFFsizeWEBP ", bytes, "|", words.caption, "|", words.credit, "|", words.usage_terms);
    };
    start({});
  }
  RawReply download(std::string_view more = {}, std::string_view story = kVisit) {
    return get(str_cat("/media/", hash_, ".jpg?story=", percent_encode(story), more));
  }

  std::string hash_;
  absl::Status written_;
};

TEST_F(PictureDownload, TheStoryWordsAreWrittenIn) {
  const RawReply reply = download("&download=1");
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(
      reply.body,
      HasSubstr("RIFFsizeWEBP signing|Avec Petro Halenko, au moment de signer l'accord entre nos deux "
                "villes.|Source: Marie Aubanel on Facebook|Rehearsal. Rights not cleared"));
  EXPECT_EQ(reply.header("content-type"), "image/webp");
  EXPECT_EQ(
      reply.header("content-disposition"),
      str_cat("attachment; filename=\"marie-aubanel-facebook-2023-05-11-", hash_.substr(0, 8), ".jpg\""));
  EXPECT_THAT(download().header("content-disposition"), HasSubstr("inline; "));
  EXPECT_EQ(get(str_cat("/media/", hash_)).body, "signing") << "what is kept stays as it came";
}

TEST_F(PictureDownload, ItIsAskedForAnewEachTime) {
  const std::string etag = std::string(download().header("etag"));
  EXPECT_THAT(download().header("cache-control"), Not(HasSubstr("immutable")));
  const std::string target = str_cat("/media/", hash_, "?story=", percent_encode(kVisit));
  EXPECT_EQ(get(target, str_cat("If-None-Match: ", etag, "\r\n")).status, 304);
}

TEST_F(PictureDownload, WhatCannotBeIsSaid) {
  EXPECT_EQ(download("", "story/none").status, 404);
  EXPECT_EQ(get(str_cat("/media/", jpeg_, "?story=", percent_encode(kVisit))).status, 404);
  const std::string gone = sha256_hex("group");  // of the story, but not fetched
  EXPECT_EQ(get(str_cat("/media/", gone, "?story=", percent_encode(kVisit))).status, 404);
  written_ = absl::UnimplementedError("words are written into JPEG, PNG and WebP");
  EXPECT_EQ(download().status, 302) << "a saved draft shows it as it came";
  EXPECT_EQ(download().header("location"), str_cat("/media/", hash_));
  const RawReply other = download("&download=1");
  EXPECT_EQ(other.status, 415);
  EXPECT_THAT(other.body, HasSubstr(str_cat("/media/", hash_)));
  written_ = absl::InvalidArgumentError("the JPEG has no pixels");
  EXPECT_EQ(download("&download=1").status, 400);
  written_ = absl::ResourceExhaustedError("too large");
  EXPECT_EQ(download("&download=1").status, 413);
  written_picture_ = nullptr;
  start({});
  EXPECT_EQ(download().status, 503);
}

TEST_F(PictureDownload, WhatIsRefusedInAnotherPostDoesNotLeaveEither) {
  std::string state = "refused";
  of_bytes_ = [&](std::string_view sha256) {
    Rights rights;
    if (sha256 == hash_) rights.set_state(state);
    return rights;
  };
  start({});
  EXPECT_EQ(download().status, 409);
  state = "granted";
  EXPECT_EQ(download().status, 200);
}

TEST_F(PictureDownload, ARefusedPictureDoesNotLeave) {
  for (const char* state : {"refused", "embed-only"}) {
    for (StoryPicture& picture : *store_.story_to_change(std::string(kVisit)).mutable_pictures())
      picture.mutable_rights()->set_state(state);
    const RawReply reply = download();
    EXPECT_EQ(reply.status, 409) << state;
    EXPECT_THAT(reply.body, Not(HasSubstr("signing")));
  }
}

TEST_F(PictureDownload, AStoryThatIsOlderThanTheDecisionAtItsPostServesNothing) {
  Rights older, newer;
  older.set_state("granted");
  older.mutable_at()->set_seconds(100);
  newer.mutable_at()->set_seconds(200);
  Media& media = *store_.newest(std::string(kAlbum)).mutable_media(0);
  ASSERT_EQ(media.sha256(), hash_);
  for (const char* state : {"refused", "embed-only"}) {
    newer.set_state(state);
    *media.mutable_rights() = newer;
    for (const bool known : {false, true}) {
      for (StoryPicture& picture : *store_.story_to_change(std::string(kVisit)).mutable_pictures()) {
        picture.clear_rights();
        if (known) *picture.mutable_rights() = older;
      }
      EXPECT_EQ(download().status, 409) << state << known;
      for (const char* format : {"html", "markdown", "ninjs"}) {
        const RawReply saved = get(at("/api/stories/", kVisit, str_cat("/draft?download=1&format=", format)));
        EXPECT_THAT(saved.body, Not(HasSubstr(str_cat("/media/", hash_)))) << state << known << format;
      }
    }
  }
}

TEST_F(PictureDownload, SavedDraftsShowItWithItsWords) {
  const RawReply html = get(at("/api/stories/", kVisit, "/draft?format=html&download=1"));
  EXPECT_THAT(html.body, HasSubstr(str_cat("/media/", hash_, ".jpg?story=story%2Fvisit\"")));
  const RawReply shown = get(at("/api/stories/", kVisit, "/draft?format=html"));
  EXPECT_THAT(shown.body, Not(HasSubstr("?story=")));
  written_picture_ = nullptr;
  start({});
  const RawReply as_it_came = get(at("/api/stories/", kVisit, "/draft?format=html&download=1"));
  EXPECT_THAT(as_it_came.body, HasSubstr(str_cat("/media/", hash_, ".jpg\"")));
}

}  // namespace
}  // namespace copytaster
