#include "rehearsal/rehearsal.h"

#include <mutex>
#include <utility>

#include "core/status.h"
#include "core/strings.h"
#include "net/http_server.h"
#include "rehearsal/start.h"

namespace copytaster {
namespace rehearsal {
namespace {

using Player = Answer (*)(const Stage& stage, const Question& question);

StringMap<Player> players(const Day& day) {
  StringMap<Player> out;
  out["graph.facebook.com"] = play_facebook;
  out[std::string(kFacebookPictureHost)] = play_facebook_pictures;
  out["graph.threads.com"] = play_threads;
  out["public.api.bsky.app"] = play_bluesky;
  out[std::string(kBlueskyPictureHost)] = play_bluesky;
  out["api.x.com"] = play_x;
  out[std::string(kXPictureHost)] = play_x_pictures;
  out[std::string(kTelegramHost)] = play_telegram;
  out[std::string(kTelegramPictureHost)] = play_telegram;
  out[std::string(kYoutubeHost)] = play_youtube;
  out[std::string(kYoutubePictureHost)] = play_youtube;
  out[std::string(kYoutubeApiHost)] = play_youtube_api;
  for (const PlayedAccount& account : day.accounts) {
    if (account.platform == Platform::kMastodon) out[account.host] = play_mastodon;
    if (account.platform == Platform::kFeed) out[account.host] = play_feed;
  }
  return out;
}

Answer plain(int status, std::string_view text, std::string_view shape) {
  return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, str_cat(text, "\n"), std::string(shape)};
}

std::string host_of(const ServerRequest& request) {
  const std::string_view host = request.header("host");
  return ascii_lower(host.substr(0, host.find(':')));
}

class LoopbackRehearsal final : public Rehearsal {
 public:
  LoopbackRehearsal(const RehearsalOptions& options, Day day)
      : clock_(options.clock),
        day_(std::move(day)),
        paths_(day_),
        pictures_(day_),
        faults_(options.faults),
        players_(players(day_)) {}

  absl::Status serve(std::uint16_t port) {
    HttpServerOptions options;
    options.port = port;
    options.threads = 2;
    CT_ASSIGN_OR_RETURN(server_, HttpServer::start(options, [this](const ServerRequest& request) {
                          return handle(request);
                        }));
    return absl::OkStatus();
  }

  [[nodiscard]] std::uint16_t port() const override { return server_->port(); }
  [[nodiscard]] std::map<std::string, int> hits() const override {
    const std::scoped_lock lock(mutex_);
    return hits_;
  }

 private:
  Answer answer(const ServerRequest& request, const Question& question) {
    if (request.header("user-agent").empty()) return plain(418, "who are you? (no User-Agent)", "/…");
    if (request.method != "GET" && request.method != "HEAD") return plain(405, "only GET here", "/…");
    const auto player = players_.find(question.host);
    if (player == players_.end()) return plain(421, "nobody of that name is on stage", "/…");
    return player->second({day_, paths_, pictures_, faults_}, question);
  }

  ServerResponse handle(const ServerRequest& request) {
    const Question question{host_of(request), request.path, read_parameters(request.query), request.headers,
                            clock_->now()};
    Answer answered = answer(request, question);
    answered.headers.push_back({std::string(kRehearsalDate), http_time(question.now)});
    {
      const std::scoped_lock lock(mutex_);
      ++hits_[str_cat(request.method, " ", question.host, " ", answered.shape, " ", answered.status)];
    }
    return {answered.status, std::move(answered.headers), std::move(answered.body)};
  }

  const Clock* clock_;
  const Day day_;
  const PicturePaths paths_;
  Pictures pictures_;
  Faults faults_;
  const StringMap<Player> players_;
  mutable std::mutex mutex_;
  std::map<std::string, int> hits_;     // guarded by mutex_
  std::unique_ptr<HttpServer> server_;  // last: its threads use the rest
};

std::string_view embedded_file(std::string_view end) {
  for (const auto& [path, bytes] : embedded_day_files()) {
    if (path.ends_with(end)) return bytes;
  }
  return {};
}

absl::Time on_the_day(int hour, int minute) {
  return absl::FromCivil(absl::CivilMinute(2022, 4, 14, hour, minute), absl::UTCTimeZone());
}

}  // namespace

absl::StatusOr<std::unique_ptr<Rehearsal>> start_rehearsal(const RehearsalOptions& options, Day day) {
  if (options.clock == nullptr) return absl::InvalidArgumentError("a rehearsal needs a clock");
  auto out = std::make_unique<LoopbackRehearsal>(options, std::move(day));
  CT_RETURN_IF_ERROR(out->serve(options.port));
  return out;
}

}  // namespace rehearsal

absl::StatusOr<std::unique_ptr<Rehearsal>> Rehearsal::start(const RehearsalOptions& options) {
  CT_ASSIGN_OR_RETURN(rehearsal::Day day, rehearsal::read_day(rehearsal::embedded_day_files()));
  return rehearsal::start_rehearsal(options, std::move(day));
}

std::string_view rehearsal_officials_toml() { return rehearsal::embedded_file("day/officials.toml"); }
std::string_view rehearsal_notice() { return strip_space(rehearsal::embedded_file("day/notice.txt")); }
absl::Time rehearsal_begin() { return rehearsal::on_the_day(0, 0); }
absl::Time rehearsal_end() { return rehearsal::on_the_day(22, 30); }

}  // namespace copytaster
