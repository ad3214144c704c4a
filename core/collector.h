// A platform, as pure functions: what to ask, and what the answer means.
//
// A Collector opens no socket, reads no clock and never sleeps: it is tested by giving it recorded
// bytes, and old captures can be parsed again when it improves. It is immutable after construction
// and may be used from any thread. Delivery: the poller calls parse() for each capture at least once;
// the same capture gives the same items.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "core/copytaster.pb.h"
#include "core/fetcher.h"
#include "core/strings.h"

namespace copytaster {

// What `check` demands of a value.
enum class FieldKind : std::uint8_t {
  kText,
  kCount,   // a whole number from 1 to kMostPages
  kServer,  // https://HOST
  kName,    // a host's name, a version: letters, digits, dots, hyphens
  kAmount,  // dollars: 0 or more, with decimals
};
inline constexpr int kMostPages = 50;

struct ConfigField {
  std::string_view name;  // in [collector.<name>] of settings.toml
  std::string_view help;  // one sentence; from it come docs and `copytaster list`
  std::string_view default_value;
  FieldKind kind = FieldKind::kText;
  bool secret = false;    // a path to a file that holds it; never printed
  bool required = false;  // without it `check` says what is missing
};

// How many requests a platform bears. The poller spreads them evenly and obeys the answers' own headers too.
struct RequestBudget {
  int requests = 0;  // 0: none published
  absl::Duration per = absl::ZeroDuration();
  bool by_app = false;  // counted by credential, over all hosts; else each host by itself
};

struct CollectorSpec {
  std::string_view name;                     // the platform, e.g. "mastodon"
  std::string_view label;                    // as a reader knows it, e.g. "Mastodon"; used in credit lines
  std::string_view summary;                  // one sentence
  int version = 1;                           // raise when parse() gives other items for the same bytes
  std::vector<std::string_view> url_shapes;  // profile URLs recognised, e.g. "https://HOST/@USER"
  std::vector<ConfigField> fields;
  absl::Duration politest_interval;  // never ask one account more often than this
  std::string_view limits;           // the platform's rate limits, with the source of the fact
  RequestBudget budget = {};
  // What one request may cost at most, in US dollars; 0: free. With a cost there is a field `monthly_usd`.
  double most_cost_usd = 0;
  // An address that answers 301 or 308 again and again is followed for good (AccountState.moved_to): the
  // collector's request() then finds it in account.details["moved_to"].
  bool may_move = false;
  // How long a credential file is good for after it was written; zero: until it is withdrawn.
  absl::Duration token_life = absl::ZeroDuration();
};

using CollectorSettings = StringMap<std::string>;

// What an answer means.
struct Parsed {
  std::vector<Item> items;  // oldest first; collector's half only, without collected_at
  Cursor next;              // to be stored with the items, in one batch
  bool more = false;        // ask again now with `next`
  // GONE only with proof. UNKNOWN: it cannot be read, and the answer does not say why.
  std::vector<Deletion> deletions;
  std::vector<DeadLetter> refused;  // posts that could not be read, each with its reason
  Account profile;                  // what the account says of itself; empty fields: not said
  // Later news of pictures of items handed on earlier (Facebook tells alt texts only when asked for each
  // photo): to be passed on in Parcel.pictures. The picture is the one of item_id whose Media.native_id is
  // media.native_id; media_index is not known. Only alt_text, url, width and height are told, and of these
  // only those not empty; media.state says nothing.
  std::vector<PictureResult> picture_notes;
  // The platform says: not now. Zero: nothing said. (Facebook's 200-with-error, reset headers.)
  absl::Duration wait = absl::ZeroDuration();
  // What the answer cost, in US dollars.
  double cost_usd = 0;
};

// One long connection that brings the news of many accounts (Jetstream, Mastodon's streaming).
struct StreamPlan {
  std::string name;  // e.g. "bluesky/jetstream": where we stand in it is kept under this name
  std::vector<std::string> account_ids;
};

// What a frame means. Parsed.next is where to take the stream up again after it.
struct FrameNews {
  const Account* account = nullptr;  // null: of none that we follow
  Parsed parsed;
  // The stream does not reach back to where we stood: its accounts are to be polled once. Says why.
  std::string gap;
  // What makes a frame the same again, whichever server sends it; empty: it is never sent twice.
  std::string key;
};
using FindAccount = std::function<const Account*(std::string_view account_id)>;

class Collector {
 public:
  virtual ~Collector() = default;

  [[nodiscard]] virtual const CollectorSpec& spec() const = 0;

  // Recognises a profile URL as a person pastes it. kNotFound: not this platform's.
  // kInvalidArgument: this platform's, but not a profile (the message says what would be right).
  // Offline and cheap: looks at the URL only.
  [[nodiscard]] virtual absl::StatusOr<Account> recognise(std::string_view profile_url) const = 0;

  // What to ask next. An empty cursor is the beginning. The poller adds validators and User-Agent.
  // kFailedPrecondition: a required setting is missing (the message names it).
  [[nodiscard]] virtual absl::StatusOr<HttpRequest> request(const Account& account,
                                                            const Cursor& cursor) const = 0;

  // Asks one known post again (edited? gone?). kUnimplemented where the platform cannot.
  [[nodiscard]] virtual absl::StatusOr<HttpRequest> reread(const Account& account,
                                                           std::string_view native_id) const = 0;

  // What the answer means; called for every status but 304. capture.cursor is the cursor it was
  // asked with. Status codes: kInvalidArgument (not what this collector reads; never retry these
  // bytes), kUnavailable (5xx, HTML for JSON: retry), kResourceExhausted (rate limited),
  // kUnauthenticated, kPermissionDenied, kNotFound (the account is gone).
  [[nodiscard]] virtual absl::StatusOr<Parsed> parse(const Account& account,
                                                     const Capture& capture) const = 0;

  // Streams: pure like the rest. Accounts hold in `details` what the platform said of them (merged from
  // AccountState.profile). Accounts that no plan names are polled alone; those it names are polled rarely.
  [[nodiscard]] virtual std::vector<StreamPlan> streams(std::span<const Account> /*accounts*/) const {
    return {};
  }
  // How to open it, by a ws or wss address. An empty cursor: from now on.
  [[nodiscard]] virtual absl::StatusOr<HttpRequest> open_stream(const StreamPlan& /*plan*/,
                                                                const FindAccount& /*find*/,
                                                                const Cursor& /*cursor*/) const {
    return absl::UnimplementedError("no streams");
  }
  // capture.body is one message, capture.url the stream's. kInvalidArgument: not what this collector reads.
  // kOutOfRange: the cursor is too old for this stream.
  [[nodiscard]] virtual absl::StatusOr<FrameNews> parse_frame(const FindAccount& /*find*/,
                                                              const Capture& /*frame*/) const {
    return absl::UnimplementedError("no streams");
  }
};

// One line a platform (collectors/catalog.cpp).
struct CatalogEntry {
  const CollectorSpec& (*spec)();
  std::unique_ptr<Collector> (*make)(const CollectorSettings&);
};

}  // namespace copytaster
