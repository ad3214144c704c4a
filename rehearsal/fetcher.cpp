// Every request goes to the rehearsal, whatever it asks for: nothing leaves the machine.
#include <algorithm>
#include <optional>
#include <utility>

#include "core/strings.h"
#include "rehearsal/rehearsal.h"
#include "rehearsal/start.h"

namespace copytaster {
namespace {

struct Target {
  std::string origin;     // "https://graph.facebook.com", as written
  std::string authority;  // for Host
  std::string rest;       // path and query; starts with '/'
};

std::optional<Target> split_url(std::string_view url) {
  std::string_view rest = url;
  if (starts_with_ignore_case(rest, "https://")) {
    rest.remove_prefix(8);
  } else if (starts_with_ignore_case(rest, "http://")) {
    rest.remove_prefix(7);
  } else {
    return std::nullopt;
  }
  rest = rest.substr(0, rest.find('#'));
  const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
  const std::string_view authority = rest.substr(0, end);
  const bool odd = std::any_of(authority.begin(), authority.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '@' || c == '\\' || c == '\x7f';
  });
  if (authority.empty() || odd) return std::nullopt;
  Target out;
  out.authority = std::string(authority);
  out.rest = str_cat(rest.substr(end).starts_with('/') ? "" : "/", rest.substr(end));
  out.origin = std::string(url.substr(0, static_cast<std::size_t>(rest.data() - url.data()) + end));
  return out;
}

class RehearsalFetcher final : public Fetcher {
 public:
  RehearsalFetcher(Fetcher* inner, std::uint16_t port)
      : inner_(inner), stage_(str_cat("http://127.0.0.1:", port)) {}
  RehearsalFetcher(const RehearsalFetcher&) = delete;
  RehearsalFetcher& operator=(const RehearsalFetcher&) = delete;
  ~RehearsalFetcher() override {
    for (auto& done : std::exchange(refused_, {}))
      done(absl::CancelledError("the fetcher is being destroyed"));
  }

  void fetch(HttpRequest request, FetchDone done) override {
    auto target = split_url(request.url);
    if (!target) {
      refused_.push_back(std::move(done));
      return;
    }
    request.url = str_cat(stage_, target->rest);
    std::erase_if(request.headers,
                  [](const HttpHeader& header) { return equals_ignore_case(header.name, "host"); });
    request.headers.push_back({"Host", target->authority});
    // The rehearsal redirects nobody; if it did, this would be the way out into the real net.
    request.max_redirects = 0;
    inner_->fetch(std::move(request), [stage = stage_, origin = std::move(target->origin),
                                       done = std::move(done)](absl::StatusOr<HttpResponse> response) {
      if (response.ok()) turn_back(stage, origin, &*response);
      done(std::move(response));
    });
  }

  std::size_t drive(absl::Duration wait) override {
    for (auto& done : std::exchange(refused_, {})) done(absl::InvalidArgumentError("not a URL of the web"));
    return inner_->drive(wait) + refused_.size();
  }

  void wake() override { inner_->wake(); }

 private:
  static void turn_back(std::string_view stage, std::string_view origin, HttpResponse* response) {
    for (std::string* url : {&response->final_url, &response->permanent_url}) {
      std::string_view rest = *url;
      if (consume_prefix(&rest, stage)) *url = str_cat(origin, rest);
    }
    const std::string date(header_value(response->headers, rehearsal::kRehearsalDate));
    std::erase_if(response->headers, [](const HttpHeader& header) {
      return equals_ignore_case(header.name, "date") ||
             equals_ignore_case(header.name, rehearsal::kRehearsalDate);
    });
    if (!date.empty()) response->headers.push_back({"Date", date});
  }

  Fetcher* inner_;
  std::string stage_;
  std::vector<FetchDone> refused_;
};

}  // namespace

std::unique_ptr<Fetcher> make_rehearsal_fetcher(Fetcher* inner, std::uint16_t port) {
  return std::make_unique<RehearsalFetcher>(inner, port);
}

}  // namespace copytaster
