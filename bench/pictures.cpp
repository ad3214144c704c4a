#include "bench/pictures.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>

#include "bench/process_cost.h"
#include "core/copytaster.pb.h"
#include "core/strings.h"
#include "processors/picture_facts.h"
#include "processors/picture_index.h"
#include "processors/shingle.h"

namespace copytaster {
namespace {

constexpr std::size_t kBatch = 50, kBatches = 20;
constexpr std::size_t kField = 2048;

using Cells = std::array<float, kLumaBytes>;

// Pictures that follow from a number alone: two windows of one large field of fractal noise, of any size
// and turned anyhow, over each other.
class Pictures {
 public:
  explicit Pictures(std::uint64_t seed) : seed_(seed), field_(kField * kField) {
    // Octaves from the coarsest: each doubles the last one's edge and adds noise half as strong.
    std::vector<float> coarse(16 * 16);
    std::uint64_t number = 0;
    const auto noise = [&] {
      return static_cast<float>(static_cast<double>(mix64(seed_ ^ ++number) >> 11) * 0x1p-52 - 1);
    };
    for (float& value : coarse) value = 100 * noise();
    float strength = 100;
    for (std::size_t edge = 32; edge <= kField; edge *= 2) {
      strength *= 0.6F;
      std::vector<float> fine(edge * edge);
      for (std::size_t y = 0; y < edge; ++y) {
        for (std::size_t x = 0; x < edge; ++x) {
          const std::size_t half = edge / 2, x0 = x / 2, y0 = y / 2;
          const std::size_t x1 = (x0 + x % 2) % half, y1 = (y0 + y % 2) % half;
          fine[y * edge + x] = (coarse[y0 * half + x0] + coarse[y0 * half + x1] + coarse[y1 * half + x0] +
                                coarse[y1 * half + x1]) /
                                   4 +
                               strength * noise();
        }
      }
      coarse = std::move(fine);
    }
    field_ = std::move(coarse);
  }

  // Of the window, the part from (left, top) to the other corner is shown: 0, 0 is all of it.
  [[nodiscard]] Cells cells(std::uint64_t number, float left = 0, float top = 0) const {
    const Window one(mix64(seed_ * 31 + number)), other(mix64(seed_ * 37 + number));
    Cells out;
    for (std::size_t i = 0; i < kLumaEdge; ++i) {
      for (std::size_t j = 0; j < kLumaEdge; ++j) {
        const float y = top + static_cast<float>(i) * (kLumaEdge - top) / kLumaEdge;
        const float x = left + static_cast<float>(j) * (kLumaEdge - left) / kLumaEdge;
        out[i * kLumaEdge + j] = std::clamp(128 + at(one, x, y) + 0.8F * at(other, x, y), 0.0F, 255.0F);
      }
    }
    return out;
  }

 private:
  // Where in the field it lies, how large, how turned.
  struct Window {
    explicit Window(std::uint64_t dice)
        : x(static_cast<float>(dice % (kField - 300)) + 150),
          y(static_cast<float>((dice >> 16) % (kField - 300)) + 150) {
      const float scale = 1.2F + 1.6F * static_cast<float>((dice >> 32) % 1000) / 1000;
      const float turn = 6.2832F * static_cast<float>((dice >> 44) % 1000) / 1000;
      cosine = scale * std::cos(turn);
      sine = scale * std::sin(turn);
    }
    float x, y, cosine = 1, sine = 0;
  };

  [[nodiscard]] float at(const Window& window, float across, float down) const {
    const float x = window.x + window.cosine * across - window.sine * down;
    const float y = window.y + window.sine * across + window.cosine * down;
    const auto column = static_cast<std::size_t>(x), row = static_cast<std::size_t>(y);
    const float right = x - static_cast<float>(column), below = y - static_cast<float>(row);
    const float* upper = &field_[row * kField + column];
    const float* lower = upper + kField;
    return std::lerp(std::lerp(upper[0], upper[1], right), std::lerp(lower[0], lower[1], right), below);
  }

  std::uint64_t seed_;
  std::vector<float> field_;
};

Media media_of(const Cells& cells) {
  Media media;
  *media.mutable_pdq() = pdq_hash(cells.data(), kLumaEdge, kLumaEdge);
  std::string luma;
  for (const float cell : cells) luma.push_back(static_cast<char>(static_cast<unsigned char>(cell)));
  media.mutable_pdq()->set_luma(luma);
  media.mutable_pdq()->set_quality(100);
  return media;
}

std::string name_of(std::uint64_t number) {
  return str_cat("mastodon:https://social.example/users/mayor", number % 20'000, "/statuses/",
                 108'000'000'000'000'000 + number, "#0");
}

// As the wire would bring it: with a SHA-256 of its own.
Media asked(const Pictures& pictures, std::size_t kind, std::uint64_t number) {
  Cells cells = pictures.cells(number);
  if (kind == 1) {
    for (std::size_t i = 0; i < cells.size(); ++i)
      cells[i] = std::clamp(cells[i] + static_cast<float>(mix64(number + i) % 5) - 2, 0.0F, 255.0F);
  } else if (kind == 2) {
    for (std::size_t i = 0; i < kLumaEdge; ++i)
      std::reverse(cells.begin() + std::ptrdiff_t(i * kLumaEdge),
                   cells.begin() + std::ptrdiff_t((i + 1) * kLumaEdge));
  } else if (kind == 3) {
    cells = pictures.cells(number, 2.5F, 1.5F);
  }
  return media_of(cells);
}

PicturesCost::Kind measure_kind(const PictureIndex& index, const Pictures& pictures, std::size_t kind,
                                std::size_t count) {
  std::vector<double> batches;
  std::size_t found = 0;
  for (std::size_t batch = 0; batch < kBatches; ++batch) {
    std::vector<Media> all;
    std::vector<std::string> wanted;
    for (std::size_t i = 0; i < kBatch; ++i) {
      const std::uint64_t dice = mix64(count * 7 + kind * 100'000 + batch * kBatch + i);
      const std::uint64_t number = kind == 0 ? (std::uint64_t{1} << 40) + dice % 1'000'000 : dice % count;
      all.push_back(asked(pictures, kind, number));
      wanted.push_back(name_of(number));
    }
    std::vector<std::optional<PictureMatch>> matches(kBatch);
    const double begin = cpu_microseconds();
    for (std::size_t i = 0; i < kBatch; ++i) matches[i] = index.find(all[i], "asking#0");
    batches.push_back((cpu_microseconds() - begin) / kBatch);
    for (std::size_t i = 0; i < kBatch; ++i)
      found += matches[i] && (kind == 0 || matches[i]->key == wanted[i]) ? 1 : 0;
  }
  return {median(batches), static_cast<double>(found) / static_cast<double>(kBatch * kBatches)};
}

}  // namespace

std::vector<PicturesCost> measure_pictures(std::size_t pictures, std::uint64_t seed) {
  const Pictures made(seed);
  PictureIndex index(std::max<std::size_t>(pictures, 1000));
  const double before = resident_bytes();
  std::vector<PicturesCost> out;
  std::vector<double> batches;
  double slowest = 0;
  for (std::size_t i = 0; i < pictures;) {
    std::vector<std::pair<std::string, Media>> batch;
    for (std::size_t k = 0; k < kBatch && i + k < pictures; ++k)
      batch.emplace_back(name_of(i + k), media_of(made.cells(i + k)));
    const double begin = cpu_microseconds();
    double last = begin;
    for (const auto& [key, media] : batch) {
      index.remember(key, media);
      const double now = cpu_microseconds();
      slowest = std::max(slowest, now - last);
      last = now;
    }
    batches.push_back((last - begin) / static_cast<double>(batch.size()));
    i += batch.size();
    const bool stock = i == pictures || i == pictures / 10 || i == pictures / 100;
    if (!stock) continue;
    PicturesCost cost;
    cost.pictures = index.size();
    cost.resident_a_picture = (resident_bytes() - before) / static_cast<double>(index.size());
    cost.bytes_a_picture = static_cast<double>(index.memory_bytes()) / static_cast<double>(index.size());
    cost.remember = median(std::exchange(batches, {}));
    cost.slowest = std::exchange(slowest, 0);
    for (std::size_t kind = 0; kind < cost.kinds.size(); ++kind)
      cost.kinds[kind] = measure_kind(index, made, kind, i);
    out.push_back(cost);
  }
  return out;
}

std::string as_text(const std::vector<PicturesCost>& costs) {
  std::string out = "pictures     remember µs (slowest)   bytes each (resident)   look-up µs (found)\n";
  for (const PicturesCost& cost : costs) {
    char line[160];
    std::snprintf(line, sizeof line, "%9zu   %8.1f  (%9.0f)     %8.0f  (%8.0f)     ", cost.pictures,
                  cost.remember, cost.slowest, cost.bytes_a_picture, cost.resident_a_picture);
    out += line;
    for (std::size_t kind = 0; kind < cost.kinds.size(); ++kind) {
      std::snprintf(line, sizeof line, "%s%s %.1f (%.1f %%)", kind == 0 ? "" : ", ",
                    std::string(PicturesCost::kKinds[kind]).c_str(), cost.kinds[kind].microseconds,
                    100 * cost.kinds[kind].found);
      out += line;
    }
    out += "\n";
  }
  return out;
}

}  // namespace copytaster
