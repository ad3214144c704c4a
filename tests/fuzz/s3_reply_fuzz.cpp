// What an S3 server answers: net/s3_reply.h.
#include "core/strings.h"
#include "net/s3_reply.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

// The same list as a server that writes no entities would put it.
std::string as_xml(const S3Listing& listing) {
  std::string out =
      str_cat("<ListBucketResult><IsTruncated>", listing.is_truncated ? "true" : "false", "</IsTruncated>");
  for (const std::string& key : listing.keys) {
    std::string text = replace_all(key, "&", "&amp;");
    text = replace_all(text, "<", "&lt;");
    str_append(&out, "<Contents><Key>", text, "</Key></Contents>");
  }
  return out + "</ListBucketResult>";
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(s3_reply)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  const std::string_view xml = as_text(data, size);
  const S3Error error = read_s3_error(xml);
  require(error.code.size() <= 64 && error.region.size() <= 64, "words are short");
  for (const char c : error.code + error.region)
    require((ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') || is_ascii_digit(c) || c == '.' || c == '-',
            "words are plain", error.code);
  const auto listing = read_s3_listing(xml);
  require(listing.ok() || absl::IsUnavailable(listing.status()),
          "a list reads, or the server is to be asked again", listing.status().ToString());
  if (!listing.ok()) return 0;
  std::size_t bytes = 0;
  for (const std::string& key : listing->keys) bytes += key.size();
  require(bytes <= size, "keys are no longer than the list");
  const auto again = read_s3_listing(as_xml(*listing));
  require(again.ok() && again->keys == listing->keys && again->is_truncated == listing->is_truncated,
          "a list reads as it was written");
  return 0;
}
