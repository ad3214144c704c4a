// All steps on a post of any text: processors/pipeline.h. The first line is the title, the rest the text.
#include <cmath>

#include "core/officials.h"
#include "core/strings.h"
#include "core/time.h"
#include "processors/pipeline.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

Official pipeline_official(std::string_view id, std::string_view name, std::string_view alias,
                           std::string_view place) {
  Official out;
  out.set_id(std::string(id));
  out.set_name(std::string(name));
  out.add_aliases(std::string(alias));
  Role* role = out.add_roles();
  role->set_title("Mayor");
  role->set_place(std::string(place));
  role->set_country("FR");
  Account* account = out.add_accounts();
  account->set_id(str_cat("facebook:", id));
  account->set_platform("facebook");
  account->set_handle(std::string(id));
  return out;
}

const Officials& pipeline_officials() {
  static const Officials kAll(
      {pipeline_official("odile-marchal", "Odile Marchal", "Оділь Маршаль", "Lyon"),
       pipeline_official("bohdan-kravets", "Bohdan Kravets", "Богдан Кравець", "Kyiv")});
  return kAll;
}

Item post_of(std::string_view id, const std::string& title, const std::string& text) {
  Item item;
  item.set_id(std::string(id));
  item.set_platform("facebook");
  item.set_native_id(std::string(id));
  item.set_account_id("facebook:odile-marchal");
  item.set_official_id("odile-marchal");
  item.set_url("https://www.facebook.com/posts/1");
  item.mutable_author()->set_name("Odile Marchal");
  item.set_title(title);
  item.set_text(text);
  item.set_declared_language(title.substr(0, utf8_floor(title, 12)));
  Media* media = item.add_media();
  media->set_url("https://cdn.example/1.jpg");
  media->set_alt_text(title);
  media->set_caption(text);
  media->set_credit(title);
  media->mutable_embedded()->set_caption(text.substr(0, utf8_floor(text, 300)));
  media->mutable_embedded()->set_credit(title);
  set_timestamp(item.mutable_created_at(), absl::FromUnixSeconds(1649923200));
  return item;
}

void check_mentions(const Item& item, const google::protobuf::RepeatedPtrField<Mention>& mentions,
                    std::string_view what) {
  for (const Mention& mention : mentions) {
    require(!mention.name().empty() && !mention.rule().empty(), "a mention has a name and a rule", what);
    // The author's account and a handle stand nowhere in the text: no span.
    if (mention.end() != 0) require_span(item.text(), mention.begin(), mention.end(), what);
  }
}

void check_quotes(const Item& item) {
  for (const Quote& quote : item.quotes()) {
    require_span(item.text(), quote.begin(), quote.end(), "a quote");
    require(item.text().substr(quote.begin(), quote.end() - quote.begin()) == quote.text(),
            "a quote is the bytes it points at", quote.text());
    require(std::isfinite(quote.score()), "a quote's score is a number");
  }
}

void check_dates(const Item& item) {
  std::uint32_t at = 0;
  for (const DateMention& day : item.dates()) {
    require_span(item.text(), day.begin(), day.end(), "a day");
    require(day.begin() >= at, "days stand in their order and apart");
    at = day.end();
    require(parse_date(day.first()) && parse_date(day.last()) && day.first() <= day.last(),
            "a day is one of the calendar", str_cat(day.first(), " to ", day.last()));
    require(day.time().empty() || day.time().size() == 5, "a time of day is HH:MM", day.time());
    require(day.rule() == "calendar" || day.rule() == "weekday" || day.rule() == "relative",
            "a day has a rule", day.rule());
  }
}

void check_captions(const Item& item) {
  for (const Media& media : item.media()) {
    for (const Caption& caption : media.captions()) {
      require(!caption.text().empty() && !caption.origin().empty(), "a caption has words and an origin");
      require(caption.confidence() >= 0 && caption.confidence() <= 1, "a confidence lies between 0 and 1");
      if (caption.origin() == "post-sentence")
        require_span(item.text(), caption.begin(), caption.end(), "a caption");
    }
  }
}

void check_scores(const Item& item) {
  float sum = 0;
  for (const Part& part : item.newsworthiness().parts()) sum += part.value();
  const float score = item.newsworthiness().score();
  require(std::isfinite(score) && std::abs(score - sum) <= 0.01F * (1 + std::abs(sum)),
          "a score is the sum of its parts", str_cat(score, " and ", sum));
  for (const SectionMatch& section : item.sections())
    require(section.confidence() >= 0 && section.confidence() <= 1,
            "a section's confidence lies between 0 and 1");
}

void check_item(const Item& item) {
  require(Item().ParseFromString(item.SerializeAsString()), "every field is valid UTF-8");
  check_mentions(item, item.mentions(), "a mention");
  check_mentions(item, item.places(), "a place");
  check_quotes(item);
  check_dates(item);
  check_captions(item);
}

void check_pipeline(Pipeline& pipeline, const Item& post) {
  Item first = post;
  require(pipeline.prepare(first).ok(), "any post can be prepared");
  check_item(first);
  Item twice = first;
  require(pipeline.prepare(twice).ok() && twice.SerializeAsString() == first.SerializeAsString(),
          "preparing twice is preparing once");
  require(first.text() == post.text() && first.title() == post.title(),
          "the steps leave the collector's half alone");
  require(pipeline.place(first).ok(), "any post can be placed");
  check_item(first);
  check_scores(first);
  require(!first.story_id().empty(), "a post has a story");
  require(first.duplicate_of().item_id() != first.id(), "a post is no copy of itself");
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(pipeline)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  std::string_view rest = as_text(data, size);
  const std::string title = to_valid_utf8(take_line(rest));
  const std::string text = to_valid_utf8(rest);
  Pipeline pipeline(pipeline_officials(), Rules::defaults());
  check_pipeline(pipeline, post_of("facebook:1", title, text));
  check_pipeline(pipeline,
                 post_of("facebook:2", title, text));  // the same again is a copy, or too short to say
  check_pipeline(pipeline, post_of("facebook:1", "", title));  // an edit
  return 0;
}
