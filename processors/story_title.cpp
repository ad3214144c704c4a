// A working title: words of a post, never made up. Words in another language than the house's, and words
// that were no title, come with who says them, about which places, in which language; all of it found.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/newer_figures.h"
#include "core/shortened.h"
#include "core/strings.h"
#include "core/text.h"
#include "processors/shingle.h"
#include "processors/story_builder.h"
#include "processors/word_sentences.h"

namespace copytaster {
namespace {

constexpr std::size_t kMaxCharacters = 110;  // of the words
constexpr std::size_t kMaxPlaces = 3;
constexpr std::size_t kMinWords = 5;
constexpr double kByHand = 100;  // what nobody but an editor vouches for comes after all that was collected
constexpr std::size_t kBeginning = 600;  // bytes: where the first sentence that says something mostly ends

struct Candidate {
  const Item* item = nullptr;
  std::string text;  // the words as they are, or their beginning with an ellipsis
  bool is_title = false;
  double score = 0;
};

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80; }));
}

// " a brno ce matin a l invitation de bruno kral "
std::string spaced(std::string_view text) {
  std::string out = " ";
  WordReader reader(text);
  for (TextWord word; reader.next(word);) str_append(&out, word.folded, " ");
  return out;
}

std::size_t count_words(std::string_view text) {
  WordReader reader(text);
  std::size_t count = 0;
  for (TextWord word; reader.next(word);) ++count;
  return count;
}

// With an ellipsis that says so.
std::string with_ellipsis(std::string_view text) {
  const std::string_view cut = shortened(text, kMaxCharacters);
  return cut.size() == text.size() ? std::string(text) : str_cat(cut, "…");
}

// The first sentence of at least kMinWords; empty: there is none. Of a text that is not `whole` the last
// sentence does not count: it may go on.
std::string sentence_in(std::string_view text, bool whole) {
  std::vector<Span> spans;
  split_sentences(text, &spans);
  if (!whole && !spans.empty()) spans.pop_back();
  for (const Span& span : spans) {
    const std::string sentence = collapse_space(text.substr(span.begin, span.end - span.begin));
    if (count_words(sentence) >= kMinWords) return sentence;
  }
  return "";
}

// The first sentence that says something: "Good morning, Galway!" does not.
std::string first_sentence(const Item& item) {
  const std::string_view text = item.text();
  std::string sentence;
  if (text.size() > kBeginning)  // splitting all of a long text for its first sentence is dear
    sentence = sentence_in(text.substr(0, utf8_floor(text, kBeginning)), false);
  if (sentence.empty()) sentence = sentence_in(text, true);
  return sentence.empty() ? collapse_space(text) : sentence;
}

// The names a story is about, as spaced() writes them; made once a story.
struct TitleNames {
  std::vector<std::pair<std::string_view, std::string>> officials, places;  // the first four of each

  explicit TitleNames(const Story& story) {
    for (int i = 0; i < std::min(4, story.officials_size()); ++i)
      officials.emplace_back(story.officials(i).name(), spaced(story.officials(i).name()));
    for (int i = 0; i < std::min(4, story.places_size()); ++i)
      places.emplace_back(story.places(i).name(), spaced(story.places(i).name()));
  }
};

// How much of what the story is about stands in these words: names by the mentions' own offsets would miss
// the title, so the item's names are looked for by what the post calls them.
double coverage(std::string_view text, const Item& item, const TitleNames& names) {
  const std::string folded = spaced(text);
  const auto says = [&](const auto& name, const auto& mentions) {
    if (folded.find(name.second) != std::string::npos) return true;
    return std::ranges::any_of(mentions, [&](const Mention& m) {
      if (m.name() != name.first || m.end() > item.text().size() || m.begin() >= m.end()) return false;
      const std::string_view called = std::string_view(item.text()).substr(m.begin(), m.end() - m.begin());
      return text.find(called) != std::string_view::npos;
    });
  };
  double sum = 0;
  double weight = 1;
  for (const auto& name : names.officials) {
    if (says(name, item.mentions())) sum += weight;
    weight -= 0.25;
  }
  weight = 1;
  for (const auto& name : names.places) {
    if (says(name, item.places())) sum += weight;
    weight -= 0.25;
  }
  return sum;
}

std::optional<Candidate> candidate(const Item& item, const Story& story, const TitleNames& names,
                                   const Rules& rules) {
  const bool has_title = !strip_space(item.title()).empty();
  const std::string words = has_title ? collapse_space(item.title()) : first_sentence(item);
  if (words.empty()) return std::nullopt;
  Candidate out{&item, with_ellipsis(words), has_title, coverage(words, item, names)};
  if (has_title) out.score += 0.75;  // written to be one
  if (item.has_intake()) out.score -= kByHand;
  if (item.language() == rules.house_language) out.score += 0.5;
  if (characters(words) > kMaxCharacters) out.score -= 0.5;
  // The author who leads the story says it for the story.
  if (story.officials_size() > 0 && story.officials(0).official_id() == item.official_id()) out.score += 0.5;
  return out;
}

// What the same author says later with other figures: a title must not tell what holds no more. The posts are
// in order of time.
const Item& newest_of(const Item& item, const std::vector<const Item*>& posts) {
  const Item* newest = &item;
  if (item.official_id().empty() || !item.has_created_at()) return item;
  for (const Item* post : posts) {
    const bool later = post->created_at().seconds() > newest->created_at().seconds();
    if (later && post->official_id() == item.official_id() && !post->has_repost_of() &&
        post->has_intake() == item.has_intake() && !newer_figures(*newest, *post).empty())
      newest = post;
  }
  return *newest;
}

std::string_view language_label(std::string_view code) {
  static constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"en", "English"},   {"fr", "French"},     {"uk", "Ukrainian"}, {"de", "German"},
      {"es", "Spanish"},   {"it", "Italian"},    {"pl", "Polish"},    {"pt", "Portuguese"},
      {"nl", "Dutch"},     {"el", "Greek"},      {"ru", "Russian"},   {"be", "Belarusian"},
      {"bg", "Bulgarian"}, {"mk", "Macedonian"}, {"sr", "Serbian"},   {"hr", "Croatian"},
      {"bs", "Bosnian"},   {"sl", "Slovenian"},  {"cs", "Czech"},     {"sk", "Slovak"},
      {"hu", "Hungarian"}, {"ro", "Romanian"},   {"sv", "Swedish"},   {"da", "Danish"},
      {"nb", "Norwegian"}, {"nn", "Norwegian"},  {"fi", "Finnish"},   {"et", "Estonian"},
      {"lv", "Latvian"},   {"lt", "Lithuanian"}, {"is", "Icelandic"}, {"ga", "Irish"},
      {"mt", "Maltese"},   {"sq", "Albanian"},   {"tr", "Turkish"},   {"ca", "Catalan"},
      {"gl", "Galician"},  {"eu", "Basque"},     {"cy", "Welsh"},     {"lb", "Luxembourgish"},
      {"hy", "Armenian"},  {"ka", "Georgian"},   {"he", "Hebrew"},    {"ar", "Arabic"},
      {"ja", "Japanese"},  {"zh", "Chinese"},    {"ko", "Korean"}};
  for (const auto& [known, name] : kNames) {
    if (known == code) return name;
  }
  return code;
}

// "Mayor of Paris"; "City of Paris": who says it, as a list of stories has room for.
std::string who_says(const Item& item, const Story& story) {
  for (const StoryOfficial& official : story.officials()) {
    if (official.official_id() != item.official_id() || item.official_id().empty()) continue;
    return official.kind() == PERSON && !official.role().empty() ? official.role() : official.name();
  }
  const Author& author = item.author();
  return collapse_space(author.name().empty() ? author.handle() : author.name());
}

bool post_names(const Item& item, const StoryPlace& place) {
  return std::ranges::any_of(item.places(), [&](const Mention& mention) {
    return mention.begin() < mention.end() && mention.name() == place.name();
  });
}

// "City of Freiburg" on "Freiburg im Breisgau" is on itself.
bool is_own_place(std::string_view who, std::string_view place) {
  const std::size_t of = who.rfind(" of ");
  return of != std::string_view::npos && spaced(place).starts_with(spaced(who.substr(of + 4)));
}

// The places the post names, most told first, that an English reader finds neither in the words nor in
// who says them.
std::string places_told(const Candidate& said, std::string_view who, const Story& story) {
  const std::string shown = str_cat(spaced(said.text), spaced(who));
  std::vector<std::string> names;
  for (const StoryPlace& place : story.places()) {
    if (names.size() == kMaxPlaces) break;
    if (!post_names(*said.item, place) || is_own_place(who, place.name()) ||
        shown.find(spaced(place.name())) != std::string::npos)
      continue;
    names.push_back(place.name());
  }
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i)
    str_append(&out, i == 0 ? " on " : i + 1 == names.size() ? " and " : ", ", names[i]);
  return out;
}

// " (brought in by hand by Mira)"
std::string by_hand_mark(const Item& item) {
  if (!item.has_intake()) return "";
  const std::string by = collapse_space(item.intake().by());
  return str_cat(" (brought in by hand", by.empty() ? "" : " by ", by, ")");
}

// "Mayor of Kyiv on Paris: «Сьогодні вітаємо …» (Ukrainian)"
std::string introduce(const Candidate& said, const Story& story, const Rules& rules) {
  const std::string& language = said.item->language();
  const bool foreign = !language.empty() && language != rules.house_language;
  if (said.is_title && !foreign) return said.text;
  const std::string who = who_says(*said.item, story);
  std::string_view words = said.text;
  if (!words.ends_with("..")) consume_suffix(&words, ".");
  const std::string before = who.empty() ? "" : str_cat(who, places_told(said, who, story), ": ");
  // No «« or »» where the words have such marks of their own.
  const bool angled =
      foreign && words.find("«") == std::string_view::npos && words.find("»") == std::string_view::npos;
  const std::string quoted = angled ? str_cat("«", words, "»") : str_cat("“", words, "”");
  return str_cat(before, quoted, foreign ? str_cat(" (", language_label(language), ")") : "");
}

}  // namespace

std::string story_title(const std::vector<const Item*>& posts, const Story& story, const Rules& rules) {
  const TitleNames names(story);
  std::optional<Candidate> best;
  for (const Item* item : posts) {
    auto next = candidate(*item, story, names, rules);
    if (next && (!best || next->score > best->score + 1e-9)) best = std::move(next);
  }
  if (!best) return "";
  if (const Item& newest = newest_of(*best->item, posts); &newest != best->item) {
    if (auto next = candidate(newest, story, names, rules)) best = std::move(next);
  }
  return introduce(*best, story, rules) + by_hand_mark(*best->item);
}

}  // namespace copytaster
