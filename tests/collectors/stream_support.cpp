#include "tests/collectors/stream_support.h"

#include <unistd.h>
#include <zdict.h>
#include <zstd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

#include "core/strings.h"
#include "tests/collectors/conformance_support.h"

namespace copytaster {

Capture stream_message(std::string_view body, std::string_view position) {
  Capture capture = answer(body, position, 101);
  capture.set_url("wss://jet.example/stream");
  return capture;
}

std::string train_dictionary(unsigned seed) {
  std::string samples;
  std::vector<std::size_t> sizes;
  for (unsigned i = 0; i < 400; ++i) {
    const std::string one = str_cat(
        R"({"did":"did:plc:)", (i + 1) * 7919 * seed, R"(","time_us":16499256000)", 10000 + i * 31,
        R"(,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"3l)",
        i * i * seed, R"(","record":{"$type":"app.bsky.feed.post","text":"Tram )", i,
        R"( fährt wieder","createdAt":"2022-04-14T08:00:00Z","langs":["de"]}}})");
    samples += one;
    sizes.push_back(one.size());
  }
  std::string dictionary(4096, '\0');
  const std::size_t size = ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), samples.data(),
                                                 sizes.data(), static_cast<unsigned>(sizes.size()));
  if (ZDICT_isError(size) != 0) std::abort();
  dictionary.resize(size);
  return dictionary;
}

std::string compress_with(std::string_view dictionary, std::string_view text, bool with_size) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, with_size ? 1 : 0);
  ZSTD_CCtx_loadDictionary(context, dictionary.data(), dictionary.size());
  const std::size_t size = ZSTD_compress2(context, out.data(), out.size(), text.data(), text.size());
  ZSTD_freeCCtx(context);
  if (ZSTD_isError(size) != 0) std::abort();
  out.resize(size);
  return out;
}

TemporaryFile::TemporaryFile(std::string_view bytes) {
  static std::atomic<int> number{0};
  path_ = (std::filesystem::temp_directory_path() / str_cat("copytaster-stream-", getpid(), "-", ++number))
              .string();
  std::ofstream(path_, std::ios::binary) << bytes;
}

TemporaryFile::~TemporaryFile() { std::filesystem::remove(path_); }

}  // namespace copytaster
