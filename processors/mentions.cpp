// Who is named: officials by every name of theirs, other people by pattern, bodies by name.
#include <algorithm>
#include <string>
#include <vector>

#include "core/strings.h"
#include "core/time.h"
#include "processors/mentions_bodies.h"
#include "processors/mentions_index.h"
#include "processors/mentions_people.h"
#include "processors/rules_tables.h"
#include "processors/steps.h"

namespace copytaster {
namespace {

constexpr StepSpec kSpec = {
    .name = "mentions",
    .summary = "Finds the people and bodies named, each with its id, its role on the day and its offsets",
    .writes = "mentions",
};
constexpr int kMostMentions = 100;

// Whether names take case endings in this language.
bool declines_latin(std::string_view language) {
  static constexpr std::string_view kLanguages[] = {"pl", "cs", "sk", "sl", "hr", "bs", "sr", "lt", "lv"};
  return std::find(std::begin(kLanguages), std::end(kLanguages), language) != std::end(kLanguages);
}
bool has_genitive_s(std::string_view language) {
  static constexpr std::string_view kLanguages[] = {"de", "nl", "sv", "nb", "nn", "da", "lb"};
  return std::find(std::begin(kLanguages), std::end(kLanguages), language) != std::end(kLanguages);
}

class Search {
 public:
  Search(Item* item, const Context& context, const OfficialNames& names)
      : item_(item), context_(context), names_(names), when_(to_time(item->created_at())) {}

  void run() {
    item_->clear_mentions();
    by_facets();
    const WordScan& scan = scan_words(item_->text());
    taken_.assign(scan.words.size(), 0);
    officials_in(scan, Where::kText);
    bodies_in(scan);
    people_in(scan);
    surnames_in(scan);
    sort();
    officials_in(scan_words(item_->title()), Where::kTitle);
    for (const Media& media : item_->media()) {
      if (!media.caption().empty()) officials_in(scan_words(media.caption()), Where::kCaption);
    }
  }

 private:
  enum class Where { kText, kTitle, kCaption };

  [[nodiscard]] bool full() const { return item_->mentions_size() >= kMostMentions; }

  Mention* add(std::string_view name, std::string_view kind, std::string_view id, std::string_view rule) {
    Mention* out = item_->add_mentions();
    out->set_name(std::string(name));
    out->set_kind(std::string(kind));
    out->set_id(std::string(id));
    out->set_rule(std::string(rule));
    return out;
  }

  Mention* add_official(const Official& official, std::string_view rule) {
    const bool person = official.kind() == PERSON;
    Mention* out = add(official.name(), person ? "official" : "organisation", official.id(), rule);
    const Role* role = role_at(official, when_);
    if (person) out->set_role(role_label(role));
    if (role != nullptr) out->set_country(role->country());
    return out;
  }

  static void place(Mention* mention, const WordScan& scan, WordRange words) {
    mention->set_begin(scan.words[words.begin].begin);
    mention->set_end(scan.words[words.end - 1].end);
  }

  void by_facets() {
    for (const Facet& facet : item_->facets()) {
      if (facet.kind() == Facet::HASHTAG || facet.end() > item_->text().size() ||
          facet.begin() >= facet.end() || full()) {
        continue;
      }
      const Official* official = context_.officials->of_url(facet.target());
      if (official == nullptr && facet.kind() == Facet::MENTION) {
        official = context_.officials->of_handle(item_->platform(), facet.target());
      }
      if (official == nullptr || official->kind() == NEWSROOM) continue;
      Mention* out = add_official(*official, facet.kind() == Facet::MENTION ? "handle" : "profile-link");
      out->set_begin(facet.begin());
      out->set_end(facet.end());
    }
  }

  [[nodiscard]] bool in_facet(const Word& word) const {
    for (const Mention& mention : item_->mentions()) {
      if (word.begin < mention.end() && mention.begin() < word.end) return true;
    }
    return false;
  }

  [[nodiscard]] bool fits(std::uint32_t kind) const {
    if (kind == OfficialNames::kLatinCase) return declines_latin(item_->language());
    if (kind == OfficialNames::kGenitive) return has_genitive_s(item_->language());
    return kind == OfficialNames::kExact;
  }

  // The longest name of an official at word `i` that this language allows; words == 0: none.
  PhraseMatch official_at(const WordScan& scan, std::size_t i) {
    found_.clear();
    names_.names.match_at(scan, i, &found_);
    PhraseMatch best;
    for (const PhraseMatch& match : found_) {
      if (match.words <= best.words || !fits(match.value & 3)) continue;
      const bool handle = scan.words[i].at;
      if (match.words == 1 && !handle && goes_on(scan, i)) continue;
      best = match;
    }
    return best;
  }

  // One word that is part of another's name: "Marta Klitschko", "Klitschko-Straße".
  static bool goes_on(const WordScan& scan, std::size_t i) {
    const bool before = i > 0 && is_given_name(scan, i - 1) && scan.words[i].gap == Gap::kSpace;
    const bool after =
        i + 1 < scan.words.size() && scan.words[i + 1].gap == Gap::kHyphen && scan.words[i + 1].capital;
    return before || after;
  }

  void officials_in(const WordScan& scan, Where where) {
    for (std::size_t i = 0; i < scan.words.size() && !full();) {
      const Word& word = scan.words[i];
      const PhraseMatch match = word.capital || word.at || word.hash ? official_at(scan, i) : PhraseMatch{};
      if (match.words == 0) {
        ++i;
        continue;
      }
      const Official& official = context_.officials->all()[match.value / 4];
      if (where == Where::kText) {
        if (!in_facet(word)) place(add_official(official, "name"), scan, {i, i + match.words});
        std::fill_n(taken_.begin() + static_cast<std::ptrdiff_t>(i), match.words, 1);
      } else if (!mentioned(official.id())) {
        add_official(official, where == Where::kTitle ? "name in title" : "name in caption");
      }
      i += match.words;
    }
  }

  [[nodiscard]] bool mentioned(std::string_view id) const {
    return std::any_of(item_->mentions().begin(), item_->mentions().end(),
                       [&](const Mention& mention) { return mention.id() == id; });
  }

  void bodies_in(const WordScan& scan) {
    for (std::size_t i = 0; i < scan.words.size() && !full(); ++i) {
      if (!scan.words[i].capital || taken_[i] != 0) continue;
      const PhraseMatch match = body_table().longest_at(scan, i);
      if (match.words == 0) continue;
      // "Nato" is also Italian for "born": an abbreviation is all capitals.
      if (match.words == 1 && scan.folded_word(i).size() <= 4 && !scan.words[i].all_upper) continue;
      const Body& body = known_bodies()[match.value];
      place(add(body.name, "organisation", body.id, "name"), scan, {i, i + match.words});
      std::fill_n(taken_.begin() + static_cast<std::ptrdiff_t>(i), match.words, 1);
      i += match.words - 1;
    }
  }

  void people_in(const WordScan& scan) {
    static thread_local std::vector<FoundPerson> people;
    find_people(scan, language_bit(item_->language()), context_.rules->tables().places, taken_, &people);
    for (const FoundPerson& person : people) {
      if (full()) return;
      if (in_facet(scan.words[person.name.begin])) continue;
      const std::string_view text = item_->text();
      Mention* out = add(text_of(text, scan, person.name), "person", "", person.rule);
      place(out, scan, person.name);
      if (!person.role.empty()) out->set_role(std::string(text_of(text, scan, person.role)));
      std::fill(taken_.begin() + static_cast<std::ptrdiff_t>(person.name.begin),
                taken_.begin() + static_cast<std::ptrdiff_t>(person.name.end), 1);
    }
  }

  // Who was named in full may be named by the surname afterwards.
  void surnames_in(const WordScan& scan) {
    const int whole = item_->mentions_size();
    for (std::size_t i = 0; i < scan.words.size() && !full(); ++i) {
      if (!scan.words[i].capital || taken_[i] != 0) continue;
      official_by_surname(scan, i, whole);
      if (taken_[i] == 0) person_by_surname(scan, i, whole);
    }
  }

  void official_by_surname(const WordScan& scan, std::size_t i, int whole) {
    found_.clear();
    names_.names.match_at(scan, i, &found_);
    for (const PhraseMatch& match : found_) {
      if ((match.value & 3) != OfficialNames::kSurname || goes_on(scan, i)) continue;
      const Official& official = context_.officials->all()[match.value / 4];
      for (int m = 0; m < whole; ++m) {
        if (item_->mentions(m).id() != official.id()) continue;
        place(add_official(official, "surname"), scan, {i, i + match.words});
        std::fill_n(taken_.begin() + static_cast<std::ptrdiff_t>(i), match.words, 1);
        return;
      }
    }
  }

  void person_by_surname(const WordScan& scan, std::size_t i, int whole) {
    const std::string_view surname = scan.folded_word(i);
    if (surname.size() < 3) return;
    for (int m = 0; m < whole; ++m) {
      const Mention& person = item_->mentions(m);
      if (person.kind() != "person" || person.end() > scan.words[i].begin) continue;
      const std::size_t first = scan.first_word_from(person.begin());
      const std::size_t last = scan.first_word_from(person.end());
      if (last < first + 2 || scan.folded_word(last - 1) != surname || goes_on(scan, i)) continue;
      const std::string name = person.name(), role = person.role();
      Mention* out = add(name, "person", "", "surname");
      out->set_role(role);
      place(out, scan, {i, i + 1});
      taken_[i] = 1;
      return;
    }
  }

  void sort() {
    std::stable_sort(item_->mutable_mentions()->begin(), item_->mutable_mentions()->end(),
                     [](const Mention& a, const Mention& b) { return a.begin() < b.begin(); });
  }

  Item* item_;
  const Context& context_;
  const OfficialNames& names_;
  const absl::Time when_;
  std::vector<char> taken_;  // a word of the text that belongs to a name
  std::vector<PhraseMatch> found_;
};

class MentionsStep final : public Processor {
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

std::unique_ptr<Processor> make_mentions_step() { return std::make_unique<MentionsStep>(); }

}  // namespace copytaster
