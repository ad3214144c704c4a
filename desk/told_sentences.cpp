#include "desk/told_sentences.h"

#include <algorithm>

#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

constexpr double kRepeats = 0.65;
constexpr std::ptrdiff_t kWordsOfForm = 3;   // that differ, on each side
constexpr std::size_t kMostOfAPerson = 200;  // sentences compared with

}  // namespace

void ToldSentences::add(const std::string& person, std::string_view sentence) {
  auto& bags = told_[person];
  if (bags.size() < kMostOfAPerson) bags.push_back(bag_of(sentence));
}

bool ToldSentences::repeats(const std::string& person, std::string_view sentence) const {
  const auto told = told_.find(person);
  if (told == told_.end()) return false;
  const Bag bag = bag_of(sentence);
  return std::ranges::any_of(told->second, [&](const Bag& before) {
    const auto known = std::ranges::count_if(bag, [&](const auto& word) { return before.contains(word); });
    const bool new_number = std::ranges::any_of(bag, [&](const std::string& word) {
      return word.find_first_of("0123456789") != std::string::npos && !before.contains(word);
    });
    const auto all = static_cast<std::ptrdiff_t>(bag.size()),
               told_then = static_cast<std::ptrdiff_t>(before.size());
    // "The bridge is closed", "The bridge is open": one form, and each has a word of its own.
    const std::ptrdiff_t most = std::max<std::ptrdiff_t>(all - known, told_then - known);
    const bool form = all > known && told_then > known && most <= kWordsOfForm;
    return !new_number && !form && static_cast<double>(known) >= kRepeats * static_cast<double>(bag.size());
  });
}

ToldSentences::Bag ToldSentences::bag_of(std::string_view sentence) {
  const std::string folded = normalise_for_match(sentence);
  Bag out;
  for (const std::string_view word : split(folded, ' ')) out.emplace(word);
  return out;
}

}  // namespace copytaster
