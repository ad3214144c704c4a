#include "processors/newsworthiness.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "core/processor.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "processors/copy_index.h"
#include "processors/steps.h"
#include "processors/story_index.h"

namespace copytaster {
namespace {

// Whether `title` holds `phrase` as whole words: "Head of Services" holds no "vice".
bool holds(std::string_view title, std::string_view phrase) {
  return str_cat(" ", title, " ").find(str_cat(" ", phrase, " ")) != std::string::npos;
}

double role_weight(const Official& official, const Role* role) {
  if (official.kind() == BODY) return 0.5;
  static constexpr std::string_view kHelpers[] = {"vice", "deputy", "assistant", "former"};
  static constexpr std::string_view kHeads[] = {
      "mayor",    "lord provost", "president", "minister", "premier", "chancellor", "prosecutor general",
      "governor", "speaker",      "king",      "queen"};
  std::string title = role == nullptr ? "" : ascii_lower(role->title());
  std::ranges::replace_if(
      title, [](char c) { return c == '-' || c == ','; }, ' ');
  const auto in_title = [&](std::string_view phrase) { return holds(title, phrase); };
  if (std::ranges::any_of(kHelpers, in_title)) return 0.6;
  return std::ranges::any_of(kHeads, in_title) ? 1.0 : 0.5;
}

NewsFacts::Person person_of(const Official& official, absl::Time when) {
  const Role* role = role_at(official, when);
  return {official.id(), official.name(), role_label(role), role == nullptr ? "" : role->country(),
          role_weight(official, role)};
}

std::string list(const std::set<std::string>& names) {
  std::string out;
  std::size_t count = 0;
  for (const std::string& name : names) {
    if (++count > 5) return str_cat(out, " and ", names.size() - 5, " more");
    str_append(&out, out.empty() ? "" : ", ", name);
  }
  return out;
}

std::string list(const std::set<NewsFacts::Person>& people) {
  std::set<std::string> names;
  for (const auto& person : people)
    names.insert(person.role.empty() ? person.name : str_cat(person.name, ", ", person.role));
  return list(names);
}

std::set<std::string> countries(const std::set<NewsFacts::Person>& people) {
  std::set<std::string> out;
  for (const auto& person : people) {
    if (!person.country.empty()) out.insert(person.country);
  }
  return out;
}

class Sum {
 public:
  void add(std::string_view name, double value, std::string reason) {
    const auto rounded = static_cast<float>(std::round(value * 100) / 100);
    if (rounded == 0) return;
    Part* part = result_.add_parts();
    part->set_name(std::string(name));
    part->set_value(rounded);
    part->set_reason(std::move(reason));
    result_.set_score(result_.score() + rounded);
  }
  // Each one after the first counts, up to `most` of them.
  void add_further(std::string_view name, std::size_t count, std::size_t most, double each,
                   std::string reason) {
    if (count > 1) add(name, each * static_cast<double>(std::min(count - 1, most)), std::move(reason));
  }
  Newsworthiness take() { return std::move(result_); }

 private:
  Newsworthiness result_;
};

void weigh_people(const NewsFacts& facts, Sum& sum) {
  double weight = 0;
  for (const auto& author : facts.authors) weight += author.weight;
  sum.add("people", std::min(3.0, weight), str_cat("posted by ", list(facts.authors)));
  double named = 0;
  for (const auto& person : facts.named) named += person.weight / 2;
  sum.add("named", std::min(1.0, named), str_cat("names ", list(facts.named)));
  sum.add_further(
      "corroboration", facts.authors.size(), 4, 1.0,
      str_cat(facts.authors.size(), " officials say so in their own words; copies and reshares not counted"));
}

void weigh_borders(const NewsFacts& facts, Sum& sum) {
  const std::set<std::string> own = countries(facts.authors);
  std::set<std::string> counterparts = countries(facts.named);
  for (const std::string& country : own) counterparts.erase(country);
  if (own.size() > 1) {
    sum.add("cross-border", 2, str_cat("officials of ", list(own)));
  } else if (!counterparts.empty()) {
    sum.add("cross-border", 1, str_cat("names officials of ", list(counterparts)));
  } else if (!facts.countries_abroad.empty()) {
    sum.add("cross-border", 0.5, str_cat("names places in ", list(facts.countries_abroad)));
  }
}

class NewsworthinessStep final : public Processor {
 public:
  const StepSpec& spec() const override {
    static constexpr StepSpec kSpec = {"newsworthiness", "Weighs the item, part by part", "newsworthiness",
                                       true};
    return kSpec;
  }
  absl::Status process(Item& item, const Context& context) const override {
    item.clear_newsworthiness();
    if (is_newsroom(item, *context.officials)) return absl::OkStatus();
    NewsFacts facts;
    if (!item.has_repost_of() && item.duplicate_of().item_id().empty()) {
      add_facts(item, *context.officials, facts);
      facts.pictures = static_cast<std::size_t>(std::ranges::count(item.media(), PICTURE, &Media::kind));
      if (context.stories != nullptr) facts.novelty = context.stories->novelty(item, *context.officials);
    }
    *item.mutable_newsworthiness() = weigh(facts);
    return absl::OkStatus();
  }
};

std::string_view in_part(const NewsFacts& facts) {
  return facts.in_part ? " in the posts that were looked at" : "";
}

}  // namespace

void add_facts(const Item& item, const Officials& officials, NewsFacts& facts) {
  const absl::Time when = absl::FromUnixSeconds(traits_of(item).seconds);
  const Official* author = officials.find(item.official_id());
  if (author == nullptr) author = officials.of_account(item.account_id());
  std::string home;
  std::string country;
  if (author != nullptr) {
    const NewsFacts::Person person = person_of(*author, when);
    const Role* role = role_at(*author, when);
    if (role != nullptr) home = fold_name(role->place());
    country = person.country;
    facts.named.erase(person);
    facts.authors.insert(person);
  }
  for (const Mention& mention : item.mentions()) {
    const Official* named = officials.find(mention.id());
    if (named == nullptr || named == author || named->kind() == NEWSROOM) continue;
    const NewsFacts::Person person = person_of(*named, when);
    if (!facts.authors.contains(person)) facts.named.insert(person);
  }
  for (const Mention& place : item.places()) {
    if (fold_name(place.name()) != home) facts.places.insert(place.name());
    if (!country.empty() && !place.country().empty() && place.country() != country) {
      facts.countries_abroad.insert(place.country());
    }
  }
  if (!item.language().empty()) facts.languages.insert(item.language());
  facts.platforms.insert(item.platform());
  facts.quotes += static_cast<std::size_t>(item.quotes_size());
  facts.reactions +=
      item.engagement().likes() + 2 * item.engagement().reposts() + item.engagement().replies();
  ++facts.posts;
}

Newsworthiness weigh(const NewsFacts& facts) {
  Sum sum;
  weigh_people(facts, sum);
  weigh_borders(facts, sum);
  sum.add_further("languages", facts.languages.size(), 3, 0.4, str_cat("told in ", list(facts.languages)));
  sum.add_further("platforms", facts.platforms.size(), 3, 0.2, str_cat("on ", list(facts.platforms)));
  sum.add_further("development", facts.posts, 5, 0.25,
                  str_cat(facts.posts, " posts, copies",
                          facts.beside > 0 ? str_cat(" and ", facts.beside, " that only quote one") : "",
                          " not counted"));
  sum.add("places", 0.25 * static_cast<double>(std::min<std::size_t>(facts.places.size(), 6)),
          str_cat("about ", list(facts.places)));
  sum.add("pictures", 0.4 * static_cast<double>(std::min<std::size_t>(facts.pictures, 3)),
          str_cat(facts.pictures, " different pictures"));
  sum.add("quotes", 0.3 * static_cast<double>(std::min<std::size_t>(facts.quotes, 4)),
          str_cat(facts.quotes, " quotable statements", in_part(facts)));
  sum.add("novelty", facts.novelty, "names that officials here rarely mention");
  if (facts.reactions > 0) {
    sum.add("reactions", std::min(1.5, 0.3 * std::log10(1 + static_cast<double>(facts.reactions))),
            str_cat(facts.reactions, " reactions of readers", in_part(facts)));
  }
  return sum.take();
}

std::unique_ptr<Processor> make_newsworthiness_step() { return std::make_unique<NewsworthinessStep>(); }

}  // namespace copytaster
