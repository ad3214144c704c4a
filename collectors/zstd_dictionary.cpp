#include "collectors/zstd_dictionary.h"

#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <fstream>

#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::size_t kFirstGuess = std::size_t{64} << 10;  // for a frame that does not tell its size

struct FreeContext {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

absl::Status too_large(std::size_t max) {
  return absl::ResourceExhaustedError(str_cat("a message of more than ", max, " bytes after decompression"));
}

}  // namespace

void ZstdDictionary::Free::operator()(ZSTD_DDict_s* dictionary) const { ZSTD_freeDDict(dictionary); }

bool is_zstd_frame(std::string_view bytes) {
  return bytes.starts_with(std::string_view("\x28\xb5\x2f\xfd", 4));
}

absl::StatusOr<ZstdDictionary> ZstdDictionary::make(std::string_view bytes) {
  if (bytes.size() > kMaxZstdDictionaryBytes) {
    return absl::InvalidArgumentError(
        str_cat("larger than ", kMaxZstdDictionaryBytes, " bytes: not a dictionary of messages"));
  }
  ZstdDictionary out;
  out.dictionary_.reset(ZSTD_createDDict(bytes.data(), bytes.size()));
  // Bytes without the magic number would do as "raw content", which names no id.
  out.id_ = out.dictionary_ == nullptr ? 0 : ZSTD_getDictID_fromDDict(out.dictionary_.get());
  if (out.id_ == 0) return absl::InvalidArgumentError("not a zstd dictionary");
  return out;
}

absl::StatusOr<ZstdDictionary> ZstdDictionary::read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(kMaxZstdDictionaryBytes + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file.is_open() || file.bad() || file.gcount() == 0) {
    return absl::NotFoundError(str_cat(path, " cannot be read, or is empty"));
  }
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  auto out = make(bytes);
  if (!out.ok()) return absl::InvalidArgumentError(str_cat(path, ": ", from_absl(out.status().message())));
  return out;
}

absl::StatusOr<std::string> ZstdDictionary::decompress(std::string_view frame, std::size_t max) const {
  const std::size_t whole = ZSTD_findFrameCompressedSize(frame.data(), frame.size());
  if (!is_zstd_frame(frame) || ZSTD_isError(whole) != 0 || whole != frame.size()) {
    return absl::InvalidArgumentError("not one whole zstd frame");
  }
  if (const unsigned made_with = ZSTD_getDictID_fromFrame(frame.data(), frame.size());
      made_with != 0 && made_with != id_) {
    return absl::InvalidArgumentError(
        str_cat("compressed with the dictionary ", made_with, "; the one we have is ", id_));
  }
  const unsigned long long told = ZSTD_getFrameContentSize(frame.data(), frame.size());
  const bool is_told = told != ZSTD_CONTENTSIZE_UNKNOWN && told != ZSTD_CONTENTSIZE_ERROR;
  if (is_told && told > max) return too_large(max);
  std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
  if (context == nullptr) return absl::ResourceExhaustedError("no memory to decompress a message");
  std::string out(is_told ? static_cast<std::size_t>(told) : std::min(kFirstGuess, max), '\0');
  while (true) {
    const std::size_t size = ZSTD_decompress_usingDDict(context.get(), out.data(), out.size(), frame.data(),
                                                        frame.size(), dictionary_.get());
    if (ZSTD_isError(size) == 0) {
      out.resize(size);
      return out;
    }
    if (ZSTD_getErrorCode(size) != ZSTD_error_dstSize_tooSmall || is_told) {
      return absl::InvalidArgumentError(str_cat("a damaged zstd frame: ", ZSTD_getErrorName(size)));
    }
    if (out.size() >= max) return too_large(max);
    out.assign(std::min(out.size() * 4, max), '\0');
  }
}

}  // namespace copytaster
