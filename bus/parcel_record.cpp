#include "bus/parcel_record.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include <string>
#include <utility>

#include "core/dead_letter.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

struct Parts {
  Parcel good;
  std::string bad;          // fields that do not parse, as they stood
  std::uint64_t posts = 0;  // of these
  bool torn = false;        // where the next field begins cannot be told any more
};

// The bytes of the field at the reader's place; empty: there are no more, or what follows is no field.
std::string_view next_field(CodedInputStream& in, std::string_view bytes, std::uint32_t* tag) {
  const auto begin = static_cast<std::size_t>(in.CurrentPosition());
  *tag = in.ReadTag();
  if (*tag == 0 || !WireFormatLite::SkipField(&in, *tag)) return {};
  return bytes.substr(begin, static_cast<std::size_t>(in.CurrentPosition()) - begin);
}

bool is_post(std::uint32_t tag) {
  return tag == WireFormatLite::MakeTag(Parcel::kItemsFieldNumber, WireFormatLite::WIRETYPE_LENGTH_DELIMITED);
}

Parts read_parts(std::string_view bytes) {
  Parts parts;
  CodedInputStream in(reinterpret_cast<const std::uint8_t*>(bytes.data()), static_cast<int>(bytes.size()));
  for (std::size_t done = 0; done < bytes.size();) {
    std::uint32_t tag = 0;
    const std::string_view field = next_field(in, bytes, &tag);
    if (field.empty()) {
      parts.bad += bytes.substr(done);
      parts.torn = true;
      if (is_post(tag)) ++parts.posts;
      break;
    }
    done += field.size();
    Parcel part;
    if (part.ParseFromArray(field.data(), static_cast<int>(field.size()))) {
      parts.good.MergeFrom(part);
      continue;
    }
    parts.bad += field;
    if (is_post(tag)) ++parts.posts;
  }
  return parts;
}

}  // namespace

Parcel read_parcel(std::uint64_t position, std::string_view bytes) {
  Parcel whole;
  if (whole.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return whole;
  Parts parts = read_parts(bytes);
  DeadLetter& letter = *parts.good.add_dead_letters();
  letter.set_id(str_cat("log:", position, ":", sha256_hex(bytes).substr(0, 16)));
  letter.set_stage(std::string(letter_stage::kLog));
  letter.set_account_id(parts.good.account_id());
  letter.set_capture_sha256(parts.good.capture_sha256());
  letter.set_counted(parts.posts);
  letter.set_reason(str_cat("record ", position, " of the log does not parse: ", parts.posts,
                            " posts in it cannot be read",
                            parts.torn ? ", and from some place on nothing can be told of it" : ""));
  set_payload(parts.bad, &letter);
  return std::move(parts.good);
}

}  // namespace copytaster
