// Which of the site's sections a post could be filed under: the rules of config/sections.toml.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/strings.h"
#include "core/text.h"
#include "processors/rules_tables.h"
#include "processors/steps.h"

namespace copytaster {
namespace {

constexpr StepSpec kSpec = {
    .name = "sections",
    .summary =
        "Proposes the site's sections by the words and places of config/sections.toml, with the words as the "
        "reason",
    .writes = "sections",
};
constexpr double kLeastConfidence = 0.35;
constexpr std::size_t kMostSections = 3;
constexpr std::size_t kMostWitnesses = 5;    // words quoted in the reason
constexpr std::size_t kLongestWitness = 60;  // bytes

struct Tally {
  double hits = 0;
  std::vector<std::uint32_t> words;         // of the rule, already counted
  std::vector<std::string_view> witnesses;  // in the post
  std::vector<std::string_view> places;
};

class Count {
 public:
  Count(const Item& item, const Rules& rules)
      : rules_(rules),
        language_(item.language()),
        languages_(language_bit(language_)),
        tallies_(rules.sections.size()) {}

  void add(std::string_view text, double weight) {
    if (text.empty()) return;
    const WordScan& scan = scan_words(text);
    for (std::size_t i = 0; i < scan.words.size(); ++i) {
      found_.clear();
      rules_.tables().sections.match_at(scan, i, &found_);
      for (const PhraseMatch& match : found_) {
        const RuleTables::SectionWord& word = rules_.tables().section_words[match.value];
        if (!counts(word)) continue;
        Tally& tally = tallies_[word.section];
        if (std::find(tally.words.begin(), tally.words.end(), word.counts_as) != tally.words.end()) continue;
        const std::size_t begin = scan.words[i].begin, end = scan.words[i + match.words - 1].end;
        if (!tally.witnesses.empty() &&
            tally.witnesses.back().data() + tally.witnesses.back().size() > text.data() + begin &&
            tally.witnesses.back().data() <= text.data() + begin) {
          continue;  // "trams" fits "tram*" and "trams": one word of the post counts once
        }
        tally.words.push_back(word.counts_as);
        tally.witnesses.push_back(text.substr(begin, end - begin));
        tally.hits += weight;
      }
    }
  }

  void add_places(const Item& item) {
    for (std::size_t s = 0; s < rules_.sections.size(); ++s) {
      for (const std::string& wanted : rules_.sections[s].places) {
        for (const Mention& place : item.places()) {
          if (place.rule() == "role" || fold_phrase(place.name()) != wanted) continue;
          tallies_[s].hits += 1;
          tallies_[s].places.push_back(place.name());
          break;
        }
      }
    }
  }

  void write(Item* item) const {
    std::vector<std::pair<double, std::size_t>> best;
    for (std::size_t s = 0; s < tallies_.size(); ++s) {
      const double confidence = 1 - std::pow(0.6, tallies_[s].hits * rules_.sections[s].weight);
      if (confidence >= kLeastConfidence) best.emplace_back(confidence, s);
    }
    std::stable_sort(best.begin(), best.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    if (best.size() > kMostSections) best.resize(kMostSections);
    for (const auto& [confidence, s] : best) {
      const SectionRule& rule = rules_.sections[s];
      SectionMatch* match = item->add_sections();
      match->set_id(rule.id);
      match->set_name(rule.name);
      match->set_confidence(static_cast<float>(confidence));
      match->set_reason(reason(tallies_[s]));
      for (const std::string& topic : rule.media_topics) match->add_media_topics(topic);
    }
  }

 private:
  // A word of one of the ten languages counts in its language, and in posts of none of the ten; any other
  // word in posts of its language only.
  [[nodiscard]] bool counts(const RuleTables::SectionWord& word) const {
    if (word.languages != kAllLanguages) return (word.languages & languages_) != 0;
    const SectionRule& rule = rules_.sections[word.section];
    return word.word >= rule.languages.size() || rule.languages[word.word] == language_;
  }

  static std::string shortened(std::string_view word) {
    if (word.size() <= kLongestWitness) return std::string(word);
    return str_cat(word.substr(0, utf8_floor(word, kLongestWitness)), "…");
  }

  static std::string listed(std::string_view what, const std::vector<std::string_view>& witnesses) {
    if (witnesses.empty()) return "";
    std::string out(what);
    for (std::size_t i = 0; i < witnesses.size() && i < kMostWitnesses; ++i) {
      str_append(&out, i == 0 ? " " : ", ", "“", shortened(witnesses[i]), "”");
    }
    if (witnesses.size() > kMostWitnesses)
      str_append(&out, " and ", witnesses.size() - kMostWitnesses, " more");
    return out;
  }

  static std::string reason(const Tally& tally) {
    const std::string words = listed("words:", tally.witnesses), places = listed("places:", tally.places);
    return str_cat(words, words.empty() || places.empty() ? "" : "; ", places);
  }

  const Rules& rules_;
  const std::string_view language_;
  const LanguageSet languages_;
  std::vector<Tally> tallies_;
  std::vector<PhraseMatch> found_;
};

class SectionsStep final : public Processor {
 public:
  [[nodiscard]] const StepSpec& spec() const override { return kSpec; }

  absl::Status process(Item& item, const Context& context) const override {
    item.clear_sections();
    Count count(item, *context.rules);
    count.add(item.title(), 2);
    count.add(item.text(), 1);
    for (const Media& media : item.media()) count.add(media.caption(), 1);
    for (const std::string& tag : item.tags()) count.add(tag, 1);
    count.add_places(item);
    count.write(&item);
    return absl::OkStatus();
  }
};

}  // namespace

std::unique_ptr<Processor> make_sections_step() { return std::make_unique<SectionsStep>(); }

}  // namespace copytaster
