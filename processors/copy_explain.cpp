#include "processors/copy_explain.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

#include "core/item.h"
#include "core/json.h"
#include "core/strings.h"
#include "core/time.h"
#include "core/told_date.h"
#include "core/url.h"
#include "processors/dedupe.h"
#include "processors/fingerprint.h"
#include "processors/picture_match.h"

namespace copytaster {
namespace {

std::string percent(double share) { return str_cat(static_cast<int>(share * 100 + 0.5), " %"); }

// Nothing finer than days is known of two posts where the time of day of one is not.
bool knows_times(const CopyExplanation& e) { return !e.items[0].day_only() && !e.items[1].day_only(); }

std::int64_t days_apart(const CopyExplanation& e) {
  const auto day = [](const Item& item) {
    return absl::ToCivilDay(absl::FromUnixSeconds(traits_of(item).seconds), absl::UTCTimeZone());
  };
  return std::abs(day(e.items[0]) - day(e.items[1]));
}

std::string days(std::int64_t number) {
  if (number == 0) return "on one day";
  return str_cat(number, number == 1 ? " day apart" : " days apart");
}

std::string hours(std::int64_t seconds) {
  if (seconds < 3600) return str_cat((seconds + 30) / 60, " min");
  return str_cat((seconds + 1800) / 3600, " h");
}

struct PicturesMet {
  int same = 0;
  int evidence = 0;              // of these, such as dedupe counts
  int nearest = -1;              // the least distance between two upright ones; -1: none can be compared
  std::vector<std::string> how;  // of those that are the same
};

std::string told(const PictureMatch& match) {
  std::string out(words_of(match.likeness));
  if (match.likeness == PictureLikeness::kSame || match.likeness == PictureLikeness::kTurned)
    str_append(&out, " (", match.distance, " of 256 bits differ)");
  if (match.likeness == PictureLikeness::kCut)
    str_append(&out, " (", percent(match.agreement), " agreement in what both show)");
  return out;
}

// Each with each takes up to a millisecond a pair.
constexpr int kMostPictures = 24;

// Those of `a` that `b` shows too.
PicturesMet meet(const Item& a, const Item& b) {
  PicturesMet met;
  for (int i = 0; i < std::min(a.media_size(), kMostPictures); ++i) {
    const Media& one = a.media(i);
    std::optional<PictureMatch> best;
    for (int k = 0; k < std::min(b.media_size(), kMostPictures); ++k) {
      const Media& other = b.media(k);
      const auto bits = pdq_bits(one.pdq().hash()), other_bits = pdq_bits(other.pdq().hash());
      if (std::min(one.pdq().quality(), other.pdq().quality()) >= kLeastPictureQuality && bits &&
          other_bits) {
        const int distance = pdq_distance(*bits, *other_bits);
        if (met.nearest < 0 || distance < met.nearest) met.nearest = distance;
      }
      // Which of them came first is not known here; a part is looked for either way.
      auto match = compare_pictures(one, other);
      if (!match) match = compare_pictures(other, one);
      if (match && (!best || match->likeness < best->likeness)) best = match;
    }
    if (!best) continue;
    ++met.same;
    if (may_be_evidence(one)) ++met.evidence;
    met.how.push_back(told(*best));
  }
  return met;
}

// As dedupe gathers it when the later one comes.
CopyEvidence evidence_of(const Item& a, const Item& b, const PicturesMet& met) {
  const PostTraits one = traits_of(a), other = traits_of(b);
  const Sketch sketch = to_sketch(a.fingerprint()), other_sketch = to_sketch(b.fingerprint());
  CopyEvidence evidence;
  evidence.text = match_texts(view_of(sketch), view_of(other_sketch));
  evidence.same_person = one.person == other.person;
  evidence.same_platform = one.platform == other.platform;
  evidence.same_link = one.link != 0 && one.link == other.link;
  evidence.same_page = evidence.same_link && one.feed && other.feed;
  evidence.other_link = !evidence.same_link && one.link != 0 && other.link != 0 && evidence.same_platform;
  evidence.bare = is_bare(one.seconds < other.seconds ? b : a);
  evidence.seconds_apart = std::abs(one.seconds - other.seconds);
  const bool counts = evidence.text.words_inside > 0.3 || evidence.text.words < kLeastWordsOfCopy;
  evidence.shared_pictures = evidence.same_person && counts ? met.evidence : 0;
  return evidence;
}

// With how many of the shorter one's words in the longer one, in order and all else being as it is, the rules
// would give this answer: asked of verify() itself. nullopt: with none.
std::optional<std::uint32_t> least_common(const CopyEvidence& e, const TextDiff& diff, CopyAnswerKind least) {
  TextDiff guess = diff;
  for (guess.common = 0; guess.common <= diff.shorter; ++guess.common) {
    if (verify(e, guess).answer >= least) return guess.common;
  }
  return std::nullopt;
}

std::string needs(const CopyEvidence& e, const TextDiff& d) {
  const auto from = [&](std::uint32_t words) {
    return str_cat("from ", words, " of the ", d.shorter, " words on (",
                   percent(double(words) / std::max(d.shorter, 1U)), ")");
  };
  const auto fold = least_common(e, d, CopyAnswerKind::kFold);
  const auto ask = least_common(e, d, CopyAnswerKind::kAsk);
  std::string out = fold ? str_cat("folded ", from(*fold)) : "not folded whatever share they have in common";
  if (ask && ask != fold) str_append(&out, ", asked about ", from(*ask));
  return out;
}

// Whether it comes to the texts themselves.
bool is_compared(const CopyEvidence& e) { return is_worth_verifying(e) || decide(e).folds(); }

class Explainer {
 public:
  Explainer(const CopyVerdict& rules, CopyExplanation* out) : rules_(rules), out_(*out) {}

  void run(const PicturesMet& met) {
    person();
    reshare();
    exact();
    link();
    words();
    objections();
    pictures(met);
  }

 private:
  void add(std::string_view rule, bool holds, std::string why) {
    out_.rules.push_back({std::string(rule), holds, std::move(why)});
  }

  [[nodiscard]] bool folds_by(std::string_view rule) const { return rules_.folds() && rules_.rule == rule; }

  [[nodiscard]] std::string apart() const {
    return knows_times(out_) ? str_cat(hours(out_.evidence.seconds_apart), " apart") : days(days_apart(out_));
  }

  void person() {
    if (!out_.editor) return;
    add("editor", out_.editor->same,
        str_cat(out_.editor->by, out_.editor->same ? " has said that they are one statement"
                                                   : " has said that they are not one statement"));
  }

  void reshare() {
    const Item& a = out_.items[0];
    const Item& b = out_.items[1];
    const bool passes = a.repost_of().item_id() == b.id() || b.repost_of().item_id() == a.id();
    const bool both = !a.repost_of().item_id().empty() && a.repost_of().item_id() == b.repost_of().item_id();
    add("reshare", folds_by("reshare"),
        passes ? "the platform says that the one passes the other on"
               : (both ? "both pass the same post on"
                       : "the platform says of neither that it passes the other on"));
  }

  void exact() {
    const CopyEvidence& e = out_.evidence;
    std::string why = "the words differ";
    if (e.text.exact) {
      why = "word for word the same";
      if (!rules_.folds())
        str_append(&why, ", which alone does not fold ", e.text.words, " words, ", apart());
    }
    add("exact-text", folds_by("exact-text"), why);
    add("same-words", folds_by("same-words"), str_cat(why, e.same_person ? ", one person" : ", two people"));
  }

  void link() {
    add("same-link", folds_by("same-link"),
        out_.evidence.same_link ? "the same canonical address" : "no address in common");
  }

  void words() {
    const CopyEvidence& e = out_.evidence;
    const TextMatch& t = e.text;
    const TextDiff& d = out_.diff;
    std::string had =
        str_cat(percent(d.inside()), " of the shorter one's ", d.shorter, " words stand in the longer one (",
                d.longer, " words) in their order, ", d.replaced, " place(s) say something else; by hashes ",
                percent(t.words_inside), " of the words, ", percent(t.shingles_inside),
                " of the three-word runs, similarity ", percent(t.similarity));
    if (!t.exact) {
      str_append(&had, "; as they are: ",
                 is_compared(e) ? needs(e, d) : "too little in common to lay their texts beside each other");
    }
    add("cross-post", folds_by("cross-post"),
        str_cat(e.same_person ? "one person, " : "two people, ", apart(), "; ", had));
    add("near-text", folds_by("near-text"), str_cat(e.same_person ? "one person; " : "two people; ", had));
  }

  // What keeps posts apart however much they have in common.
  void objections() {
    const TextDiff& d = out_.diff;
    add("other-numbers", d.other_numbers || d.frame_numbers,
        d.other_numbers || d.frame_numbers
            ? "a number stands where the other has another one or none: these are two pieces of news"
            : "no number contradicts another");
    add("negated", d.negated,
        d.negated ? "only one of them says \"not\"" : "neither says \"not\" where the other does not");
    names();
    add("other-signs", d.other_signs,
        d.other_signs
            ? "a light, tick, arrow, currency or the like is another one: an editor is asked at least"
            : "no sign says the opposite of another");
    add("words-put-in", d.inserted > 0,
        d.inserted > 0
            ? str_cat(d.inserted, " word(s) stand inside a sentence that the other has without them")
            : "nothing is put into a sentence of both");
  }

  void names() {
    const TextDiff& d = out_.diff;
    std::string why = "no name stands in another one's place";
    if (d.other_names) {
      why = d.caseless ? "other words stand in one place, and in this script a name looks like any word"
                       : "a name stands where the other has another one";
    } else if (d.alike_names) {
      why = "a name differs by a letter or an ending: the same, or another one";
    }
    add("other-names", d.other_names || d.alike_names, why);
  }

  void pictures(const PicturesMet& met) {
    std::string why = "no pictures that can be compared";
    if (met.same > 0) {
      why = str_cat(met.same, " picture(s) are one photograph: ");
      for (std::size_t i = 0; i < met.how.size(); ++i) str_append(&why, i == 0 ? "" : "; ", met.how[i]);
    } else if (met.nearest >= 0) {
      why = str_cat("no two are one photograph; the nearest two differ in ", met.nearest,
                    " of 256 bits (at most ", kSamePictureDistance, ")");
    }
    add("picture", met.same > 0, std::move(why));
  }

  const CopyVerdict& rules_;
  CopyExplanation& out_;
};

CopyVerdict verdict_of(const CopyExplanation& e) {
  const Item& a = e.items[0];
  const Item& b = e.items[1];
  const std::string& passed_on = a.repost_of().item_id();
  if (passed_on == b.id() || b.repost_of().item_id() == a.id())
    return {CopyAnswerKind::kFold, "reshare", 1, "the platform says that the one passes the other on"};
  if (!passed_on.empty() && passed_on == b.repost_of().item_id())
    return {CopyAnswerKind::kFold, "reshare", 1, "the platform says that both pass the same post on"};
  CopyVerdict verdict;
  if (e.evidence.text.exact) {
    verdict = decide(e.evidence);
  } else if (is_compared(e.evidence)) {
    verdict = verify(e.evidence, e.diff);
  }
  return verdict.answer == CopyAnswerKind::kApart ? decide_by_picture(e.evidence) : verdict;
}

void write_figures(JsonWriter& json, const CopyExplanation& explanation) {
  const CopyEvidence& e = explanation.evidence;
  const TextDiff& d = explanation.diff;
  const TextMatch& t = e.text;
  json.key("figures").begin_object();
  json.member("words_inside", t.words_inside).member("shingles_inside", t.shingles_inside);
  json.member("similarity", t.similarity).member("same_person", e.same_person);
  json.member("same_platform", e.same_platform).member("same_link", e.same_link);
  json.member("shared_pictures", e.shared_pictures);
  if (knows_times(explanation)) {
    json.member("hours_apart", static_cast<double>(e.seconds_apart) / 3600);
  } else {
    json.member("days_apart", days_apart(explanation));
  }
  json.member("numbers_agree", !d.other_numbers).member("names_agree", t.names_agree);
  json.member("same_start", t.same_start).member("lengths", d.lengths());
  json.member("in_order", d.inside()).member("replaced", std::uint64_t{d.replaced});
  json.member("negated", d.negated).end_object();
}

// "Anna Kovacs on mastodon"; of a site's own posts, "city.example": nobody is named there.
std::string who_and_where(const Item& item) {
  if (!item.author().name().empty()) return str_cat(item.author().name(), " on ", item.platform());
  const auto url = parse_url(item.url());
  return url.has_value() ? url->host : str_cat("nobody named on ", item.platform());
}

}  // namespace

CopyExplanation explain_copies(const Item& a, const Item& b, std::string_view root_a, std::string_view root_b,
                               const CopyJudgement* editor) {
  CopyExplanation out;
  out.items[0] = a;
  out.items[1] = b;
  if (root_a == root_b) out.shown = std::string(root_a);
  if (editor != nullptr) out.editor = *editor;
  const bool in_order = traits_of(a).seconds < traits_of(b).seconds;
  const PicturesMet met = in_order ? meet(b, a) : meet(a, b);
  out.evidence = evidence_of(a, b, met);
  out.diff = diff_statements(a, b);
  const CopyVerdict rules = verdict_of(out);
  out.verdict = rules;
  if (editor != nullptr)
    out.verdict = {editor->same ? CopyAnswerKind::kFold : CopyAnswerKind::kApart, "editor", 1,
                   "an editor has said so"};
  Explainer(rules, &out).run(met);
  return out;
}

std::string to_json(const CopyExplanation& e) {
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  for (const Item& item : e.items) {
    json.begin_object().member("id", item.id()).member("name", item.author().name());
    json.member("platform", item.platform());
    if (is_dated(item)) json.member("at", format_rfc3339(to_time(item.created_at())));
    if (item.day_only()) json.member("day_only", true);
    json.member("words", std::uint64_t{item.fingerprint().words()}).member("shown", e.shown == item.id());
    json.end_object();
  }
  json.end_array().member("folded", !e.shown.empty()).member_if("shown", e.shown);
  json.member("answer", name_of(e.verdict.answer)).member_if("rule", e.verdict.rule);
  json.member("score", e.verdict.score).member_if("reason", e.verdict.reason);
  if (e.editor) {
    json.key("editor").begin_object().member("by", e.editor->by);
    json.member("at", format_rfc3339(e.editor->at)).member("same", e.editor->same).end_object();
  }
  write_figures(json, e);
  json.key("rules").begin_array();
  for (const ExplainedRule& rule : e.rules) {
    json.begin_object()
        .member("rule", rule.rule)
        .member("holds", rule.holds)
        .member("why", rule.why)
        .end_object();
  }
  return json.end_array().end_object().text();
}

std::string to_text(const CopyExplanation& e) {
  std::string out;
  for (const Item& item : e.items) {
    str_append(&out, item.id(), "\n  ", who_and_where(item), is_dated(item) ? ", " : "",
               is_dated(item) ? created_at_text(item) : "", ", ", item.fingerprint().words(),
               " different words", e.shown == item.id() ? "; shown for both" : "", "\n");
  }
  str_append(&out, e.shown.empty() ? "They are not folded together."
                                   : str_cat("They are folded under ", e.shown, "."));
  const std::string_view answer = name_of(e.verdict.answer);
  str_append(&out, "\nToday's rules say: ", answer == "ask" ? "ask an editor" : answer,
             e.verdict.rule.empty() ? "" : str_cat(" (", e.verdict.rule, ", ", percent(e.verdict.score), ")"),
             e.verdict.reason.empty() ? "" : str_cat(": ", e.verdict.reason), "\n\n");
  for (const ExplainedRule& rule : e.rules)
    str_append(&out, rule.holds ? "  holds  " : "  no     ", rule.rule, ": ", rule.why, "\n");
  return out;
}

}  // namespace copytaster
