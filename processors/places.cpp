// Which places are named, from the gazetteer, the captions, and the place the official speaks for.
#include <algorithm>
#include <string>
#include <vector>

#include "core/item.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "processors/gazetteer.h"
#include "processors/mentions_fields.h"
#include "processors/name_bearers.h"
#include "processors/places_towns.h"
#include "processors/rules_tables.h"
#include "processors/steps.h"

namespace copytaster {
namespace {

constexpr StepSpec kSpec = {
    .name = "places",
    .summary =
        "Finds the places named, by their English name, with the GeoNames id where it is known, and the "
        "place the "
        "official speaks for",
    .writes = "places",
};
constexpr int kMostPlaces = 100;
constexpr std::size_t kLongestJoint = 12;  // bytes of ", " or " oraz "
constexpr std::size_t kLongestSmall = 4;   // words: "'s-Hertogenbosch", "la Ville du Bois"

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
      : item_(item),
        context_(context),
        names_(names),
        languages_(language_bit(item->language())),
        latin_case_(declines_latin(item->language())) {
    const Official* official = official_of(*item, *context.officials);
    if (official != nullptr) role_ = role_at(*official, item_time(*item));
  }

  void run() {
    item_->clear_places();
    each_field(*item_, [&](const WordScan& scan, NamedIn where) { in(scan, where); });
    believe_doubtful();
    leave_surnames_out();
    std::stable_sort(item_->mutable_places()->begin(), item_->mutable_places()->end(),
                     [](const Mention& a, const Mention& b) { return a.begin() < b.begin(); });
    by_role();
  }

 private:
  struct Doubtful {
    NamedThing place;
    Span span;
    NamedIn where;
  };

  [[nodiscard]] bool full() const { return item_->places_size() >= kMostPlaces; }

  void in(const WordScan& scan, NamedIn where) {
    std::size_t person = 0;
    for (std::size_t i = 0; i < scan.words.size() && !full();) {
      if (!may_begin(scan, i)) {
        ++i;
        continue;
      }
      const PhraseMatch match = context_.rules->tables().places.longest_at(scan, i);
      if (const std::size_t end = by_gazetteer(scan, i, match.words, where, &person); end > i) {
        i = end;
        continue;
      }
      const std::size_t words = std::max<std::size_t>(match.words, 1);
      const bool named = match.words > 0 && has_capital(scan, i, match.words);
      if (!(named || (match.words == 0 && scan.words[i].capital)) ||
          (where == NamedIn::kText && is_person(scan.words[i], &person))) {
        i += words;
      } else if (named) {
        const Place& place = context_.rules->places[match.value / 2];
        take(scan, {i, i + match.words}, thing(place, "gazetteer"), (match.value & 1) != 0, where);
        i += words;
      } else {
        i = by_registry(scan, i, where);
      }
    }
  }

  // Where a name of the big gazetteer longer than `known` words ends; `i` where there is none.
  std::size_t by_gazetteer(const WordScan& scan, std::size_t i, std::size_t known, NamedIn where,
                           std::size_t* person) {
    const Gazetteer& gazetteer = context_.rules->gazetteer();
    if (gazetteer.size() == 0 || !scan.words[i].capital) return i;
    const GazetteerMatch match = gazetteer.longest_at(scan, i, latin_case_);
    if (match.words <= known) return i;
    const WordRange words{i, i + match.words};
    const GazetteerPlace& found = which_of(match, gazetteer);
    if (where == NamedIn::kText && is_person(scan.words[i], person)) return i;
    const bool own = role_ != nullptr && role_->place() == found.name;
    if (!own && !may_be_town(scan, words, languages_)) return i;
    const NamedThing place =
        found.curated >= 0
            ? thing(context_.rules->places[static_cast<std::size_t>(found.curated)], "gazetteer")
            : NamedThing{found.name, "place", found.id, found.country, "gazetteer"};
    if (is_part_of_name(scan, words) || is_only_called_after(scan, words, languages_, own)) return words.end;
    if (!own && found.curated < 0 && looks_like_surname(scan, words, languages_))
      surnames_.push_back(found.id);
    const TownAbout about{found, role_ == nullptr ? std::string_view() : std::string_view(role_->country())};
    const bool sure = has_witness(scan, words, place)
                          ? own || preposition_is_enough(scan, words, about)
                          : speaks_for_itself(scan, words, about, item_->language());
    if (sure) {
      add(place, bytes_of(scan, words), where);
    } else {
      doubtful_.push_back({place, bytes_of(scan, words), where});
    }
    return words.end;
  }

  // Of towns of one name the largest, or the one in the official's own country if it is not much smaller.
  [[nodiscard]] const GazetteerPlace& which_of(const GazetteerMatch& match,
                                               const Gazetteer& gazetteer) const {
    const GazetteerPlace& largest = gazetteer.place(match.places.front());
    if (role_ == nullptr) return largest;
    for (const std::uint32_t index : match.places) {
      const GazetteerPlace& one = gazetteer.place(index);
      if (one.country != role_->country()) continue;
      if (role_->place() == one.name || std::uint64_t{one.population} * 10 >= largest.population) return one;
    }
    return largest;
  }

  // A capital, here or within the words of the longest names that begin with a small one ("du Mans").
  static bool may_begin(const WordScan& scan, std::size_t i) {
    for (std::size_t k = i; k < std::min(i + kLongestSmall, scan.words.size()); ++k) {
      if (scan.words[k].capital || scan.words[k].script == Script::kCjk) return true;
    }
    return false;
  }

  static NamedThing thing(const Place& place, std::string_view rule) {
    return {place.name, "place", place.id, place.country, rule};
  }
  static NamedThing thing(const Role& role, std::string_view rule) {
    return {role.place(), "place", "", role.country(), rule};
  }

  // Places of officials that the gazetteer lacks: every one is taken for a homonym.
  std::size_t by_registry(const WordScan& scan, std::size_t i, NamedIn where) {
    const PhraseMatch match = names_.role_places.longest_at(scan, i);
    if (match.words == 0) return i + 1;
    const Role& role =
        context_.officials->all()[match.value / 256].roles(static_cast<int>(match.value % 256));
    take(scan, {i, i + match.words}, thing(role, "registry"), true, where);
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

  void take(const WordScan& scan, WordRange words, const NamedThing& place, bool doubtful, NamedIn where) {
    const bool own = role_ != nullptr && role_->place() == place.name;
    if (is_part_of_name(scan, words) || is_only_called_after(scan, words, languages_, own)) return;
    if (doubtful && !has_witness(scan, words, place)) {
      doubtful_.push_back({place, bytes_of(scan, words), where});
    } else {
      add(place, bytes_of(scan, words), where);
    }
  }

  [[nodiscard]] bool is_part_of_name(const WordScan& scan, WordRange words) const {
    const Word& first = scan.words[words.begin];
    if (words.begin == 0 || first.gap > Gap::kHyphen) return false;
    const Word& before = scan.words[words.begin - 1];
    if (!before.capital) return false;
    if (is_given_name(scan, words.begin - 1)) return true;  // "Jack London"
    return first.gap == Gap::kHyphen && !is_place(scan, words.begin - 1);
  }

  [[nodiscard]] bool is_place(const WordScan& scan, std::size_t i) const {
    return context_.rules->tables().places.longest_at(scan, i).words > 0;
  }

  bool has_witness(const WordScan& scan, WordRange words, const NamedThing& place) const {
    if (role_ != nullptr && role_->place() == place.name) return true;
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

  // A homonym stands for the place when the place itself is named too, or one of its country beside it.
  void believe_doubtful() {
    for (const Doubtful& one : doubtful_) {
      const bool beside =
          one.where == NamedIn::kText &&
          std::any_of(item_->places().begin(), item_->places().end(), [&](const Mention& place) {
            return place.country() == one.place.country && stand_in_list(one.span, place);
          });
      if (beside || is_named(one.place.name)) add(one.place, one.span, one.where);
    }
  }

  // "Jeb Bush", and Bush elsewhere: a town of that name is not meant.
  void leave_surnames_out() {
    if (surnames_.empty()) return;
    auto* places = item_->mutable_places();
    places->erase(std::remove_if(places->begin(), places->end(),
                                 [&](const Mention& place) {
                                   return std::find(surnames_.begin(), surnames_.end(), place.id()) !=
                                          surnames_.end();
                                 }),
                  places->end());
  }

  // "Nantes, Tours et Dijon": nothing between them but a comma or a short word.
  [[nodiscard]] bool stand_in_list(Span span, const Mention& place) const {
    const std::size_t begin = std::min<std::size_t>(span.end, place.end());
    const std::size_t end = std::max<std::size_t>(span.begin, place.begin());
    if (place.begin() == place.end() || begin >= end || end - begin > kLongestJoint) return false;
    const std::string_view between = strip_space(std::string_view(item_->text()).substr(begin, end - begin));
    return between == "," || is_and(between);
  }

  void add(const NamedThing& place, Span span, NamedIn where) {
    if (full() || (where != NamedIn::kText && is_named(place.name))) return;
    write_named(item_->add_places(), place, where, span);
  }

  [[nodiscard]] bool is_named(std::string_view name) const {
    return std::any_of(item_->places().begin(), item_->places().end(),
                       [&](const Mention& place) { return place.name() == name; });
  }

  // Weak: the post need not be about it.
  void by_role() {
    if (role_ == nullptr || role_->place().empty() || full()) return;
    const WordScan& scan = scan_words(role_->place());
    const PhraseMatch match = context_.rules->tables().places.longest_at(scan, 0);
    NamedThing found = thing(*role_, "role");
    if (match.words > 0 && match.words == scan.words.size()) {
      const Place& place = context_.rules->places[match.value / 2];
      if (place.country == role_->country() || role_->country().empty()) found = thing(place, "role");
    }
    if (!is_named(found.name)) write_named(item_->add_places(), found);
  }

  Item* item_;
  const Context& context_;
  const OfficialNames& names_;
  const LanguageSet languages_;
  const bool latin_case_;
  const Role* role_ = nullptr;  // of the official whose post it is
  std::vector<Doubtful> doubtful_;
  std::vector<std::string_view> surnames_;  // ids of towns that are people's names here
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
