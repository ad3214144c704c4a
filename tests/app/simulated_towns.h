// The towns of a simulated history: what they post, edit and take back, and what their servers answer.
#pragma once

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/strings.h"
#include "core/text.h"
#include "tests/collectors/poller_world.h"

namespace copytaster::testing {

// The seed of a history: whoever draws from it is part of it.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : random_(seed) {}
  std::uint64_t operator()(std::uint64_t of) { return random_() % of; }
  std::uint64_t any() { return random_(); }

 private:
  std::mt19937_64 random_;
};

class SimulatedTowns {
 public:
  struct Post {
    std::string id;
    std::vector<std::string> texts;  // oldest first
    bool gone = false, bad = false, with_picture = false;
  };
  struct Counts {
    int posts = 0, bad = 0, edits = 0, deletions = 0, failed_answers = 0;
    Counts& operator+=(const Counts& more) {
      posts += more.posts;
      bad += more.bad;
      edits += more.edits;
      deletions += more.deletions;
      failed_answers += more.failed_answers;
      return *this;
    }
  };

  // `chance` outlives it.
  SimulatedTowns(Chance* chance, std::uint64_t towns) : chance_(*chance) {
    for (std::uint64_t i = 0; i < towns; ++i) {
      sites_.emplace_back();
      accounts_.push_back(World::account(str_cat("town", i)));
    }
  }
  [[nodiscard]] const std::vector<Account>& accounts() const { return accounts_; }
  [[nodiscard]] const Counts& counts() const { return counts_; }
  // Of a hundred answers so many fail.
  void fail(std::uint64_t of_hundred) { failing_ = of_hundred; }

  // Each post, town by town, oldest first.
  template <typename Look>
  void each_post(Look look) const {
    for (const Site& site : sites_) {
      for (const Post& post : site.posts) look(post);
    }
  }

  void post() {
    const std::size_t i = chance_(sites_.size());
    Site& site = sites_[i];
    Post made;
    made.id = str_cat("town", i, "p", site.posts.size());
    made.texts.push_back(str_cat("Council of town ", i, " has decided matter ", chance_(1000), " in sitting ",
                                 site.posts.size(), "."));
    made.bad = chance_(25) == 0;
    made.with_picture = chance_(3) == 0;
    if (made.bad) ++counts_.bad;
    site.posts.push_back(std::move(made));
    ++counts_.posts;
  }

  void edit_or_delete() {
    Site& site = sites_[chance_(sites_.size())];
    if (site.posts.empty()) return;
    Post& post = site.posts[chance_(site.posts.size())];
    if (post.gone || post.bad) return;
    if (chance_(3) == 0) {
      post.gone = true;
      ++counts_.deletions;
    } else {
      post.texts.push_back(str_cat(post.texts.back(), " Corrected ", post.texts.size(), "."));
      ++counts_.edits;
    }
  }

  absl::StatusOr<HttpResponse> answer(const HttpRequest& request) {
    HttpResponse response;
    response.final_url = request.url;
    response.status = 200;
    if (failing_ > 0 && chance_(100) < failing_) {
      ++counts_.failed_answers;
      if (chance_(3) == 0) return absl::UnavailableError("the connection was reset");
      if (chance_(2) == 0) return absl::DeadlineExceededError("no answer");
      // No 403: twice refused where another post can be read is a proof that one is gone, and a server that
      // says so of one that stands is none of the faults meant here.
      constexpr int kStatuses[] = {500, 502, 503, 429};
      response.status = kStatuses[chance_(4)];
      if (response.status == 429 && chance_(2) == 0) response.headers.push_back({"Retry-After", "90"});
      return response;
    }
    for (std::size_t i = 0; i < sites_.size(); ++i) {
      std::string_view rest = request.url;
      if (!consume_prefix(&rest, accounts_[i].url())) continue;
      return fill(sites_[i], rest, std::move(response));
    }
    response.status = 404;
    return response;
  }

 private:
  struct Site {
    std::vector<Post> posts;
  };
  static constexpr std::uint64_t kPostsAPage = 5;

  static HttpResponse fill(const Site& site, std::string_view rest, HttpResponse response) {
    if (consume_prefix(&rest, "/picture/")) {
      response.body = str_cat("no picture at all, but bytes: ", rest);
      return response;
    }
    if (consume_prefix(&rest, "/post/")) {
      const auto post = std::ranges::find_if(site.posts, [&](const Post& one) { return one.id == rest; });
      if (post == site.posts.end() || post->gone) {
        response.status = 404;
      } else {
        response.body = line_of(*post);
      }
      return response;
    }
    consume_prefix(&rest, "?at=");
    const std::uint64_t from = parse_number<std::uint64_t>(rest).value_or(0);
    const std::uint64_t until = std::min<std::uint64_t>(site.posts.size(), from + kPostsAPage);
    for (std::uint64_t i = from; i < until; ++i) {
      if (!site.posts[i].gone) str_append(&response.body, line_of(site.posts[i]), "\n");
    }
    str_append(&response.body, "next ", std::max(from, until));
    if (until < site.posts.size()) response.body += "\nmore";
    return response;
  }

  static std::string line_of(const Post& post) {
    if (post.bad) return str_cat("bad ", post.id);
    std::string out = str_cat("post ", post.id, " ", post.texts.back());
    if (post.with_picture)
      str_append(&out, "\npicture https://", post.id.substr(0, 5), ".example/picture/", post.id, " ",
                 post.id);
    return out;
  }

  Chance& chance_;
  std::vector<Site> sites_;
  std::vector<Account> accounts_;
  std::uint64_t failing_ = 0;
  Counts counts_;
};

}  // namespace copytaster::testing
