// What all fuzz targets share. A target is one function that gives any bytes to a real parser and demands
// properties of the answer; it aborts when one does not hold. It keeps no state from one input to the next,
// so that an input alone reproduces what it found.
//
// The same source builds twice: with COPYTASTER_REPLAY as fuzz_<name>() of the one program fuzz_test, without
// it as libFuzzer's entry point (README.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/text.h"

#ifdef COPYTASTER_REPLAY
#define COPYTASTER_FUZZ_TARGET(name) extern "C" int fuzz_##name
#else
#define COPYTASTER_FUZZ_TARGET(name) extern "C" int LLVMFuzzerTestOneInput
#endif

namespace copytaster::fuzz {

// Called before a violated property aborts; replay writes the input down.
inline void (*before_abort)() = nullptr;

[[noreturn]] inline void fail(std::string_view property, std::string_view detail = {}) {
  std::fprintf(stderr, "fuzz: violated: %.*s\n%.*s%s", static_cast<int>(property.size()), property.data(),
               static_cast<int>(detail.size()), detail.data(), detail.empty() ? "" : "\n");
  if (before_abort != nullptr) before_abort();
  std::abort();
}

// `property` is a sentence that holds: "the text is valid UTF-8".
inline void require(bool holds, std::string_view property, std::string_view detail = {}) {
  if (!holds) fail(property, detail);
}

[[nodiscard]] inline std::string_view as_text(const std::uint8_t* data, std::size_t size) {
  return size == 0 ? std::string_view() : std::string_view(reinterpret_cast<const char*>(data), size);
}

// Cuts `rest` behind its first line and gives that line: how an input of several parts is written.
[[nodiscard]] inline std::string_view take_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return line;
}

inline void require_utf8(std::string_view text, std::string_view what) {
  if (!is_valid_utf8(text)) fail("is valid UTF-8", what);
}

// [begin, end) is not empty, lies inside and splits no character of a valid text.
inline void require_span(std::string_view text, std::size_t begin, std::size_t end, std::string_view what) {
  require(begin < end && end <= text.size(), "a span lies inside its text", what);
  require(utf8_floor(text, begin) == begin && utf8_floor(text, end) == end, "a span splits no character",
          what);
}

}  // namespace copytaster::fuzz
