// The cities' sites and the newsroom's: feeds and the pictures in them.
#include "core/strings.h"
#include "rehearsal/feed_page.h"
#include "rehearsal/stage.h"

namespace copytaster::rehearsal {
namespace {

// Old content systems still write their own alphabet's code page.
std::string_view charset_of(std::string_view host) {
  if (host == "uzhhorod.example") return "windows-1251";
  if (host == "gijon.example") return "iso-8859-15";
  return "utf-8";
}

struct Written {
  std::string body;
  std::string type;
};

Written write_feed(const FeedPage& page) {
  const std::string_view path = page.account.handle;
  const std::string_view charset = charset_of(page.account.host);
  if (path.ends_with(".json")) return {write_json_feed(page), "application/feed+json"};
  if (path.ends_with("atom.xml")) return {write_atom(page), "application/atom+xml; charset=utf-8"};
  if (path.ends_with("rdf.xml"))
    return {write_rdf(page, charset), str_cat("application/rdf+xml; charset=", charset)};
  return {write_rss(page, charset), str_cat("application/rss+xml; charset=", charset)};
}

const PlayedAccount* find_feed(const Day& day, const Question& question) {
  for (const PlayedAccount& account : day.accounts) {
    if (account.platform == Platform::kFeed && account.host == question.host &&
        account.handle == question.path)
      return &account;
  }
  return nullptr;
}

Answer not_found(std::string_view shape) {
  return {
      404, {{"Content-Type", "text/html; charset=utf-8"}}, "<h1>404 Not Found</h1>\n", std::string(shape)};
}

}  // namespace

Answer play_feed(const Stage& stage, const Question& question) {
  if (question.path.starts_with("/media/")) return picture_answer(stage, question, "/media/{file}");
  const PlayedAccount* account = find_feed(stage.day, question);
  if (account == nullptr) return not_found("/…");
  if (const auto until = stage.faults.broken(question.host, question.now)) {
    return {503,
            {{"Content-Type", "text/html; charset=utf-8"}, {"Retry-After", http_time(*until)}},
            "<h1>503 Service Unavailable</h1>\n",
            question.path};
  }
  const FeedPage page = feed_page(stage.day, *account, question.now);
  Written written = write_feed(page);
  Answer answer{200,
                {{"Content-Type", written.type}, {"Cache-Control", "public, max-age=60"}},
                std::move(written.body),
                question.path};
  // A liar's validators are those of an older page.
  const absl::Time as_of = stage.faults.etag_time(question.host, question.now);
  const FeedPage older = feed_page(stage.day, *account, as_of);
  const std::string etag =
      str_cat("\"", short_hash(as_of == question.now ? answer.body : write_feed(older).body), "\"");
  return validated(question, std::move(answer), etag, older.changed);
}

}  // namespace copytaster::rehearsal
