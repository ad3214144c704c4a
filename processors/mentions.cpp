// Who is named: officials by every name of theirs, other people by pattern, bodies by name.
#include <algorithm>
#include <string>
#include <vector>

#include "core/item.h"
#include "core/strings.h"
#include "core/time.h"
#include "processors/mentions_bodies.h"
#include "processors/mentions_cases.h"
#include "processors/mentions_fields.h"
#include "processors/mentions_people.h"
#include "processors/name_bearers.h"
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

bool has_genitive_s(std::string_view language) {
  static constexpr std::string_view kLanguages[] = {"de", "nl", "sv", "nb", "nn", "da", "lb"};
  return std::find(std::begin(kLanguages), std::end(kLanguages), language) != std::end(kLanguages);
}

class Search {
 public:
  Search(Item* item, const Context& context, const OfficialNames& names)
      : item_(item),
        context_(context),
        names_(names),
        languages_(language_bit(item->language())),
        when_(item_time(*item)) {}

  void run() {
    item_->clear_mentions();
    by_facets();
    each_field(*item_, [&](const WordScan& scan, NamedIn where) {
      if (where == NamedIn::kText) {
        in_text(scan);
      } else {
        officials_in(scan, where);
      }
    });
  }

 private:
  // A surname that stands for one who was named in full.
  struct Surname {
    int mention;
    WordRange words;  // "O'Sheehan-Barry" is three of them
  };

  void in_text(const WordScan& scan) {
    taken_.assign(scan.words.size(), 0);
    officials_in(scan, NamedIn::kText);
    bodies_in(scan);
    people_in(scan);
    surnames_in(scan);
    name_in_nominative(scan, item_);
    std::stable_sort(item_->mutable_mentions()->begin(), item_->mutable_mentions()->end(),
                     [](const Mention& a, const Mention& b) { return a.begin() < b.begin(); });
  }

  [[nodiscard]] bool full() const { return item_->mentions_size() >= kMostMentions; }

  Mention* add(std::string_view name, std::string_view kind, std::string_view id, std::string_view rule,
               Span span, NamedIn where = NamedIn::kText) {
    return write_named(item_->add_mentions(), {name, kind, id, "", rule}, where, span);
  }

  void add_official(const Official& official, std::string_view rule, Span span,
                    NamedIn where = NamedIn::kText) {
    const bool person = official.kind() == PERSON;
    Mention* out =
        add(official.name(), person ? "official" : "organisation", official.id(), rule, span, where);
    const Role* role = role_at(official, when_);
    if (person) out->set_role(role_label(role));
    if (role != nullptr) out->set_country(role->country());
    out->set_wikidata(official.wikidata());
  }

  void take(WordRange words) {
    std::fill(taken_.begin() + static_cast<std::ptrdiff_t>(words.begin),
              taken_.begin() + static_cast<std::ptrdiff_t>(words.end), 1);
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
      add_official(*official, facet.kind() == Facet::MENTION ? "handle" : "profile-link",
                   {facet.begin(), facet.end()});
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
      if (match.words == 1 && !handle && goes_on(scan, {i, i + 1})) continue;
      best = match;
    }
    return best;
  }

  // Words that are part of another's name: "Marta Klitschko", "Klitschko-Straße".
  static bool goes_on(const WordScan& scan, WordRange words) {
    const std::size_t i = words.begin, end = words.end;
    const bool before = i > 0 && is_given_name(scan, i - 1) && scan.words[i].gap == Gap::kSpace;
    const bool after =
        end < scan.words.size() && scan.words[end].gap == Gap::kHyphen && scan.words[end].capital;
    return before || after;
  }

  // "Rue Odile Marchal", "place des Nations Unies".
  [[nodiscard]] bool names_street(const WordScan& scan, WordRange words) const {
    return bearer_of(scan, words, languages_) == Bearer::kStreet;
  }

  void officials_in(const WordScan& scan, NamedIn where) {
    for (std::size_t i = 0; i < scan.words.size() && !full();) {
      const Word& word = scan.words[i];
      const PhraseMatch match = word.capital || word.at || word.hash ? official_at(scan, i) : PhraseMatch{};
      if (match.words == 0) {
        ++i;
        continue;
      }
      const Official& official = context_.officials->all()[match.value / 4];
      const WordRange words{i, i + match.words};
      if (names_street(scan, words)) {
        i = words.end;
        continue;
      }
      if (where != NamedIn::kText) {
        if (!mentioned(official.id())) add_official(official, "name", {}, where);
      } else {
        if (!in_facet(word)) add_official(official, "name", bytes_of(scan, words));
        take(words);
      }
      i = words.end;
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
      const WordRange words{i, i + match.words};
      if (names_street(scan, words)) continue;
      Mention* out = add(body.name, "organisation", body.id, "name", bytes_of(scan, words));
      if (std::string_view id = body.id; consume_prefix(&id, "wikidata:")) out->set_wikidata(std::string(id));
      take(words);
      i = words.end - 1;
    }
  }

  void people_in(const WordScan& scan) {
    static thread_local std::vector<FoundPerson> people;
    find_people(scan, languages_, context_.rules->tables().places, taken_, &people);
    for (const FoundPerson& person : people) {
      if (full()) return;
      if (in_facet(scan.words[person.name.begin])) continue;
      const std::string_view text = item_->text();
      Mention* out =
          add(text_of(text, scan, person.name), "person", "", person.rule, bytes_of(scan, person.name));
      if (!person.role.empty()) out->set_role(std::string(text_of(text, scan, person.role)));
      take(person.name);
    }
  }

  // Who was named in full may be named by the surname afterwards.
  void surnames_in(const WordScan& scan) {
    if (item_->mentions_size() == 0) return;
    find_surnames(scan);
    const int whole = item_->mentions_size();
    for (std::size_t i = 0; i < scan.words.size() && !full(); ++i) {
      if (!scan.words[i].capital || taken_[i] != 0) continue;
      if (!official_by_surname(scan, i, whole)) person_by_surname(scan, i);
    }
  }

  void find_surnames(const WordScan& scan) {
    surnames_.clear();
    for (int m = 0; m < item_->mentions_size(); ++m) {
      const Mention& person = item_->mentions(m);
      if (person.kind() != "person") continue;
      const std::size_t first = scan.first_word_from(person.begin());
      const std::size_t end = scan.first_word_from(person.end());
      std::size_t begin = end - 1;
      while (begin > first && scan.words[begin].gap >= Gap::kHyphen &&
             scan.words[begin].gap <= Gap::kApostrophe)
        --begin;
      const std::size_t letters = scan.words[end - 1].fold_end - scan.words[begin].fold_begin;
      if (begin > first && letters >= 3) surnames_.push_back({m, {begin, end}});
    }
  }

  // Whether the words of `surname` stand at word `i` too.
  static bool stands_at(const WordScan& scan, std::size_t i, WordRange surname) {
    if (i + surname.size() > scan.words.size()) return false;
    for (std::size_t k = 0; k < surname.size(); ++k) {
      if (scan.folded_word(i + k) != scan.folded_word(surname.begin + k)) return false;
      if (k > 0 && scan.words[i + k].gap > Gap::kApostrophe) return false;
    }
    return true;
  }

  // Whether an official with this surname was named: then nobody else can be meant.
  bool official_by_surname(const WordScan& scan, std::size_t i, int whole) {
    found_.clear();
    names_.names.match_at(scan, i, &found_);
    for (const PhraseMatch& match : found_) {
      const WordRange words{i, i + match.words};
      if ((match.value & 3) != OfficialNames::kSurname || goes_on(scan, words) || names_street(scan, words))
        continue;
      // Two of one name: it says nothing.
      const bool shared = std::any_of(surnames_.begin(), surnames_.end(),
                                      [&](const Surname& other) { return stands_at(scan, i, other.words); });
      const Official& official = context_.officials->all()[match.value / 4];
      for (int m = 0; m < whole; ++m) {
        if (item_->mentions(m).id() != official.id()) continue;
        if (shared) return true;
        add_official(official, "surname", bytes_of(scan, words));
        take(words);
        return true;
      }
    }
    return false;
  }

  void person_by_surname(const WordScan& scan, std::size_t i) {
    const Surname* only = nullptr;
    for (const Surname& one : surnames_) {
      if (one.words.begin >= i || !stands_at(scan, i, one.words)) continue;
      if (only != nullptr && item_->mentions(only->mention).name() != item_->mentions(one.mention).name())
        return;
      only = &one;
    }
    if (only == nullptr) return;
    const WordRange words{i, i + only->words.size()};
    if (goes_on(scan, words) || names_street(scan, words)) return;
    const std::string name = item_->mentions(only->mention).name(),
                      role = item_->mentions(only->mention).role();
    add(name, "person", "", "surname", bytes_of(scan, words))->set_role(role);
    take(words);
  }

  Item* item_;
  const Context& context_;
  const OfficialNames& names_;
  const LanguageSet languages_;
  const absl::Time when_;
  std::vector<char> taken_;  // a word of the text that belongs to a name
  std::vector<PhraseMatch> found_;
  std::vector<Surname> surnames_;
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
