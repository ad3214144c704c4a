// What editors use: the JSON API, the page, drafts and exports. Reads the store; what is to be changed is
// asked of the house (house_sources.h, house_copies.h, house_rights.h,
// house_erasures.h).
//
// The API is described by /openapi.json, made from the table of routes that also dispatches (routes.h), so
// the two cannot disagree. Records are in proto3's JSON mapping. Who may come in:
// - Bound to loopback, no token is needed, but the Host header must name loopback (or host_names): a web page
//   that rebinds its DNS name to 127.0.0.1 is refused. With a token set it is demanded there too.
// - Bound to anything else a token is demanded: `Authorization: Bearer …`, or a session cookie from /login.
//   The server speaks plain HTTP: put a TLS proxy before it; without TLS browsers drop the `__Host-` cookie.
// - Wrong tokens are throttled by peer and in all (429). A POST must come from our own pages.
// A deleted post is shown as a tombstone: who, where, when, and that it is gone; none of its words.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/clock.h"
#include "core/picture_words.h"
#include "core/store.h"
#include "desk/house_backups.h"
#include "desk/house_copies.h"
#include "desk/house_erasures.h"
#include "desk/house_letters.h"
#include "desk/house_rights.h"
#include "desk/house_sources.h"

namespace copytaster {

struct DeskOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8642;
  std::string token;  // required when address is not loopback (at least 16 bytes)
  int threads = 4;
  // Further Host names to answer to on a loopback address, e.g. that of a proxy in front: "desk.example.org".
  std::vector<std::string> host_names;
};

struct DeskDependencies {
  const StoreReader* store;  // its pictures' rights are the newest that were decided
  const MediaStore* media;
  const Clock* clock;
  // Empty: ready. Otherwise why not, for /readyz.
  std::function<std::string()> not_ready;
  // A JPEG of at most `edge` pixels (processors' thumbnail, wired by app); may be empty: originals are
  // sent. Called from any of the server's threads.
  std::function<absl::StatusOr<std::string>(std::string_view bytes, int edge)> thumbnail;
  // The picture with these words in it (processors/picture_write.h, wired by app); empty: a picture with its
  // words is answered with 503, and saved drafts show pictures as they came. Called from any of the server's
  // threads.
  std::function<absl::StatusOr<std::string>(std::string_view bytes, const PictureWords& words)>
      written_picture = nullptr;
  HouseLetters letters = {};
  HouseSources sources = {};
  HouseCopies copies = {};
  HouseRights rights = {};
  HouseErasures erasures = {};
  HouseBackups backups = {};
};

class DeskServer {
 public:
  // kFailedPrecondition: not loopback and no token, or a token of less than 16 characters.
  // kUnavailable: the port is taken. What `dependencies` points at outlives the server.
  static absl::StatusOr<std::unique_ptr<DeskServer>> start(const DeskOptions& options,
                                                           const DeskDependencies& dependencies);
  virtual ~DeskServer() = default;
  [[nodiscard]] virtual std::uint16_t port() const = 0;
};

}  // namespace copytaster
