#include "processors/language_detect.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>  // cld2's header uses FILE without including it

#include "core/strings.h"
#include "processors/language_close.h"
#include "processors/language_sample.h"
#include "processors/language_words.h"
#include "processors/word_lists.h"

namespace copytaster {
namespace {

struct Guess {
  std::string code;
  float confidence = 0;
  bool reliable = false;
};

Guess ask_cld2(const std::string& sample) {
  CLD2::CLDHints hints = {nullptr, "", CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::Language top[3];
  int percent[3];
  double score[3];
  int bytes = 0;
  bool reliable = false;
  const CLD2::Language answer = CLD2::ExtDetectLanguageSummary(sample.data(), static_cast<int>(sample.size()),
                                                               true, &hints, CLD2::kCLDFlagBestEffort, top,
                                                               percent, score, nullptr, &bytes, &reliable);
  if (answer == CLD2::UNKNOWN_LANGUAGE) return {};
  Guess guess{primary_language(CLD2::LanguageCode(answer)), 0.5F, reliable};
  for (int i = 0; i < 3; ++i) {
    if (top[i] == answer)
      guess.confidence = static_cast<float>(percent[i]) / 100.0F * (reliable ? 1.0F : 0.6F);
  }
  return guess;
}

// Standard pairs that short texts do not tell apart: what the platform says decides.
bool are_close(std::string_view a, std::string_view b) {
  static constexpr std::string_view kGroups[] = {"hr bs sr sh", "id ms",       "nb nn da", "cs sk", "pt gl",
                                                 "es gl ca",    "ru uk be bg", "mk bg sr", "nl af", "de lb"};
  return std::any_of(std::begin(kGroups), std::end(kGroups), [&](std::string_view group) {
    return group.find(a) != std::string_view::npos && group.find(b) != std::string_view::npos;
  });
}

// Languages in which offices write. CLD2 knows a hundred more and hears them in short texts.
bool is_usual(std::string_view code) {
  static constexpr std::string_view kUsual =
      " en fr de es it pt nl pl uk el ru be bg mk sr hr bs sl cs sk hu ro sv da nb nn fi et lv lt is ga mt"
      " sq tr az hy ka he ar fa ur hi bn ta te mr gu pa th vi id ms tl zh ja ko kk uz ky mn ca eu gl cy lb"
      " af sw so am yo zu xh st tn ts sn lg mi eo ";
  return kUsual.find(str_cat(" ", code, " ")) != std::string_view::npos;
}

// What was heard, and what stands against it.
struct Evidence {
  const LanguageSample& sample;
  const SmallWords words;
  Guess guess;
};

// A declaration is right far more often than a short text is heard rightly: it falls only where the
// guess is sure and the small words do not speak for what is declared.
bool outweighs(const Evidence& heard, std::string_view declared) {
  const Guess& guess = heard.guess;
  if (!guess.reliable || heard.sample.letters < 40 || are_close(guess.code, declared)) return false;
  if (heard.sample.letters >= 160) return true;
  const std::size_t for_declared = heard.words.of(declared);
  if (language_bit(guess.code) != kAllLanguages) return heard.words.of(guess.code) > for_declared;
  return is_usual(guess.code) && for_declared * 6 < heard.words.words;
}

// What CLD2 hears in a few words of a language, however sure it is.
bool is_heard_for(std::string_view code, std::string_view usual) {
  static constexpr std::pair<std::string_view, std::string_view> kHeard[] = {
      {"en", " nn nb da nl "}, {"fr", " ca oc ht co "},    {"uk", " ru be bg sr mk "},
      {"de", " lb nl da af "}, {"es", " gl ca pt it id "}, {"it", " ms id ro la co mt es pt "},
      {"pl", " sk cs sl hr "}, {"pt", " gl es "},          {"nl", " af fy da nb de "},
  };
  const auto* const found =
      std::find_if(std::begin(kHeard), std::end(kHeard), [&](const auto& one) { return one.first == usual; });
  if (found == std::end(kHeard)) return are_close(code, usual);
  return found->second.find(str_cat(" ", code, " ")) != std::string_view::npos;
}

// A caption of few words: not where small words or letters that only the other language has speak for it.
bool is_close_call(const Evidence& heard, std::string_view usual) {
  constexpr std::size_t kFewLetters = 40;
  const std::string_view code = heard.guess.code;
  return heard.sample.letters < kFewLetters && is_heard_for(code, usual) &&
         heard.words.of(code) <= heard.words.of(usual) && !has_letter_of(heard.sample, code, usual);
}

// Whether what the author usually writes is likelier than what was heard.
bool gives_way(const Evidence& heard, std::string_view usual) {
  if (heard.guess.code == usual) return false;
  if (!heard.guess.reliable || is_close_call(heard, usual)) return true;
  const bool its_words = heard.words.of(usual) > heard.words.of(heard.guess.code);
  return heard.sample.letters < 80 && (its_words || !is_usual(heard.guess.code));
}

// CLD2 hears Serbian or Bulgarian in letters that only Ukrainian has.
bool is_ukrainian_after_all(const Evidence& heard) {
  static constexpr std::string_view kWithoutThem = " ru sr bg mk ";
  return kWithoutThem.find(str_cat(" ", heard.guess.code, " ")) != std::string_view::npos &&
         cyrillic_witness(heard.sample.text) == "uk";
}

ToldLanguage without_guess(const LanguageSample& sample, std::string declared, std::string usual) {
  if (!declared.empty()) return {std::move(declared), "declared", 0.5F};
  const std::string_view witness = sample.letters >= 4 ? cyrillic_witness(sample.text) : std::string_view();
  if (!witness.empty()) return {std::string(witness), "script", 0.6F};
  if (!usual.empty()) return {std::move(usual), "account", 0.5F};
  const std::string_view told = tell_close_languages(sample, "", Heard::kNothing);
  return told.empty() ? ToldLanguage{} : ToldLanguage{std::string(told), "words", 0.5F};
}

// CLD2's answer after a second look at the languages it confuses.
ToldLanguage look_again(const Evidence& heard) {
  const Guess& guess = heard.guess;
  if (guess.code == "en" && heard.words.confirm("en")) return {guess.code, "cld2", guess.confidence};
  const bool doubtful = !is_usual(guess.code) && (!guess.reliable || heard.sample.letters < 80);
  const std::string_view told =
      tell_close_languages(heard.sample, guess.code, doubtful ? Heard::kUnusual : Heard::kUsual);
  if (told == guess.code) return {guess.code, "cld2", guess.confidence};
  return {std::string(told), "cld2+words", guess.confidence * 0.9F};
}

// In scripts of few languages less tells.
std::size_t letters_for_cld2(const LanguageSample& sample) {
  return sample.latin * 2 > sample.letters ? 12 : 8;
}

// What a tag says of the text, where a text in these letters can be in it.
std::string said(std::string_view tag, const LanguageSample& sample) {
  std::string code = primary_language(tag);
  return can_be_written_so(code, sample) ? code : std::string();
}

}  // namespace

std::string primary_language(std::string_view tag) {
  std::string code;
  for (const char c : tag) {
    if (c == '-' || c == '_') break;
    code += ascii_lower(c);
  }
  if (code.size() < 2 || code.size() > 3 || code == "und" || code == "mul" || code == "zxx" || code == "un" ||
      code.find_first_not_of("abcdefghijklmnopqrstuvwxyz") != std::string::npos) {
    return "";
  }
  static constexpr std::pair<std::string_view, std::string_view> kOld[] = {
      {"iw", "he"}, {"no", "nb"}, {"in", "id"}, {"ji", "yi"}, {"jw", "jv"}, {"mo", "ro"}, {"fil", "tl"}};
  for (const auto& [old, now] : kOld) {
    if (code == old) return std::string(now);
  }
  return code;
}

ToldLanguage detect_language(std::string_view text, std::string_view declared_tag,
                             std::string_view usual_tag) {
  static thread_local LanguageSample sample;
  take_sample(text, &sample);
  if (const std::string_view code = only_script(sample); !code.empty()) {
    return {std::string(code), "script", sample.letters >= 4 ? 0.99F : 0.8F};
  }
  std::string declared = said(declared_tag, sample), usual = said(usual_tag, sample);
  if (sample.letters < 12 &&
      (sample.letters < letters_for_cld2(sample) || !declared.empty() || !usual.empty())) {
    ToldLanguage told = without_guess(sample, std::move(declared), std::move(usual));
    if (told.rule == "declared") told.confidence = 0.6F;
    return told;
  }
  const WordScan& scan = scan_words(sample.text);
  const SmallWords words = count_small_words(scan);
  if (!declared.empty() && words.confirm(declared)) return {std::move(declared), "declared", 0.97F};

  Evidence heard{sample, words, ask_cld2(sample.text)};
  if (heard.guess.code.empty()) return without_guess(sample, std::move(declared), std::move(usual));
  if (!declared.empty() && heard.guess.code != declared && !outweighs(heard, declared)) {
    return {std::move(declared), "declared", 0.6F};
  }
  if (declared.empty() && !usual.empty() && gives_way(heard, usual)) {
    return {std::move(usual), "account", 0.6F};
  }
  if (is_ukrainian_after_all(heard)) return {"uk", "script", 0.9F};
  ToldLanguage told = look_again(heard);
  heard.guess.code = told.code;
  if (declared.empty() && !usual.empty() && told.code != usual && is_close_call(heard, usual))
    return {std::move(usual), "account", 0.6F};
  return told;
}

}  // namespace copytaster
