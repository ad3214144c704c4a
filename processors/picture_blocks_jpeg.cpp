#include <vector>

#include "core/status.h"
#include "core/strings.h"
#include "processors/byte_numbers.h"
#include "processors/exif_words.h"
#include "processors/iim_words.h"
#include "processors/photoshop_resources.h"
#include "processors/picture_blocks.h"
#include "processors/xmp_words.h"

namespace copytaster {
namespace {

constexpr unsigned kApp0 = 0xE0, kApp1 = 0xE1, kApp13 = 0xED, kStartOfScan = 0xDA, kEndOfImage = 0xD9;
constexpr std::size_t kMostInSegment = 65'533;  // its length counts itself
constexpr std::size_t kMostSegments = 2'000;    // as PictureLimits
constexpr std::string_view kXmp("http://ns.adobe.com/xap/1.0/\0", 29);
constexpr std::string_view kExif("Exif\0\0", 6);
constexpr std::string_view kPhotoshop("Photoshop 3.0\0", 14);

struct Segment {
  unsigned marker = 0;
  std::string_view all;   // with what stands before its marker
  std::string_view data;  // behind its length
  [[nodiscard]] bool is(unsigned wanted, std::string_view head) const {
    return marker == wanted && data.starts_with(head);
  }
};

struct Parts {
  std::vector<Segment> segments;
  std::string_view rest;  // from the first scan on
};

bool has_length(unsigned marker) {
  return marker != 0x01 && marker != 0xD8 && (marker < 0xD0 || marker > 0xD7);
}

absl::Status broken() {
  return absl::InvalidArgumentError("the JPEG has no pixels: it is cut off or broken");
}

absl::StatusOr<Parts> parts_of(std::string_view bytes) {
  Parts parts;
  std::size_t begin = 2;
  for (std::size_t at = begin;
       (at = bytes.find('\xFF', at)) != std::string_view::npos && at + 1 < bytes.size();) {
    const auto marker = static_cast<unsigned char>(bytes[at + 1]);
    if (marker == 0 || marker == 0xFF) {
      ++at;
      continue;
    }
    if (marker == kStartOfScan) {
      parts.rest = bytes.substr(begin);
      return parts;
    }
    if (marker == kEndOfImage) return broken();
    at += 2;
    if (!has_length(marker)) continue;
    if (at + 2 > bytes.size()) return broken();
    const std::size_t length = big_endian(bytes, at, 2);
    if (length < 2 || length > bytes.size() - at) return broken();
    if (parts.segments.size() == kMostSegments)
      return absl::ResourceExhaustedError(str_cat("the JPEG has more than ", kMostSegments, " segments"));
    parts.segments.push_back(
        {marker, bytes.substr(begin, at + length - begin), bytes.substr(at + 2, length - 2)});
    begin = at += length;
  }
  return broken();
}

std::string segment_of(unsigned marker, std::string_view head, std::string_view data) {
  return str_cat("\xFF", std::string(1, static_cast<char>(marker)),
                 as_big_endian(head.size() + data.size() + 2, 2), head, data);
}

// Resources larger than a segment go on in the next.
std::string photoshop_segments(std::string_view resources) {
  std::string out;
  while (!resources.empty()) {
    const std::string_view part = resources.substr(0, kMostInSegment - kPhotoshop.size());
    out += segment_of(kApp13, kPhotoshop, part);
    resources.remove_prefix(part.size());
  }
  return out;
}

std::string exif_segment(std::string_view data, const PictureWords& words) {
  const std::size_t room = kMostInSegment - kExif.size();
  return segment_of(kApp1, kExif, exif_with_words(data.substr(kExif.size()), words, room));
}

// What is ours: XMP, and Photoshop's resources with IIM, made from what was there.
absl::StatusOr<std::string> our_segments(const std::vector<Segment>& segments, const PictureWords& words) {
  std::string_view packet;
  std::string resources;
  for (const Segment& segment : segments) {
    if (packet.empty() && segment.is(kApp1, kXmp)) packet = segment.data.substr(kXmp.size());
    if (segment.is(kApp13, kPhotoshop)) resources += segment.data.substr(kPhotoshop.size());
  }
  const std::string_view old_iim = photoshop_resource(resources, kIimResource);
  const std::string xmp = xmp_with_words(packet, words, iim_value(old_iim, kIimInstructions));
  constexpr std::size_t kRoom = kMostInSegment - kXmp.size();
  if (xmp.size() > kRoom) {
    return absl::ResourceExhaustedError(str_cat("the words and the XMP that the JPEG has already take ",
                                                xmp.size(), " bytes, and a JPEG holds ", kRoom));
  }
  const std::string iim = iim_with_words(old_iim, words);
  return segment_of(kApp1, kXmp, xmp) + photoshop_segments(resources_with_iim(resources, iim));
}

}  // namespace

absl::StatusOr<std::string> jpeg_with_words(std::string_view bytes, const PictureWords& words) {
  CT_ASSIGN_OR_RETURN(const Parts parts, parts_of(bytes));
  CT_ASSIGN_OR_RETURN(const std::string ours, our_segments(parts.segments, words));
  std::string out(bytes.substr(0, 2));
  out.reserve(bytes.size() + ours.size());
  bool written = false, has_exif = false;
  for (const Segment& segment : parts.segments) {
    const bool is_exif = segment.is(kApp1, kExif);
    if (!written && !is_exif && segment.marker != kApp0) {
      out += ours;
      written = true;
    }
    if (segment.is(kApp1, kXmp) || segment.is(kApp13, kPhotoshop)) continue;
    if (is_exif && !has_exif) {  // a second one is no reader's, and would grow as the first
      has_exif = true;
      out += exif_segment(segment.data, words);
    } else {
      out += segment.all;
    }
  }
  if (!written) out += ours;
  out += parts.rest;
  return out;
}

}  // namespace copytaster
