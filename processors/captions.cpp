// What is in each picture, in somebody's own words: every candidate, best first, with its origin.
//
// The order: the platform's per-photo description and a site's figcaption were written for this picture
// to be read under it; the file's own caption was written by its photographer; alt text tells what is to be
// seen, not what happens; a sentence of the post comes last, because we only infer that it means the picture.
// Behind them all stands what a machine read in it: words in a picture are seldom words about it.
#include <algorithm>
#include <bit>
#include <string>

#include "core/strings.h"
#include "core/text.h"
#include "processors/attribution_labels.h"
#include "processors/captions_boilerplate.h"
#include "processors/captions_pointing.h"
#include "processors/language_detect.h"
#include "processors/metadata_text.h"
#include "processors/rules_tables.h"
#include "processors/steps.h"
#include "processors/word_sentences.h"

namespace copytaster {
namespace {

constexpr StepSpec kSpec = {
    .name = "captions",
    .summary = "Collects every caption candidate of each picture with its origin and language, best first",
    .writes = "media.captions",
};
constexpr std::size_t kLongestSentence = 400;  // bytes of a sentence of the post offered as a caption
constexpr std::size_t kShortestSentence = 12;
constexpr std::size_t kMostSentences = 3;

struct Sentence {
  Span span;
  float confidence;
  std::size_t picture = 0;  // of one alone: 1 for the first; 0: of any
};

// The sentences of the post that describe its pictures: at most three, and those that say which they mean.
void describing_sentences(const Item& item, const Rules& rules, std::vector<Sentence>* out) {
  out->clear();
  const std::string& text = item.text();
  const LanguageSet languages = language_bit(item.language());
  static thread_local std::vector<PhotoLabel> labels;
  find_photo_labels(text, languages, rules.tables().places, &labels);
  const WordScan& scan = scan_words(text);
  for (const PhotoLabel& label : labels) {
    const std::size_t size = label.content.end - label.content.begin;
    if (label.strong || !(label.credit == Span{}) || size < kShortestSentence || size > kLongestSentence)
      continue;
    if (are_elsewhere(scan, scan.first_word_from(label.content.begin), label.content.end)) continue;
    if (label.pictures > 0) {
      out->push_back({label.content, 0.75F, static_cast<std::size_t>(std::countr_zero(label.pictures)) + 1});
    } else if (out->size() < kMostSentences) {
      out->push_back({label.content, 0.65F});
    }
  }
  bool points = false;
  for (std::size_t i = 0; i < scan.words.size() && !points; ++i) {
    points = points_at(scan, i, languages).words > 0;
  }
  if (!points) return;
  static thread_local std::vector<Span> sentences;
  split_sentences(text, &sentences);
  for (const Span& sentence : sentences) {
    if (out->size() >= kMostSentences) return;
    const std::size_t size = sentence.end - sentence.begin;
    if (size < kShortestSentence || size > kLongestSentence) continue;
    const bool within = std::any_of(out->begin(), out->end(), [&](const Sentence& have) {
      return have.span.begin < sentence.end && sentence.begin < have.span.end;
    });
    if (within) continue;
    for (std::size_t i = scan.first_word_from(sentence.begin);
         i < scan.words.size() && scan.words[i].end <= sentence.end; ++i) {
      const PointsAt said = points_at(scan, i, languages);
      if (said.words == 0) continue;
      out->push_back({sentence, said.picture > 0 ? 0.72F : 0.6F, said.picture});
      break;
    }
  }
}

// A poster's or a letter's words are none, nor is a sign's one word.
bool may_be_caption(std::string_view read) {
  return read.size() >= kShortestSentence && read.size() <= kLongestSentence &&
         strip_space(read).find_first_of(" \n") != std::string_view::npos;
}

class Candidates {
 public:
  Candidates(Media* media, std::string_view item_id, std::string_view item_language)
      : media_(media), item_id_(item_id), language_(item_language) {
    media_->clear_captions();
  }

  Caption* add(std::string_view text, std::string_view origin, float confidence) {
    const std::string line = is_technical_list(text) ? "" : collapse_space(printable_text(text));
    if (line.empty() || is_caption_boilerplate(line) || have(line)) return nullptr;
    return put(line, origin, confidence);
  }

  void add_sentence(std::string_view post, const Sentence& sentence, float confidence) {
    const std::string_view text = post.substr(sentence.span.begin, sentence.span.end - sentence.span.begin);
    if (is_caption_boilerplate(text) || have(text)) return;
    Caption* caption = put(text, "post-sentence", confidence);
    caption->set_begin(static_cast<std::uint32_t>(sentence.span.begin));
    caption->set_end(static_cast<std::uint32_t>(sentence.span.end));
  }

  void sort() {
    std::stable_sort(media_->mutable_captions()->begin(), media_->mutable_captions()->end(),
                     [](const Caption& a, const Caption& b) { return a.confidence() > b.confidence(); });
  }

 private:
  Caption* put(std::string_view text, std::string_view origin, float confidence) {
    Caption* caption = media_->add_captions();
    caption->set_text(std::string(text));
    caption->set_origin(std::string(origin));
    caption->set_confidence(confidence);
    caption->set_item_id(std::string(item_id_));
    // What a file says was written by its photographer, seldom for this post.
    const bool others =
        origin == "iptc" || origin == "xmp" || origin == "exif" || origin == "embedded" || origin == "ocr";
    caption->set_language(detect_language(text, others ? "" : language_, language_).code);
    return caption;
  }

  // The same words under another origin say nothing new.
  [[nodiscard]] bool have(std::string_view text) const {
    return std::any_of(media_->captions().begin(), media_->captions().end(),
                       [&](const Caption& caption) { return equals_ignore_case(caption.text(), text); });
  }

  Media* media_;
  std::string_view item_id_;
  std::string_view language_;
};

// `number` counts the post's pictures from 1.
void fill(Media* media, std::size_t number, const Item& item, std::string_view item_id, const Rules& rules,
          const std::vector<Sentence>& sentences) {
  Candidates candidates(media, item_id, item.language());
  const bool site = item.platform() == "feed";
  const auto printed = [&](const std::string& text) {
    return part_caption(text, language_bit(item.language()), rules.tables().places).caption;
  };
  candidates.add(printed(media->caption()), site ? "figcaption" : "description", site ? 0.9F : 0.95F);
  // Pictures inspected before it was kept do not tell which standard their caption stood in.
  const std::string& from = media->embedded().caption_from();
  candidates.add(printed(media->embedded().caption()), from.empty() ? "embedded" : from, 0.8F);
  for (const EmbeddedCaption& other : media->embedded().other_captions())
    candidates.add(printed(other.text()), other.from(), 0.55F);
  candidates.add(media->alt_text(), "alt", 0.7F);
  for (const Sentence& sentence : sentences) {
    if (sentence.picture > 0 && sentence.picture != number) continue;
    const bool sure = item.media_size() == 1 || sentence.picture > 0;
    candidates.add_sentence(item.text(), sentence, sure ? sentence.confidence : sentence.confidence * 0.7F);
  }
  candidates.add(media->embedded().headline(), "embedded", 0.5F);
  candidates.add(media->embedded().alt_text(), "xmp", 0.45F);  // no other standard has it
  if (may_be_caption(media->read_text())) candidates.add(media->read_text(), "ocr", 0.2F);
  candidates.sort();
}

class CaptionsStep final : public Processor {
 public:
  [[nodiscard]] const StepSpec& spec() const override { return kSpec; }

  absl::Status process(Item& item, const Context& context) const override {
    static thread_local std::vector<Sentence> sentences;
    sentences.clear();
    if (item.media_size() > 0) describing_sentences(item, *context.rules, &sentences);
    for (int i = 0; i < item.media_size(); ++i)
      fill(item.mutable_media(i), static_cast<std::size_t>(i) + 1, item, item.id(), *context.rules,
           sentences);
    for (Related* related : {item.has_repost_of() ? item.mutable_repost_of() : nullptr,
                             item.has_quote_of() ? item.mutable_quote_of() : nullptr}) {
      if (related == nullptr) continue;
      for (Media& media : *related->mutable_media())
        fill(&media, 0, item, related->item_id(), *context.rules, {});
    }
    return absl::OkStatus();
  }
};

}  // namespace

std::unique_ptr<Processor> make_captions_step() { return std::make_unique<CaptionsStep>(); }

}  // namespace copytaster
