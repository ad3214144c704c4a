// What is in each picture, in somebody's own words: every candidate, best first, with its origin.
//
// The order: the platform's per-photo description and a site's figcaption were written for this picture
// to be read under it; the file's own caption was written by its photographer; alt text tells what is to be
// seen, not what happens; a sentence of the post comes last, because we only infer that it means the picture.
#include <algorithm>
#include <string>

#include "core/strings.h"
#include "core/text.h"
#include "processors/attribution_labels.h"
#include "processors/captions_boilerplate.h"
#include "processors/language_detect.h"
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
constexpr std::size_t kMostSentences = 3;

// Words by which a sentence points at the picture above it.
const PhraseTable& pointing_table() {
  static const PhraseTable kTable = make_phrase_table(
      {{1,
        {{"en",
          "in the photo|in this photo|in the photos|in the picture|in this picture|on the photo|in the "
          "image|pictured|pictured here|"
          "left to right|l to r|from left|from the left|from right|from the right|photo shows|picture "
          "shows|seen here"},
         {"fr",
          "sur la photo|sur cette photo|sur les photos|sur l'image|sur cette image|de gauche à droite|en "
          "partant de la gauche|"
          "en partant de la droite|à partir de la gauche|en photo|ici en photo|de g à d"},
         {"uk",
          "на фото|на цьому фото|на світлині|на світлинах|на знімку|на фотографії|зліва направо|зліва на "
          "право|крайній зліва|"
          "крайня зліва|крайній справа|крайня справа|зліва|справа"},
         {"de",
          "auf dem foto|auf dem bild|auf diesem foto|auf diesem bild|auf den fotos|im bild|v l n r|von "
          "links|von rechts|"
          "von links nach rechts|das foto zeigt|das bild zeigt"},
         {"es",
          "en la foto|en esta foto|en las fotos|en la imagen|en esta imagen|de izquierda a derecha|por la "
          "izquierda|por la derecha|"
          "desde la izquierda"},
         {"it",
          "nella foto|in questa foto|nelle foto|in foto|nell'immagine|da sinistra|da destra|da sinistra a "
          "destra"},
         {"pl",
          "na zdjęciu|na tym zdjęciu|na zdjęciach|na fotografii|od lewej|od prawej|zdjęcie przedstawia"},
         {"pt",
          "na foto|nesta foto|nas fotos|na fotografia|na imagem|nesta imagem|da esquerda para a direita|a "
          "contar da esquerda|"
          "a partir da esquerda"},
         {"nl",
          "op de foto|op deze foto|op de foto's|op de afbeelding|van links naar rechts|v l n r|vanaf "
          "links|van links"},
         {"el",
          "στη φωτογραφία|στη φωτό|στις φωτογραφίες|στην εικόνα|από αριστερά|από δεξιά|από αριστερά προς τα "
          "δεξιά"}}}});
  return kTable;
}

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
  for (const PhotoLabel& label : labels) {
    const std::size_t size = label.content.end - label.content.begin;
    if (label.strong || !(label.credit == Span{}) || size < 12 || size > kLongestSentence) continue;
    if (label.picture > 0) {
      out->push_back({label.content, 0.75F, label.picture});
    } else if (out->size() < kMostSentences) {
      out->push_back({label.content, 0.65F});
    }
  }
  const WordScan& scan = scan_words(text);
  bool points = false;
  for (std::size_t i = 0; i < scan.words.size() && !points; ++i) {
    points = list_match(pointing_table(), scan, i, languages).words > 0;
  }
  if (!points) return;
  static thread_local std::vector<Span> sentences;
  split_sentences(text, &sentences);
  for (const Span& sentence : sentences) {
    if (out->size() >= kMostSentences) return;
    const std::size_t size = sentence.end - sentence.begin;
    if (size < 12 || size > kLongestSentence) continue;
    const bool within = std::any_of(out->begin(), out->end(), [&](const Sentence& have) {
      return have.span.begin < sentence.end && sentence.begin < have.span.end;
    });
    if (within) continue;
    for (std::size_t i = scan.first_word_from(sentence.begin);
         i < scan.words.size() && scan.words[i].end <= sentence.end; ++i) {
      if (list_match(pointing_table(), scan, i, languages).words == 0) continue;
      out->push_back({sentence, 0.6F});
      break;
    }
  }
}

class Candidates {
 public:
  Candidates(Media* media, std::string_view item_id, std::string_view item_language)
      : media_(media), item_id_(item_id), language_(item_language) {
    media_->clear_captions();
  }

  Caption* add(std::string_view text, std::string_view origin, float confidence) {
    const std::string line = collapse_space(text);
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
    caption->set_language(detect_language(text, language_).code);
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
  const EmbeddedMetadata& embedded = media->embedded();
  candidates.add(printed(embedded.caption()),
                 embedded.caption_from().empty() ? "embedded" : embedded.caption_from(), 0.8F);
  candidates.add(media->alt_text(), "alt", 0.7F);
  for (const Sentence& sentence : sentences) {
    if (sentence.picture > 0 && sentence.picture != number) continue;
    const bool sure = item.media_size() == 1 || sentence.picture > 0;
    candidates.add_sentence(item.text(), sentence, sure ? sentence.confidence : sentence.confidence * 0.7F);
  }
  candidates.add(media->embedded().headline(), "embedded", 0.5F);
  candidates.add(media->embedded().alt_text(), "embedded", 0.45F);
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
