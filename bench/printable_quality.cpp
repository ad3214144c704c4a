#include "bench/printable_quality.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "core/officials.h"
#include "core/status.h"
#include "core/strings.h"
#include "processors/pipeline.h"

namespace copytaster {
namespace {

// Everybody the posts tell of, each once with all accounts.
Officials registry_of(const std::vector<PrintablePost>& posts) {
  std::map<std::string, Official> known;
  for (const PrintablePost& post : posts) {
    for (const Official& official : post.officials) {
      const auto [place, added] = known.try_emplace(official.id(), official);
      if (!added) place->second.mutable_accounts()->MergeFrom(official.accounts());
    }
  }
  std::vector<Official> all;
  all.reserve(known.size());
  for (auto& [id, official] : known) all.push_back(std::move(official));
  return Officials(std::move(all));
}

// A caption with or without its last full stop is the same caption.
std::string_view without_stop(std::string_view text) {
  while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.remove_suffix(1);
  return text;
}

bool any_is(const std::vector<std::string>& wanted, std::string_view got) {
  return std::ranges::any_of(wanted, [&](const std::string& one) { return one == got; });
}

bool is_as_wanted(const WantedCaption& wanted, const Media& media) {
  if (wanted.texts.empty() || media.captions().empty())
    return wanted.texts.empty() && media.captions().empty();
  const Caption& got = media.captions(0);
  return got.origin() == wanted.origin && std::ranges::any_of(wanted.texts, [&](const std::string& one) {
           return without_stop(one) == without_stop(got.text());
         });
}

std::string told(const Media& media) {
  if (media.captions().empty()) return "none";
  return str_cat(media.captions(0).origin(), " \"", media.captions(0).text(), "\"");
}

class Judge {
 public:
  explicit Judge(PrintableQuality* out) : out_(out) {}

  void take(const PrintablePost& post, const Item& item) {
    post_ = &post;
    const Related& related = item.has_repost_of() ? item.repost_of() : item.quote_of();
    captions(post.captions, item.media());
    captions(post.related_captions, related.media());
    credit(post.credit, item.attribution(), "words");
    credits(post.picture_credits, item.media(), "picture ");
    credits(post.related_credits, related.media(), "their picture ");
    for (const WantedStatement& one : post.statements) statement(one, item);
    for (const std::string& text : post.not_quotes) not_quote(text, item);
    unlabelled(item);
    if (!post.first_person.empty()) first_person(item);
  }

 private:
  using Pictures = google::protobuf::RepeatedPtrField<Media>;

  void count(const std::string& name, bool right, const std::string& wanted, const std::string& got) {
    PrintableQuality::Measure& measure = out_->measures[name];
    for (PrintableQuality::Count* one :
         {&measure.splits[post_->split], &measure.languages[post_->language],
          &measure.platforms[post_->item.platform()], &measure.kinds[post_->kind]}) {
      ++one->all;
      one->right += right ? 1 : 0;
    }
    if (right) return;
    out_->misses.push_back(str_cat(post_->name, " ", post_->split, " ", post_->kind, " ", name, ": wanted ",
                                   wanted, ", got ", got));
  }

  void captions(const std::vector<WantedCaption>& wanted, const Pictures& pictures) {
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (!wanted[i].judged) continue;
      const Media& media = pictures[static_cast<int>(i)];
      const std::string want =
          wanted[i].texts.empty() ? "none" : str_cat(wanted[i].origin, " \"", wanted[i].texts[0], "\"");
      count("captions", is_as_wanted(wanted[i], media), want, told(media));
    }
  }

  void credit(const WantedCredit& wanted, const Attribution& got, const std::string& of) {
    const bool passed_on = post_->item.has_repost_of() || post_->item.has_quote_of();
    const bool right = got.credit_line() == wanted.lines[0] ? got.name() == wanted.name
                                                            : any_is(wanted.lines, got.credit_line());
    const std::string want = str_cat(of, " \"", wanted.lines[0], "\""),
                      have = str_cat("\"", got.credit_line(), "\"");
    count(passed_on ? "reshares" : "credits", right, want, have);
    const bool photographed = wanted.lines[0].starts_with("Photo: ");
    if (photographed || got.credit_line().starts_with("Photo: ")) count("photographers", right, want, have);
  }
  void credits(const std::vector<WantedCredit>& wanted, const Pictures& pictures, const std::string& of) {
    for (std::size_t i = 0; i < wanted.size(); ++i)
      credit(wanted[i], pictures[static_cast<int>(i)].attribution(), str_cat(of, i + 1));
  }

  // Those that the text shows as somebody's words and that share bytes with `text`.
  static std::vector<const Quote*> over(std::string_view text, const Item& item, std::size_t* covered) {
    const std::size_t begin = item.text().find(text), end = begin + text.size();
    std::vector<const Quote*> out;
    *covered = 0;
    for (const Quote& quote : item.quotes()) {
      if (quote.basis() == "first-person" || quote.begin() >= end || quote.end() <= begin) continue;
      out.push_back(&quote);
      *covered += std::min<std::size_t>(quote.end(), end) - std::max<std::size_t>(quote.begin(), begin);
    }
    return out;
  }

  void statement(const WantedStatement& wanted, const Item& item) {
    std::size_t covered = 0;
    const std::vector<const Quote*> found = over(wanted.text, item, &covered);
    // Of nobody known it need not be shown; of somebody, if only by the office, it is to be found.
    bool right = wanted.speakers[0].empty() || 2 * covered >= wanted.text.size();
    std::string got = found.empty() ? "no quote" : "";
    for (const Quote* quote : found) {
      right = right && any_is(wanted.speakers, quote->speaker().name());
      str_append(&got, "\"", quote->speaker().name(), "\" ");
    }
    count("speakers", right, str_cat("\"", wanted.speakers[0], "\" of ", wanted.text), got);
  }

  void not_quote(const std::string& text, const Item& item) {
    std::size_t covered = 0;
    const bool right = over(text, item, &covered).empty();
    count("speakers", right, str_cat("no quote of ", text), "a quote");
  }

  // What is shown as somebody's words though nothing there is labelled.
  void unlabelled(const Item& item) {
    const auto touches = [&](const Quote& quote, const std::string& text) {
      const std::size_t begin = item.text().find(text);
      return quote.begin() < begin + text.size() && begin < quote.end();
    };
    for (const Quote& quote : item.quotes()) {
      if (quote.basis() == "first-person") continue;
      const bool known =
          std::ranges::any_of(post_->statements,
                              [&](const WantedStatement& one) { return touches(quote, one.text); }) ||
          std::ranges::any_of(post_->not_quotes,
                              [&](const std::string& text) { return touches(quote, text); });
      if (!known) count("speakers", false, "no quote", quote.text());
    }
  }

  void first_person(const Item& item) {
    std::string got = "nothing proposed";
    for (const Quote& quote : item.quotes()) {
      if (quote.basis() != "first-person") continue;
      got = quote.speaker().name();
      if (got != post_->first_person) break;
    }
    count("speakers", got == post_->first_person, str_cat("own words of ", post_->first_person), got);
  }

  const PrintablePost* post_ = nullptr;
  PrintableQuality* out_;
};

std::string percent(const PrintableQuality::Count& count) {
  char text[80];
  std::snprintf(text, sizeof text, "%.4f (%zu of %zu)", count.share(), count.right, count.all);
  return text;
}

}  // namespace

absl::StatusOr<PrintableQuality> measure_printable(const std::vector<PrintablePost>& posts) {
  const Officials officials = registry_of(posts);
  const Pipeline pipeline(officials, Rules::defaults());
  PrintableQuality out;
  Judge judge(&out);
  for (const PrintablePost& post : posts) {
    Item item = post.item;
    CT_RETURN_IF_ERROR(pipeline.prepare(item));
    judge.take(post, item);
  }
  return out;
}

std::vector<std::string> headlines(const PrintableQuality& quality) {
  std::vector<std::string> out;
  for (const auto& [name, measure] : quality.measures) {
    for (const auto& [split, count] : measure.splits)
      out.push_back(str_cat("printable, ", name, ", ", split, ": ", percent(count)));
  }
  return out;
}

std::string details(const PrintableQuality& quality, std::string_view split) {
  std::string out;
  for (const auto& [name, measure] : quality.measures) {
    for (const auto* counts : {&measure.languages, &measure.platforms, &measure.kinds}) {
      str_append(&out, "  ", name, ":");
      for (const auto& [key, count] : *counts) str_append(&out, " ", key, " ", count.right, "/", count.all);
      str_append(&out, "\n");
    }
  }
  for (const std::string& miss : quality.misses) {
    if (split.empty() || miss.find(str_cat(" ", split, " ")) != std::string::npos)
      str_append(&out, "    ", miss, "\n");
  }
  return out;
}

}  // namespace copytaster
