#include "processors/copy_verdict.h"

#include <algorithm>

#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::uint32_t kMinWordsOfOthers = 8;  // politeness is nobody's copy
constexpr std::uint32_t kWordsOfTemplate = 12;  // up to here a form and its filling are hard to tell apart
constexpr std::uint32_t kLongText = 40;         // words
constexpr std::uint32_t kGreetingWords = 8;     // "Good night, Lorme." is said each evening
constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kHalfDay = 12 * kHour;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::int64_t kWeek = 7 * kDay;
// Of about one length: not one a cut of the other.
constexpr double kOneLength = 0.7;

using enum CopyAnswerKind;

std::string percent(double share) { return str_cat(static_cast<int>(share * 100 + 0.5), " %"); }

void add_what_else(const CopyEvidence& e, std::string* out) {
  if (e.shared_pictures > 0) str_append(out, "; ", e.shared_pictures, " picture(s) are the same");
  if (e.same_link) str_append(out, "; the same link");
}

std::string figures(const CopyEvidence& e) {
  std::string out = str_cat(percent(e.text.words_inside), " of the shorter one's words and ",
                            percent(e.text.shingles_inside), " of its three-word runs are in the longer one");
  add_what_else(e, &out);
  return out;
}

std::string figures(const CopyEvidence& e, const TextDiff& d) {
  std::string out =
      str_cat(percent(d.inside()), " of the shorter one's words are in the longer one in their order");
  if (d.replaced > 0) str_append(&out, "; ", d.replaced, " place(s) say something else");
  add_what_else(e, &out);
  return out;
}

// Two short texts of about one length are no cut of each other: "X is open again" and "Y is open again".
bool may_be_form(const TextMatch& t) { return t.words < kWordsOfTemplate && t.lengths >= kOneLength; }

// Thresholds from the labelled set in tests/processors/copies and from the retweet groups (decision 0013).
CopyVerdict decide_same_person(const CopyEvidence& e) {
  const TextMatch& t = e.text;
  if (!t.numbers_agree || e.seconds_apart > kWeek || t.words < kLeastWordsOfCopy) return {};
  double needed_words = 0.8;
  double needed_shingles = 0.6;
  if (!e.same_platform && !may_be_form(t) && e.seconds_apart <= kHalfDay) {
    needed_words = 0.7;
    needed_shingles = 0.33;
    if (e.shared_pictures > 0 || e.same_link) {
      needed_words = 0.5;
      needed_shingles = 0.15;
    }
  }
  if (t.words_inside < needed_words || t.shingles_inside < needed_shingles) return {};
  // A cut may drop names; two texts of about one length that each name another are a template, also under one
  // picture: a candle stands over every condolence.
  if (!t.names_agree && (t.lengths >= kOneLength || t.words_inside < 0.9)) return {};
  return {kFold, "cross-post",
          std::min(1.0, (t.words_inside + t.shingles_inside) / 2 + 0.1 * std::min(e.shared_pictures, 2)),
          figures(e)};
}

CopyVerdict decide_other_person(const CopyEvidence& e) {
  const TextMatch& t = e.text;
  if (!t.numbers_agree || !t.names_agree || t.words < kMinWordsOfOthers) return {};
  const bool near = t.similarity >= 0.5 && t.words_inside >= 0.75;
  const bool part = t.shingles_inside >= 0.8 && t.words_inside >= 0.9 && (t.same_start || t.lengths >= 0.5);
  if (!near && !part) return {};
  return {kFold, e.same_link ? "same-link" : "near-text", std::max(t.similarity, t.shingles_inside * 0.95),
          figures(e)};
}

CopyVerdict decide_exact(const CopyEvidence& e) {
  const std::string_view rule =
      e.same_person ? (e.same_platform ? "exact-text" : "cross-post") : "same-words";
  // The same good wishes on another day are said anew, and many people say them on one.
  const bool greeting = e.text.words < kGreetingWords;
  if (greeting && (e.seconds_apart > kHalfDay || (!e.same_person && e.bare))) return {};
  // "The agenda is online: …" leads to another one each week.
  if (e.other_link && e.seconds_apart > kHalfDay)
    return {kAsk, rule, 0.9, "word for word the same, with another link"};
  // "No casualties were reported last night."
  if (e.seconds_apart > kWeek) return {kAsk, rule, 0.9, "word for word the same, on another day"};
  return {kFold, rule, 1, "word for word the same"};
}

CopyAnswerKind verify_one_length(const CopyEvidence& e, const TextDiff& d) {
  if (d.spelled_numbers) return d.inside() >= 0.6 ? kAsk : kApart;
  if (d.replaced == 0) {
    const bool sure = d.inside() >= 0.8 && (d.shorter >= kLongText || (!d.alike_names && d.inserted == 0));
    return sure ? kFold : (d.inside() >= 0.6 ? kAsk : kApart);
  }
  // A word or two put better in a long text, on its way to another platform. In a short one it is another
  // matter in the same form; so it is where a name is another, and where one account says it anew.
  const bool on_its_way = e.seconds_apart <= kHalfDay && !e.same_platform;
  if (on_its_way && !d.other_names && d.shorter >= kLongText && d.replaced_words * 20 <= d.shorter &&
      d.inside() >= 0.9)
    return kFold;
  return d.inside() >= 0.75 ? kAsk : kApart;
}

CopyAnswerKind verify_shortened(const CopyEvidence& e, const TextDiff& d) {
  const bool soon = e.seconds_apart <= kHalfDay;
  if (d.spelled_numbers) return soon && d.inside() >= 0.5 ? kAsk : kApart;
  // Said again in a longer text days later: he quotes himself.
  if (!soon && d.lengths() < 0.3 && !d.same_start) return kAsk;
  // Hamlet and Faust are on under one banner.
  if (d.other_names && d.replaced > 0) return d.inside() >= 0.5 ? kAsk : kApart;
  const bool bound = e.shared_pictures > 0 || e.same_link;
  double needed = soon && !e.same_platform ? 0.7 : 0.85;
  if (soon && bound) needed = 0.5;
  if (d.inside() >= needed) return kFold;
  return soon && d.inside() >= 0.5 ? kAsk : kApart;
}

CopyVerdict verify_same_person(const CopyEvidence& e, const TextDiff& d) {
  if (e.seconds_apart > kWeek || d.shorter < kLeastWordsOfCopy || d.negated || d.other_numbers ||
      d.frame_numbers)
    return {};
  const CopyAnswerKind answer = d.lengths() >= kOneLength ? verify_one_length(e, d) : verify_shortened(e, d);
  if (answer == kApart) return {};
  return {answer, "cross-post", std::min(1.0, d.inside() + 0.05 * std::min(e.shared_pictures, 2)),
          figures(e, d)};
}

CopyVerdict verify_other_person(const CopyEvidence& e, const TextDiff& d) {
  const TextMatch& t = e.text;
  if (d.negated || d.other_numbers || d.frame_numbers || d.shorter < kMinWordsOfOthers || d.inside() < 0.75)
    return {};
  CopyAnswerKind answer = kAsk;
  if (d.lengths() >= 0.5) {
    if (d.replaced == 0 && (d.shorter >= kLongText || (!d.alike_names && d.inserted == 0))) answer = kFold;
  } else if (d.same_start && d.inside() >= 0.9 && (t.shorter_cut || d.shorter >= 25)) {
    answer = kFold;  // a short sentence inside another's text is quoted there
  }
  return {answer, e.same_link ? "same-link" : "near-text", d.inside() * 0.95, figures(e, d)};
}

// A page in two feeds: title and summary are cut and put together in other ways. Not its address alone: there
// are feeds whose every item leads to one page.
constexpr double kOfAPage = 0.5;

CopyVerdict same_page(double inside, std::string reason) {
  return {kFold, "same-link", std::max(0.8, inside), std::move(reason)};
}

}  // namespace

CopyVerdict decide(const CopyEvidence& e) {
  if (e.text.exact) return decide_exact(e);
  if (e.same_page && e.text.numbers_agree && e.text.words_inside >= kOfAPage)
    return same_page(e.text.words_inside, figures(e));
  if (e.text.similarity == 0) return {};
  return e.same_person ? decide_same_person(e) : decide_other_person(e);
}

bool is_worth_verifying(const CopyEvidence& e) {
  const TextMatch& t = e.text;
  if (t.exact || t.words < kLeastWordsOfCopy) return false;
  if (e.same_page && t.words_inside >= 0.3) return true;
  if (t.similarity == 0) return false;
  if (!e.same_person)
    return t.words >= kMinWordsOfOthers && (t.similarity >= 0.4 || t.shingles_inside >= 0.6 ||
                                            (t.words_inside >= 0.75 && t.shingles_inside >= 0.3));
  if (e.seconds_apart > kWeek) return false;
  return (t.words_inside >= 0.5 && t.shingles_inside >= 0.15) ||
         ((e.shared_pictures > 0 || e.same_link) && t.words_inside >= 0.4);
}

namespace {

CopyVerdict verify_words(const CopyEvidence& e, const TextDiff& d) {
  if (e.same_page && d.replaced == 0 && !d.negated && !d.other_numbers && d.inside() >= kOfAPage)
    return same_page(d.inside(), figures(e, d));
  return e.same_person ? verify_same_person(e, d) : verify_other_person(e, d);
}

}  // namespace

CopyVerdict verify(const CopyEvidence& e, const TextDiff& d) {
  if (e.text.exact) return decide_exact(e);
  CopyVerdict verdict = verify_words(e, d);
  // A red light and a green one over the same words.
  if (d.other_signs && verdict.folds()) verdict.answer = kAsk;
  return verdict;
}

CopyVerdict decide_by_picture(const CopyEvidence& e) {
  const bool shown_again = e.shared_pictures > 0 && e.same_person && !e.same_platform;
  const bool hardly_a_word = e.text.words < kLeastWordsOfCopy && (e.text.words == 0 || e.text.numbers_agree);
  if (!shown_again || !hardly_a_word || e.seconds_apart > kHalfDay) return {};
  return {kAsk, "picture", 0.5, "the same picture, and one of the two says hardly a word"};
}

bool contradicts(const TextDiff& d) {
  return d.negated || d.other_numbers || d.other_signs || (d.other_names && d.lengths() >= kOneLength);
}

std::string_view name_of(CopyAnswerKind answer) {
  return answer == kFold ? "fold" : (answer == kAsk ? "ask" : "apart");
}

}  // namespace copytaster
