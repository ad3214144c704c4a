#include "collectors/x_post.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "collectors/platforms_support.h"
#include "collectors/wire_time.h"
#include "collectors/x_media.h"
#include "collectors/x_syntax.h"
#include "collectors/x_text.h"
#include "core/item.h"
#include "core/text.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr std::string_view kName = "x";
constexpr double kPostUsd = 0.005;
constexpr double kUserUsd = 0.010;
constexpr absl::Duration kLongestEditing = absl::Hours(24);  // half an hour is documented, an hour was seen

Author author_of(std::string_view id, const XIncludes& includes, const XOwner& owner) {
  Author author;
  const Json user = includes.user(id);
  std::string username = user["username"].text();
  author.set_name(plain_line(user["name"].view()));
  if (!user.exists() && !id.empty() && id == owner.id) {
    username = owner.username;
    author.set_name(owner.name);
  }
  if (!is_x_username(username)) return author;
  author.set_handle(username);
  author.set_url(str_cat("https://x.com/", username));
  return author;
}

// ---- times

// The first version's time is in its id; created_at may be the edit's.
absl::Status set_times(Json post, std::string_view canonical, Item* item) {
  const std::string id = post["id"].id();
  auto told = wire_time(post["created_at"].view());
  if (!told && post["created_at"].exists()) return absl::InvalidArgumentError("created_at is no date");
  if (!told) told = x_id_time(id);
  if (!told) return absl::InvalidArgumentError("it has no created_at, and its id does not tell the time");
  if (canonical == id) {
    set_timestamp(item->mutable_created_at(), *told);
    return absl::OkStatus();
  }
  const absl::Time edited = std::max(*told, x_id_time(id).value_or(*told));
  absl::Time created = x_id_time(canonical).value_or(*told);
  if (created > edited || edited - created > kLongestEditing) created = *told;
  set_timestamp(item->mutable_created_at(), created);
  set_timestamp(item->mutable_edited_at(), edited);
  return absl::OkStatus();
}

// ---- language and warnings

// "und" and the q… codes say that there are no words to tell it by; three are codes that ISO 639 gave up.
std::string language_of(std::string_view lang) {
  static constexpr std::array<std::string_view, 3> kNone = {"und", "zxx", "art"};
  if (std::find(kNone.begin(), kNone.end(), lang) != kNone.end()) return "";
  if (lang.size() == 3 && lang[0] == 'q' && lang[1] >= 'a' && lang[1] <= 't') return "";
  if (lang == "in") return "id";
  if (lang == "iw") return "he";
  if (lang == "ji") return "yi";
  return is_language_tag(lang) ? std::string(lang) : "";
}

std::string warning_of(Json post) {
  std::vector<std::string> warnings;
  if (post["possibly_sensitive"].yes()) warnings.emplace_back("possibly sensitive");
  std::vector<std::string> countries;
  post["withheld"]["country_codes"].each(
      [&](Json country) { countries.push_back(plain_line(country.view())); });
  if (!countries.empty()) {
    warnings.push_back(
        str_cat(post["withheld"]["copyright"].yes() ? "withheld for copyright in " : "withheld in ",
                join(countries, ", ")));
  }
  return join(warnings, "; ");
}

void set_engagement(Json post, Engagement* out) {
  const Json metrics = post["public_metrics"];
  out->set_likes(metrics["like_count"].count());
  out->set_reposts(metrics["retweet_count"].count());
  out->set_replies(metrics["reply_count"].count());
  out->set_quotes(metrics["quote_count"].count());
  out->set_views(metrics["impression_count"].count());
}

// ---- other posts

std::string id_of_related(Json post, std::string_view type) {
  std::string found;
  post["referenced_tweets"].each([&](Json reference) {
    if (found.empty() && reference["type"].view() == type) found = reference["id"].id();
  });
  return is_x_id(found) ? found : "";
}

Related related_to(std::string_view id, const XIncludes& includes, const XOwner& owner) {
  Related out;
  const Json post = includes.any_version(id);
  const std::string canonical = post.exists() ? x_canonical_id(post) : std::string(id);
  out.set_item_id(item_id(kName, canonical));
  if (!post.exists()) {  // gone, protected: X says so in "errors"
    out.set_url(x_permalink("", id));
    return out;
  }
  *out.mutable_author() = author_of(post["author_id"].id(), includes, owner);
  out.set_url(x_permalink(out.author().handle(), id));
  out.set_text(x_text(post, id_of_related(post, "quoted")).text);
  if (const auto when = wire_time(post["created_at"].view())) set_timestamp(out.mutable_created_at(), *when);
  add_x_media(post, includes, &out);
  return out;
}

// "RT @name: …", as far as it goes: all there is when the original is not in the answer.
void set_from_retweet(Json post, Related* original) {
  const std::string text = x_text(post, "").text;
  std::string_view rest = text;
  if (!consume_prefix(&rest, "RT @")) return;
  const std::size_t colon = rest.find(": ");
  if (colon == std::string_view::npos || !is_x_username(rest.substr(0, colon))) return;
  const std::string_view name = rest.substr(0, colon);
  original->mutable_author()->set_handle(std::string(name));
  original->mutable_author()->set_url(str_cat("https://x.com/", name));
  original->set_text(std::string(rest.substr(colon + 2)));
}

void set_reply(Json post, const XIncludes& includes, const XOwner& owner, Item* item) {
  const std::string parent = id_of_related(post, "replied_to");
  if (parent.empty()) return;
  *item->mutable_reply_to() = related_to(parent, includes, owner);
  const std::string to = post["in_reply_to_user_id"].id();
  // One's own thread, where the post before is not in the answer.
  if (!item->reply_to().has_author() && !to.empty() && to == post["author_id"].id()) {
    *item->mutable_reply_to()->mutable_author() = item->author();
    item->mutable_reply_to()->set_url(x_permalink(item->author().handle(), parent));
  }
}

// ---- text

void set_body(Json post, const XIncludes& includes, const XOwner& owner, Item* item) {
  const std::string quoted = id_of_related(post, "quoted");
  XText body = x_text(post, quoted);
  item->set_text(std::move(body.text));
  for (Facet& facet : body.facets) *item->add_facets() = std::move(facet);
  for (std::string& tag : body.tags) item->add_tags(std::move(tag));
  for (Link& link : body.links) *item->add_links() = std::move(link);
  // Who asked without entities finds what can be seen.
  const Json note = post["note_tweet"];
  const bool is_note = !note["text"].view().empty();
  if (!(is_note ? note : post)["entities"].is_object()) mark_links_and_hashtags(item);
  add_x_media(post, includes, item);
  if (!quoted.empty()) {
    *item->mutable_quote_of() = related_to(quoted, includes, owner);
    if (!includes.any_version(quoted).exists() && !body.quoted_url.empty())
      item->mutable_quote_of()->set_url(body.quoted_url);
  }
  set_reply(post, includes, owner, item);
}

}  // namespace

XIncludes::XIncludes(Json includes) {
  const auto index = [](Json list, std::string_view key, ById* out) {
    list.each([&](Json one) {
      if (std::string id = one[key].id(); !id.empty()) out->try_emplace(std::move(id), one);
    });
  };
  index(includes["users"], "id", &users_);
  index(includes["tweets"], "id", &posts_);
  index(includes["media"], "media_key", &media_);
  includes["tweets"].each([&](Json post) {
    post["edit_history_tweet_ids"].each([&](Json id) {
      const auto [place, is_new] = versions_.try_emplace(id.id(), post);
      if (!is_new && x_id_less(place->second["id"].id(), post["id"].id())) place->second = post;
    });
  });
}

Json XIncludes::any_version(std::string_view id) const {
  const Json exact = post(id);
  return exact.exists() ? exact : find(versions_, id);
}

Json XIncludes::find(const ById& all, std::string_view id) {
  const auto found = all.find(id);
  return found == all.end() ? Json() : found->second;
}

double XIncludes::cost_usd(Json data) const {
  StringSet more;
  std::size_t users = users_.size();
  const auto count = [&](Json one) {
    const std::string id = one["id"].id();
    if (one["username"].exists()) {
      if (!user(id).exists()) ++users;
    } else if (!id.empty() && !post(id).exists()) {
      more.insert(id);
    }
  };
  if (data.is_array()) {
    data.each(count);
  } else if (data.is_object()) {
    count(data);
  }
  return static_cast<double>(posts_.size() + more.size()) * kPostUsd + static_cast<double>(users) * kUserUsd;
}

std::string x_canonical_id(Json post) {
  const std::string first = post["edit_history_tweet_ids"].at(0).id();
  return is_x_id(first) ? first : post["id"].id();
}

std::string x_newest_id(Json post) {
  std::string newest = post["id"].id();
  post["edit_history_tweet_ids"].each([&](Json wire) {
    if (std::string id = wire.id(); is_x_id(id) && x_id_less(newest, id)) newest = std::move(id);
  });
  return newest;
}

Account x_profile(Json user) {
  Account profile;
  const std::string username = user["username"].text();
  profile.set_title(plain_line(user["name"].view()));
  profile.set_description(plain_text(user["description"].view()));
  if (is_x_username(username)) {
    profile.set_handle(username);
    profile.set_url(str_cat("https://x.com/", username));
  }
  if (const std::string id = user["id"].id(); is_x_id(id)) (*profile.mutable_details())["id"] = id;
  return profile;
}

absl::StatusOr<Item> x_item(Json post, const XIncludes& includes, const XOwner& owner) {
  if (!post.is_object()) return absl::InvalidArgumentError("not a post: no JSON object");
  const std::string id = post["id"].id();
  if (!is_x_id(id))
    return absl::InvalidArgumentError(str_cat("not a post's id: '", id.substr(0, utf8_floor(id, 100)), "'"));
  if (!post["text"].is_string()) return absl::InvalidArgumentError("it has no text");
  const std::string canonical = x_canonical_id(post);
  Item item;
  item.set_platform(std::string(kName));
  item.set_native_id(canonical);
  if (absl::Status times = set_times(post, canonical, &item); !times.ok()) return times;
  *item.mutable_author() = author_of(post["author_id"].id(), includes, owner);
  item.set_url(
      x_permalink(item.author().handle(), id));  // an older version's page says that there is a newer
  item.set_declared_language(language_of(post["lang"].view()));
  item.set_content_warning(warning_of(post));
  set_engagement(post, item.mutable_engagement());
  if (const std::string original = id_of_related(post, "retweeted"); !original.empty()) {
    item.clear_declared_language();
    *item.mutable_repost_of() = related_to(original, includes, owner);
    if (!includes.any_version(original).exists()) set_from_retweet(post, item.mutable_repost_of());
    return item;
  }
  set_body(post, includes, owner, &item);
  return item;
}

}  // namespace copytaster
