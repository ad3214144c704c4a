// Which places are named, from the gazetteer, the captions, and the place the official speaks for.
#include <algorithm>
#include <string>
#include <vector>

#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "processors/mentions_index.h"
#include "processors/name_shape.h"
#include "processors/rules_tables.h"
#include "processors/steps.h"

namespace copytaster {
namespace {

constexpr StepSpec kSpec = {
    .name = "places",
    .summary =
        "Finds the places named, by their English name and GeoNames id, and the place the official speaks "
        "for",
    .writes = "places",
};
constexpr int kMostPlaces = 100;

const PhraseTable& place_prepositions() {
  static const PhraseTable kTable = make_phrase_table(
      {{1,
        {{"en", "in|to|from|of|at|near|visit|visited|visits|outside|around|towards|between"},
         {"fr", "à|de|d|en|vers|depuis|pour|entre|près de"},
         {"uk", "у|в|до|з|із|від|біля|з-під|через|між|місто|міста|місті"},
         {"de", "in|aus|nach|bei|von|für|um|zwischen|stadt"},
         {"es", "en|a|de|desde|hacia|hasta|entre|ciudad de"},
         {"it", "a|ad|di|da|in|per|verso|tra|fra"},
         {"pl", "w|we|do|z|ze|od|koło|miasto|miasta|mieście|między"},
         {"pt", "em|a|de|do|no|ao|para|desde|entre"},
         {"nl", "in|uit|naar|van|bij|te|rond|tussen|stad"},
         {"el", "σε|στη|στην|στο|στον|από|για|προς|της|του|πόλη"}}}});
  return kTable;
}

class Search {
 public:
  Search(Item* item, const Context& context, const OfficialNames& names)
      : item_(item), context_(context), names_(names), languages_(language_bit(item->language())) {
    const Official* official = context.officials->find(item->official_id());
    if (official == nullptr) official = context.officials->of_account(item->account_id());
    if (official != nullptr) role_ = role_at(*official, to_time(item->created_at()));
  }

  void run() {
    item_->clear_places();
    in(item_->text(), "");
    in(item_->title(), " in title");
    for (const Media& media : item_->media()) in(media.caption(), " in caption");
    believe_doubtful();
    std::stable_sort(item_->mutable_places()->begin(), item_->mutable_places()->end(),
                     [](const Mention& a, const Mention& b) { return a.begin() < b.begin(); });
    by_role();
  }

 private:
  struct Found {
    std::string_view name, id, country, rule;
  };
  struct Doubtful {
    Found found;
    Span span;
    std::string_view where;
  };

  [[nodiscard]] bool full() const { return item_->places_size() >= kMostPlaces; }

  void in(const std::string& text, std::string_view where) {
    if (text.empty()) return;
    const WordScan& scan = scan_words(text);
    std::size_t person = 0;
    for (std::size_t i = 0; i < scan.words.size() && !full();) {
      const PhraseMatch match = context_.rules->tables().places.longest_at(scan, i);
      const std::size_t words = std::max<std::size_t>(match.words, 1);
      if (match.words > 0 && has_capital(scan, i, match.words) &&
          !(where.empty() && is_person(scan.words[i], &person))) {
        const Place& place = context_.rules->places[match.value / 2];
        take(scan, {i, i + match.words}, {place.name, place.id, place.country, "gazetteer"},
             (match.value & 1) != 0, where);
      } else if (match.words == 0 && scan.words[i].capital &&
                 !(where.empty() && is_person(scan.words[i], &person))) {
        i = by_registry(scan, i, where);
        continue;
      }
      i += words;
    }
  }

  // Places of officials that the gazetteer lacks: every one is taken for a homonym.
  std::size_t by_registry(const WordScan& scan, std::size_t i, std::string_view where) {
    const PhraseMatch match = names_.role_places.longest_at(scan, i);
    if (match.words == 0) return i + 1;
    const Role& role =
        context_.officials->all()[match.value / 256].roles(static_cast<int>(match.value % 256));
    take(scan, {i, i + match.words}, {role.place(), "", role.country(), "registry"}, true, where);
    return i + match.words;
  }

  static bool has_capital(const WordScan& scan, std::size_t i, std::size_t words) {
    if (scan.words[i].capital || scan.words[i].script == Script::kCjk) return true;
    return words > 1 && scan.words[i + words - 1].capital;  // "du Mans"
  }

  // Whether the word belongs to a person's name. Mentions are sorted: `*next` only moves on.
  bool is_person(const Word& word, std::size_t* next) const {
    const auto& mentions = item_->mentions();
    const auto count = static_cast<std::size_t>(mentions.size());
    while (*next < count && mentions[static_cast<int>(*next)].end() <= word.begin) ++*next;
    for (std::size_t m = *next; m < count; ++m) {
      const Mention& mention = mentions[static_cast<int>(m)];
      if (mention.begin() > word.begin) return false;
      if (mention.end() > word.begin && (mention.kind() == "person" || mention.kind() == "official"))
        return true;
    }
    return false;
  }

  void take(const WordScan& scan, WordRange words, Found found, bool doubtful, std::string_view where) {
    const Word& first = scan.words[words.begin];
    if (words.begin > 0 && first.gap <= Gap::kHyphen) {
      const Word& before = scan.words[words.begin - 1];
      const bool name = before.capital && is_given_name(scan, words.begin - 1);  // "Jack London"
      const bool part = first.gap == Gap::kHyphen && before.capital && !is_place(scan, words.begin - 1);
      if (name || part) return;
    }
    if (doubtful && !has_witness(scan, words, found)) {
      doubtful_.push_back({found, {first.begin, scan.words[words.end - 1].end}, where});
      return;
    }
    add(found, {first.begin, scan.words[words.end - 1].end}, where);
  }

  [[nodiscard]] bool is_place(const WordScan& scan, std::size_t i) const {
    return context_.rules->tables().places.longest_at(scan, i).words > 0;
  }

  bool has_witness(const WordScan& scan, WordRange words, const Found& found) const {
    if (role_ != nullptr && role_->place() == found.name) return true;
    // "Sofia Rossi", "Florence Nightingale", but "Cork City Council".
    if (words.end < scan.words.size()) {
      const Word& next = scan.words[words.end];
      if (next.capital && next.gap == Gap::kSpace && !is_thing_word(scan, words.end) &&
          !is_never_name(scan, words.end)) {
        return false;
      }
    }
    if (words.begin == 0 || scan.words[words.begin].gap > Gap::kApostrophe) return false;
    return list_match(place_prepositions(), scan, words.begin - 1, languages_).words == 1;
  }

  // A homonym stands for the place when another place of its country is named beside it.
  void believe_doubtful() {
    for (const Doubtful& one : doubtful_) {
      const bool beside = std::any_of(item_->places().begin(), item_->places().end(),
                                      [&](const Mention& place) { return place.name() == one.found.name; });
      if (beside) add(one.found, one.span, one.where);
    }
  }

  void add(const Found& found, Span span, std::string_view where) {
    if (full()) return;
    if (!where.empty() && named(found.name)) return;
    Mention* out = item_->add_places();
    out->set_name(std::string(found.name));
    out->set_kind("place");
    out->set_id(std::string(found.id));
    out->set_country(std::string(found.country));
    out->set_rule(str_cat(found.rule, where));
    if (!where.empty()) return;
    out->set_begin(static_cast<std::uint32_t>(span.begin));
    out->set_end(static_cast<std::uint32_t>(span.end));
  }

  [[nodiscard]] bool named(std::string_view name) const {
    return std::any_of(item_->places().begin(), item_->places().end(),
                       [&](const Mention& place) { return place.name() == name; });
  }

  // Weak: the post need not be about it.
  void by_role() {
    if (role_ == nullptr || role_->place().empty() || full()) return;
    const std::string folded = fold_phrase(role_->place());
    const WordScan& scan = scan_words(role_->place());
    const PhraseMatch match = context_.rules->tables().places.longest_at(scan, 0);
    Found found = {role_->place(), "", role_->country(), "role"};
    if (match.words > 0 && match.words == scan.words.size()) {
      const Place& place = context_.rules->places[match.value / 2];
      if (place.country == role_->country() || role_->country().empty())
        found = {place.name, place.id, place.country, "role"};
    }
    if (named(found.name)) return;
    Mention* out = item_->add_places();
    out->set_name(std::string(found.name));
    out->set_kind("place");
    out->set_id(std::string(found.id));
    out->set_country(std::string(found.country));
    out->set_rule("role");
  }

  Item* item_;
  const Context& context_;
  const OfficialNames& names_;
  const LanguageSet languages_;
  const Role* role_ = nullptr;  // of the official whose post it is
  std::vector<Doubtful> doubtful_;
};

class PlacesStep final : public Processor {
 public:
  [[nodiscard]] const StepSpec& spec() const override { return kSpec; }

  absl::Status process(Item& item, const Context& context) const override {
    Search(&item, context, names_.of(*context.officials)).run();
    return absl::OkStatus();
  }

 private:
  OfficialNamesOf names_;
};

}  // namespace

std::unique_ptr<Processor> make_places_step() { return std::make_unique<PlacesStep>(); }

}  // namespace copytaster
