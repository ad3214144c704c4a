// A draft and its exports, of posts whose words are any text: desk/draft.h. The first line goes into names,
// titles and captions, the rest behind the posts' texts.
#include "core/json.h"
#include "core/strings.h"
#include "desk/draft.h"
#include "google/protobuf/struct.pb.h"
#include "tests/desk/fake_store.h"
#include "tests/desk/visit.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

// Spans that were found in the texts stay right: what is new stands behind.
void rewrite(Item& item, const std::string& words, const std::string& text) {
  item.set_text(str_cat(item.text(), "\n\n", text));
  item.set_title(str_cat(item.title(), words));
  item.mutable_author()->set_name(words);
  item.mutable_attribution()->set_name(words);
  item.mutable_attribution()->set_credit_line(words);
  item.set_url(str_cat("https://x.example/", words));
  for (Media& media : *item.mutable_media()) {
    media.set_caption(words);
    media.set_alt_text(text);
    media.mutable_attribution()->set_credit_line(words);
  }
}

void fill(FakeStore& store, const std::string& words, const std::string& text) {
  put_visit(store);
  for (const std::string_view id : {kArrival, kAlbum, kEvening, kArrivalCopy, kHost, kReshare, kArticle})
    rewrite(store.newest(std::string(id)), words, text);
  Story& story = store.story_to_change(std::string(kVisit));
  story.set_title(words);
  story.mutable_officials(1)->set_name(words);
  story.mutable_officials(1)->set_role(text);
  story.mutable_places(0)->set_name(words);
  story.mutable_sections(0)->set_name(words);
  story.mutable_background(0)->set_title(words);
  for (StoryPicture& picture : *story.mutable_pictures()) {
    picture.mutable_caption()->set_text(words);
    picture.set_alt_text(text);
    picture.mutable_attribution()->set_credit_line(words);
  }
}

// Every "<" begins one of the elements that exports are made of.
void check_tags(std::string_view html) {
  static constexpr std::string_view kNames[] = {
      "!doctype",   "html",   "head",   "meta",    "title", "link", "script", "body",       "main",
      "article",    "header", "footer", "section", "aside", "h1",   "h2",     "h3",         "p",
      "span",       "a",      "sup",    "ol",      "ul",    "li",   "figure", "figcaption", "img",
      "blockquote", "cite",   "br",     "strong",  "em",    "hr",   "div",    "small",      "b",
      "i",          "dl",     "dt",     "dd",      "time",  "style"};
  for (std::size_t at = 0; (at = html.find('<', at)) != std::string_view::npos;) {
    std::string_view tag = html.substr(at + 1);
    consume_prefix(&tag, "/");
    tag = tag.substr(0, tag.find_first_of(" >\n"));
    bool known = false;
    for (const std::string_view name : kNames) known = known || equals_ignore_case(tag, name);
    require(known, "an export holds our own elements only", tag);
    at += 1;
  }
}

void check_exports(const Draft& draft, const FakeStore& store) {
  const auto markdown = export_markdown(draft, store);
  require(markdown.ok(), "a draft exports to Markdown", markdown.status().ToString());
  require_utf8(*markdown, "Markdown");
  const auto html = export_html(draft, store);
  require(html.ok(), "a draft exports to HTML", html.status().ToString());
  require_utf8(*html, "HTML");
  check_tags(*html);
  const auto ninjs = export_ninjs(draft, store);
  require(ninjs.ok(), "a draft exports to ninjs", ninjs.status().ToString());
  google::protobuf::Struct read;
  const absl::Status status = from_json(*ninjs, &read);
  require(status.ok(), "ninjs is JSON", status.ToString());
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(draft)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  std::string_view rest = as_text(data, size);
  const std::string words = to_valid_utf8(take_line(rest));
  FakeStore store;
  fill(store, words, to_valid_utf8(rest));
  const auto draft = make_draft(*store.story(kVisit), store);
  require(draft.ok(), "any story gives a draft", draft.status().ToString());
  require(make_draft(*store.story(kVisit), store)->SerializeAsString() == draft->SerializeAsString(),
          "the same story gives the same draft");
  const absl::Status checked = check_draft(*draft, store);
  require(checked.ok(), "a draft is its own proof", checked.ToString());
  check_exports(*draft, store);
  return 0;
}
