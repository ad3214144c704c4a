#include "processors/mentions_index.h"

#include <algorithm>

#include "core/strings.h"
#include "core/text.h"
#include "processors/word_fold.h"

namespace copytaster {
namespace {

Script script_of(std::string_view folded) {
  std::size_t at = 0;
  return folded.empty() ? Script::kOther : folded_char(next_code_point(folded, &at)).script;
}

// "Кравець, Кравця": the stem loses its vowel before an ending. Empty for other words.
std::string short_stem(std::string_view word) {
  constexpr std::string_view kEts = "ець";
  if (word.size() < kEts.size() + 4 || !word.ends_with(kEts)) return "";
  return str_cat(word.substr(0, word.size() - kEts.size()), "ц");
}

// Every word with its stem and any case ending; with `shortened` the stems that lose a vowel.
std::string in_any_case(std::string_view folded, Script script, bool shortened = false) {
  std::string out;
  for (const std::string_view word : split(folded, ' ')) {
    if (!out.empty()) out += ' ';
    const std::string stem = shortened ? short_stem(word) : std::string();
    out += stem.empty() ? name_stem(word, script) : std::string_view(stem);
    out += kEnding;
  }
  return out;
}

void add_cases(std::string_view folded, Script script, std::uint32_t value, PhraseBuilder* builder) {
  const std::string usual = in_any_case(folded, script), shortened = in_any_case(folded, script, true);
  builder->add(usual, value);
  if (shortened != usual) builder->add(shortened, value);
}

void add_name(std::string_view name, std::uint32_t index, bool person, PhraseBuilder* builder) {
  const std::string folded = fold_phrase(name);
  if (folded.size() < 2) return;
  const std::size_t words = static_cast<std::size_t>(std::count(folded.begin(), folded.end(), ' ')) + 1;
  const Script script = script_of(folded);
  const std::uint32_t value = index * 4;
  builder->add(folded, value + OfficialNames::kExact);
  if (script == Script::kLatin) {
    builder->add(in_any_case(folded, script), value + OfficialNames::kLatinCase);
    builder->add(folded + "s", value + OfficialNames::kGenitive);
  } else if (words > 1 || folded.size() >= 8) {
    add_cases(folded, script, value + OfficialNames::kExact, builder);
  }
  if (!person || words < 2) return;
  // "Aeschlimann-Frey" is two words here but one surname in a text.
  std::size_t cut = name.find_last_of(' ');
  if (cut == std::string_view::npos) return;
  const std::string surname = fold_phrase(name.substr(cut + 1));
  if (surname.size() < 4) return;
  builder->add(surname, value + OfficialNames::kSurname);
  if (script != Script::kLatin && surname.size() >= 8) {
    add_cases(surname, script, value + OfficialNames::kSurname, builder);
  }
}

// Cheap, and changed by any other list that could come to stand at the same address.
std::uint64_t stamp_of(const Officials& officials) {
  const auto& all = officials.all();
  std::uint64_t stamp = all.size() * 0x9E3779B97F4A7C15ULL + reinterpret_cast<std::uintptr_t>(all.data());
  const std::size_t step = all.size() <= 16 ? 1 : all.size() / 16;
  for (std::size_t i = 0; i < all.size(); i += step) {
    stamp = stamp * 31 + stable_hash(all[i].id());
    stamp = stamp * 31 + stable_hash(all[i].name());
    stamp = stamp * 31 + static_cast<std::uint64_t>(all[i].aliases_size());
  }
  return stamp;
}

OfficialNames build(const Officials& officials) {
  PhraseBuilder names, places;
  for (std::size_t i = 0; i < officials.all().size(); ++i) {
    const Official& official = officials.all()[i];
    const auto index = static_cast<std::uint32_t>(i);
    for (int r = 0; r < std::min(official.roles_size(), 255); ++r) {
      places.add(fold_phrase(official.roles(r).place()), index * 256 + static_cast<std::uint32_t>(r));
    }
    if (official.kind() == NEWSROOM) continue;  // "The newsroom" is no name in other people's posts
    add_name(official.name(), index, official.kind() == PERSON, &names);
    for (const std::string& alias : official.aliases())
      add_name(alias, index, official.kind() == PERSON, &names);
  }
  return {names.build(), places.build()};
}

}  // namespace

struct OfficialNamesOf::Entry {
  const Officials* officials;
  std::uint64_t stamp;
  OfficialNames names;
};

const OfficialNames& OfficialNamesOf::of(const Officials& officials) const {
  const std::uint64_t stamp = stamp_of(officials);
  const auto fits = [&](const Entry* entry) {
    return entry != nullptr && entry->officials == &officials && entry->stamp == stamp;
  };
  if (const Entry* entry = newest_.load(std::memory_order_acquire); fits(entry)) return entry->names;
  const std::scoped_lock lock(mutex_);
  for (const auto& entry : entries_) {
    if (!fits(entry.get())) continue;
    newest_.store(entry.get(), std::memory_order_release);
    return entry->names;
  }
  entries_.push_back(std::make_shared<const Entry>(Entry{&officials, stamp, build(officials)}));
  newest_.store(entries_.back().get(), std::memory_order_release);
  return entries_.back()->names;
}

}  // namespace copytaster
