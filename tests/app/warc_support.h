// A small strict reader of WARC (ISO 28500), and a capture to write.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/copytaster.pb.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"

namespace copytaster {

struct WarcRecord {
  std::map<std::string, std::string, std::less<>> head;  // each name once, or it is no record
  std::string block;
  [[nodiscard]] std::string at(std::string_view name) const {
    const auto found = head.find(name);
    return found == head.end() ? "(none)" : found->second;
  }
};

// "name: value" lines up to an empty one (`closed`) or to the end; false for anything else.
inline bool take_fields(std::string_view* bytes, bool closed,
                        std::map<std::string, std::string, std::less<>>* out) {
  while (closed || !bytes->empty()) {
    const std::size_t end = bytes->find("\r\n");
    if (end == std::string_view::npos) return false;
    const std::string_view line = bytes->substr(0, end);
    bytes->remove_prefix(end + 2);
    if (line.empty()) return closed;
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos || colon == 0) return false;
    if (line.substr(0, colon).find_first_of(" \t\r\n") != std::string_view::npos) return false;
    if (line.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos) return false;
    if (!out->emplace(line.substr(0, colon), line.substr(colon + 2)).second) return false;
  }
  return true;
}

// All records of a file; adds a failure where the bytes are not exactly that.
inline std::vector<WarcRecord> read_warc(std::string_view bytes) {
  std::vector<WarcRecord> out;
  while (!bytes.empty()) {
    WarcRecord record;
    const bool begun = consume_prefix(&bytes, "WARC/1.1\r\n") && take_fields(&bytes, true, &record.head);
    const auto length = parse_number<std::size_t>(record.at("Content-Length"));
    if (!begun || !length || *length + 4 > bytes.size() || bytes.substr(*length, 4) != "\r\n\r\n") {
      ADD_FAILURE() << "record " << out.size() << " is broken";
      return out;
    }
    record.block = bytes.substr(0, *length);
    bytes.remove_prefix(*length + 4);
    out.push_back(std::move(record));
  }
  return out;
}

inline std::map<std::string, std::string, std::less<>> fields_of(std::string_view block) {
  std::map<std::string, std::string, std::less<>> out;
  EXPECT_TRUE(take_fields(&block, false, &out)) << block;
  return out;
}

inline Capture capture_of(std::string_view body) {
  Capture out;
  out.set_body(std::string(body));
  out.set_sha256(sha256_hex(body));
  out.set_account_id("mastodon:mayor@social.example");
  out.set_url("https://social.example/api/v1/accounts/7/statuses?limit=40");
  out.set_final_url("https://social.example/api/v1/accounts/7/statuses?limit=40");
  out.set_status(200);
  out.set_collector("mastodon/1");
  out.mutable_cursor()->set_position("since=secret-of-the-collector");
  set_timestamp(out.mutable_fetched_at(), absl::FromUnixMillis(1'650'000'000'250));
  return out;
}

}  // namespace copytaster
