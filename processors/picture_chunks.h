// A vector that grows by whole chunks: nothing is ever moved, so that growth costs no pause and no second
// copy of everything. Not thread-safe.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace copytaster {

template <typename Value, std::size_t kChunk = 1024>
class ChunkedVector {
 public:
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] Value& operator[](std::size_t i) { return (*chunks_[i / kChunk])[i % kChunk]; }
  [[nodiscard]] const Value& operator[](std::size_t i) const { return (*chunks_[i / kChunk])[i % kChunk]; }

  // By reference: how a value that is aligned to a cache line is passed has changed between compilers, and
  // they say so.
  template <typename Given = Value>
  Value& push_back(Given&& value) {
    if (size_ == chunks_.size() * kChunk) chunks_.push_back(std::make_unique<Chunk>());
    Value& place = (*this)[size_++];
    place = std::forward<Given>(value);
    return place;
  }
  // Keeps the first `count`.
  void shorten(std::size_t count) {
    size_ = count;
    chunks_.resize((count + kChunk - 1) / kChunk);
  }
  [[nodiscard]] std::size_t memory_bytes() const {
    return chunks_.size() * sizeof(Chunk) + chunks_.capacity() * sizeof(void*);
  }

 private:
  using Chunk = std::array<Value, kChunk>;
  std::vector<std::unique_ptr<Chunk>> chunks_;
  std::size_t size_ = 0;
};

}  // namespace copytaster
