#include "processors/language_close_index.h"

#include <algorithm>

#include "processors/word_fold.h"

namespace copytaster {

const CloseIndex& CloseIndex::get() {
  static const CloseIndex kIndex;
  return kIndex;
}

CloseIndex::CloseIndex() {
  for (const auto lists : {latin_lists(), slavic_latin_lists()}) {
    for (const CloseLanguage& language : lists) add(language);
  }
  latin_ = all();
  for (const CloseLanguage& language : cyrillic_lists()) add(language);
}

void CloseIndex::add(const CloseLanguage& language) {
  const Mask bit = Mask{1} << size_;
  codes_[size_++] = language.code;
  for (std::size_t at = 0; at < language.letters.size();)
    letters_[next_code_point(language.letters, &at)] |= bit;
  fill(language.words, bit, &words_);
  fill(language.stems, bit, &stems_);
  fill(language.endings, bit, &endings_);
  if (!language.stems.empty()) with_stems_ |= bit;
  if (!language.endings.empty()) with_endings_ |= bit;
}

void CloseIndex::fill(std::string_view list, Mask bit, Table* table) {
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = std::min(list.find(' ', at), list.size());
    (*table)[list.substr(at, end - at)] |= bit;
    at = end + 1;
  }
}

CloseIndex::Mask CloseIndex::find(const Table& table, std::string_view key) {
  const auto found = table.find(key);
  return found == table.end() ? 0 : found->second;
}

CloseIndex::Mask CloseIndex::of(std::string_view codes, bool cyrillic) const {
  Mask out = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    if (codes.find(codes_[i]) != std::string_view::npos) out |= Mask{1} << i;
  }
  return out & script(cyrillic);
}

CloseIndex::Mask CloseIndex::word(std::string_view lower, Mask candidates) const {
  if (const Mask whole = find(words_, lower) & candidates; whole != 0) return whole;
  if ((with_stems_ & candidates) != 0) {
    for (std::size_t size = std::min<std::size_t>(lower.size(), 10); size >= 4; --size) {
      if (const Mask stem = find(stems_, lower.substr(0, size)) & candidates; stem != 0) return stem;
    }
  }
  if ((with_endings_ & candidates) != 0) {
    for (std::size_t size = std::min<std::size_t>(lower.size(), 8) - 2; size >= 3 && size <= 6; --size) {
      if (const Mask end = find(endings_, lower.substr(lower.size() - size)) & candidates; end != 0)
        return end;
    }
  }
  return 0;
}

}  // namespace copytaster
