#include "processors/fingerprint.h"

#include <algorithm>
#include <bit>
#include <memory>
#include <utility>

#include "core/processor.h"
#include "core/strings.h"
#include "processors/shingle.h"
#include "processors/steps.h"

namespace copytaster {
namespace {

constexpr std::uint32_t kLeadWords = 6;
// "Merci à tous!" says the same in many mouths without being a copy.
constexpr std::uint32_t kMinWordsForExact = 4;
constexpr std::uint64_t kOrder = 0x9e3779b97f4a7c15ULL;  // odd: no word's place is lost

// Distinct 16-bit hashes by marking bits: no sorting, and reading them out is in ascending order. A second
// level says which words of bits are in use, so that a short text does not pay for all of them.
class WordBits {
 public:
  bool set(std::uint16_t hash) {
    std::uint64_t& word = bits_[hash >> 6];
    const std::uint64_t bit = std::uint64_t{1} << (hash & 63);
    const bool added = (word & bit) == 0;
    word |= bit;
    used_[hash >> 12] |= std::uint64_t{1} << (hash >> 6 & 63);
    return added;
  }
  template <std::size_t Capacity>
  void read_and_clear(HashSet16<Capacity>& out) {
    for (std::size_t i = 0; i < used_.size(); ++i) {
      for (std::uint64_t used = std::exchange(used_[i], 0); used != 0; used &= used - 1) {
        const std::size_t at = i * 64 + static_cast<std::size_t>(std::countr_zero(used));
        read_word(std::exchange(bits_[at], 0), at * 64, out);
      }
    }
  }

 private:
  template <std::size_t Capacity>
  static void read_word(std::uint64_t word, std::size_t first, HashSet16<Capacity>& out) {
    for (; word != 0 && out.size < Capacity; word &= word - 1) {
      out.values[out.size++] =
          static_cast<std::uint16_t>(first + static_cast<std::size_t>(std::countr_zero(word)));
    }
  }

  std::array<std::uint64_t, 1024> bits_ = {};
  std::array<std::uint64_t, 16> used_ = {};
};

template <std::size_t Capacity>
void insert(HashSet16<Capacity>& set, std::uint16_t hash) {
  const auto end = set.values.begin() + set.size;
  const auto place = std::lower_bound(set.values.begin(), end, hash);
  if ((place != end && *place == hash) || set.size == Capacity) return;
  std::move_backward(place, end, end + 1);
  *place = hash;
  ++set.size;
}

template <std::size_t Capacity>
void to_bytes(const HashSet16<Capacity>& set, std::string* out) {
  out->resize(set.size * std::size_t{2});
  char* at = out->data();
  for (const std::uint16_t hash : set.view()) {
    *at++ = static_cast<char>(hash & 0xff);
    *at++ = static_cast<char>(hash >> 8);
  }
}

template <std::size_t Capacity>
void from_bytes(std::string_view bytes, HashSet16<Capacity>& set) {
  for (std::size_t i = 0; i + 1 < bytes.size() && set.size < Capacity; i += 2) {
    const auto low = static_cast<unsigned char>(bytes[i]);
    const auto high = static_cast<unsigned char>(bytes[i + 1]);
    const auto hash = static_cast<std::uint16_t>(low | (high << 8));
    // As to_bytes() wrote them they ascend.
    if (set.size == 0 || set.values[set.size - 1] < hash) {
      set.values[set.size++] = hash;
    } else {
      insert(set, hash);
    }
  }
}

class SketchMaker {
 public:
  void begin() {
    sketch_ = Sketch();
    minhash_ = MinHash();
    shingles_ = Shingles();
    exact_ = 0;
    count_ = 0;
  }
  void add(std::string_view text) {
    WordReader reader(text, Counter::kKept);
    if (reader.signs() != 0) exact_ = mix64(exact_ + reader.signs());
    sketch_.cut = reader.cut();
    std::uint64_t shingle = 0;
    for (TextWord word; reader.next(word);) {
      // Each waits for the one before: one multiplication, and mixed thoroughly where it is used.
      exact_ = exact_ * kOrder + word.hash;
      if (++count_ == kLeadWords) sketch_.lead = static_cast<std::uint32_t>(mix64(exact_) >> 32) | 1;
      if (shingles_.add(word.hash, &shingle)) minhash_.add(shingle);
      const auto hash = static_cast<std::uint16_t>(word.hash >> 48);
      sketch_.words += bits_.set(hash) ? 1U : 0U;
      if (word.number) insert(sketch_.number_hashes, hash);
      if (word.name) insert(sketch_.name_hashes, hash);
    }
  }
  Sketch finish() {
    std::uint64_t shingle = 0;
    if (shingles_.rest(&shingle)) minhash_.add(shingle);
    bits_.read_and_clear(sketch_.word_hashes);
    if (count_ >= kMinWordsForExact) sketch_.exact = std::max<std::uint64_t>(mix64(exact_), 1);
    sketch_.shingles = minhash_.shingles();
    sketch_.signature = minhash_.finish();
    return sketch_;
  }

 private:
  WordBits bits_;
  MinHash minhash_;
  Shingles shingles_;
  Sketch sketch_;
  std::uint64_t exact_ = 0;
  std::uint32_t count_ = 0;
};

// The title stands in front unless the text begins with it; without either, the summary is the text.
Sketch sketch_of_item(const Item& item) {
  const std::string_view title = strip_space(item.title());
  if (item.text().empty()) return sketch_of("", title.empty() ? std::string_view(item.summary()) : title);
  if (std::string_view(item.text()).starts_with(title)) return sketch_of("", item.text());
  return sketch_of(title, item.text());
}

void write(const Sketch& sketch, Fingerprint* out) {
  out->set_exact(sketch.exact);
  out->clear_minhash();
  if (!sketch.signature.empty) {
    out->mutable_minhash()->Add(sketch.signature.bands.begin(), sketch.signature.bands.end());
  }
  out->set_shingles(sketch.shingles);
  out->set_words(sketch.words);
  out->set_lead(sketch.lead);
  to_bytes(sketch.word_hashes, out->mutable_word_hashes());
  to_bytes(sketch.number_hashes, out->mutable_number_hashes());
  to_bytes(sketch.name_hashes, out->mutable_name_hashes());
  out->set_cut(sketch.cut);
}

class FingerprintStep final : public Processor {
 public:
  const StepSpec& spec() const override {
    static constexpr StepSpec kSpec = {"fingerprint", "Hashes of the words, to find copies by",
                                       "fingerprint"};
    return kSpec;
  }
  absl::Status process(Item& item, const Context&) const override {
    write(sketch_of_item(item), item.mutable_fingerprint());
    return absl::OkStatus();
  }
};

}  // namespace

Sketch sketch_of(std::string_view title, std::string_view text) {
  thread_local SketchMaker maker;
  maker.begin();
  if (!title.empty()) maker.add(title);
  maker.add(text);
  return maker.finish();
}

Fingerprint to_fingerprint(const Sketch& sketch) {
  Fingerprint out;
  write(sketch, &out);
  return out;
}

Sketch to_sketch(const Fingerprint& fingerprint) {
  Sketch sketch;
  sketch.exact = fingerprint.exact();
  sketch.shingles = fingerprint.shingles();
  sketch.words = fingerprint.words();
  sketch.lead = fingerprint.lead();
  sketch.cut = fingerprint.cut();
  if (fingerprint.minhash_size() == static_cast<int>(Signature::kBands)) {
    std::copy(fingerprint.minhash().begin(), fingerprint.minhash().end(), sketch.signature.bands.begin());
    sketch.signature.empty = false;
  }
  from_bytes(fingerprint.word_hashes(), sketch.word_hashes);
  from_bytes(fingerprint.number_hashes(), sketch.number_hashes);
  from_bytes(fingerprint.name_hashes(), sketch.name_hashes);
  return sketch;
}

std::unique_ptr<Processor> make_fingerprint_step() { return std::make_unique<FingerprintStep>(); }

}  // namespace copytaster
