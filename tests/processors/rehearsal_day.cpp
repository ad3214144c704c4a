#include "rehearsal_day.h"

#include <google/protobuf/struct.pb.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <random>

#include "core/item.h"
#include "core/json.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "processors/picture_facts.h"
#include "toml++/toml.h"

namespace copytaster::testing {
namespace {

using google::protobuf::Struct;
using google::protobuf::Value;

const std::filesystem::path kDay = std::filesystem::path(COPYTASTER_SOURCE_DIR) / "rehearsal" / "day";

std::string platform_of(std::string_view account) {
  if (account.find("facebook.com") != std::string_view::npos) return "facebook";
  if (account.find("bsky.app") != std::string_view::npos) return "bluesky";
  if (account.find("//x.com/") != std::string_view::npos) return "x";
  if (account.find("//www.instagram.com/") != std::string_view::npos) return "instagram";
  if (account.find("//www.threads.com/") != std::string_view::npos) return "threads";
  if (account.find("//t.me/") != std::string_view::npos) return "telegram";
  if (account.find("//www.youtube.com/") != std::string_view::npos) return "youtube";
  return account.find("/@") != std::string_view::npos ? "mastodon" : "feed";
}

std::string text_of(const Struct& from, const std::string& name) {
  const auto field = from.fields().find(name);
  return field == from.fields().end() ? "" : field->second.string_value();
}

absl::Time date_of(const toml::date& date) {
  return absl::FromCivil(absl::CivilDay(date.year, date.month, date.day), absl::UTCTimeZone());
}

Official read_official(const toml::table& from) {
  Official official;
  official.set_id(from["id"].value_or(""));
  official.set_name(from["name"].value_or(""));
  const std::string kind = from["kind"].value_or("person");
  official.set_kind(kind == "body" ? BODY : kind == "newsroom" ? NEWSROOM : PERSON);
  if (const auto* aliases = from["aliases"].as_array()) {
    for (const auto& alias : *aliases) official.add_aliases(alias.value_or(""));
  }
  if (const auto* languages = from["languages"].as_array()) {
    for (const auto& language : *languages) official.add_languages(language.value_or(""));
  }
  if (const auto* accounts = from["accounts"].as_array()) {
    for (const auto& url : *accounts) {
      Account* account = official.add_accounts();
      account->set_profile_url(url.value_or(""));
      account->set_platform(platform_of(account->profile_url()));
      account->set_id(account->platform() + ":" + account->profile_url());
      account->set_handle(account->profile_url().substr(account->profile_url().rfind('/') + 1));
    }
  }
  if (const auto* roles = from["role"].as_array()) {
    for (const auto& one : *roles) {
      const toml::table& table = *one.as_table();
      Role* role = official.add_roles();
      role->set_title(table["title"].value_or(""));
      role->set_place(table["place"].value_or(""));
      role->set_country(table["country"].value_or(""));
      if (const auto date = table["from"].value<toml::date>())
        set_timestamp(role->mutable_from(), date_of(*date));
    }
  }
  return official;
}

// Blobs of light on a 320 × 214 canvas: smooth, and different for each name.
std::vector<float> paint(const std::string& scene) {
  std::mt19937 random(static_cast<unsigned>(stable_hash(scene)));
  std::uniform_real_distribution<float> unit(0, 1);
  std::vector<float> canvas(320 * 214, 0);
  for (int blob = 0; blob < 60; ++blob) {
    const float x = unit(random) * 320, y = unit(random) * 214, size = 6 + 24 * unit(random);
    const float light = (unit(random) - 0.5F) * 220;
    for (int row = 0; row < 214; ++row) {
      for (int column = 0; column < 320; ++column) {
        const float far = std::hypot(static_cast<float>(column) - x, static_cast<float>(row) - y) / size;
        canvas[static_cast<std::size_t>(row * 320 + column)] += light * std::exp(-far * far);
      }
    }
  }
  for (float& pixel : canvas) pixel = std::clamp(pixel + 128, 0.0F, 255.0F);
  return canvas;
}

PictureHash hash_of(const std::string& scene, const std::string& crop) {
  const int left = crop == "right" ? 26 : crop == "tight" ? 13 : 0;
  const int top = crop == "tight" ? 10 : 0;
  const int width = crop == "full" || crop == "top" ? 320 : 294;
  const int height = crop == "tight" || crop == "top" ? 193 : 214;
  const std::vector<float> canvas = paint(scene);
  std::vector<float> cut;
  for (int row = top; row < top + height; ++row) {
    const auto begin = canvas.begin() + row * 320 + left;
    cut.insert(cut.end(), begin, begin + width);
  }
  return pdq_hash(cut.data(), height, width);
}

void add_picture(const Struct& from, Item& item) {
  static std::map<std::string, PictureHash> known;
  const std::string name = text_of(from, "image") + "/" + text_of(from, "crop");
  if (!known.contains(name)) known[name] = hash_of(text_of(from, "image"), text_of(from, "crop"));
  Media* media = item.add_media();
  media->set_kind(PICTURE);
  media->set_state(KEPT);
  media->set_url("https://pictures.example/" + name + "/" + item.platform());
  media->set_sha256(sha256_hex(name + item.platform()));
  media->set_alt_text(text_of(from, "alt"));
  media->set_caption(text_of(from, "caption"));
  media->set_credit(text_of(from, "credit"));
  media->set_width(item.platform() == "facebook" ? 1600 : 1000);
  media->set_height(item.platform() == "facebook" ? 1067 : 667);
  *media->mutable_pdq() = known[name];
}

void add_pictures(const Struct& post, Item& item) {
  item.clear_media();
  const auto pictures = post.fields().find("pictures");
  if (pictures == post.fields().end()) return;
  for (const Value& one : pictures->second.list_value().values()) add_picture(one.struct_value(), item);
}

Item read_post(const Struct& post, const Officials& officials) {
  Item item;
  const std::string account = text_of(post, "account");
  item.set_platform(platform_of(account));
  item.set_native_id(text_of(post, "key"));
  item.set_id(item_id(item.platform(), item.native_id()));
  item.set_account_id(item.platform() + ":" + account);
  const Official* official = officials.of_account(item.account_id());
  if (official != nullptr) item.set_official_id(official->id());
  item.mutable_author()->set_name(official == nullptr ? account : official->name());
  item.mutable_author()->set_url(account);
  item.set_url("https://posts.example/" + item.native_id());
  item.set_title(text_of(post, "title"));
  item.set_text(text_of(post, "text"));
  item.set_declared_language(text_of(post, "language"));
  set_timestamp(item.mutable_created_at(), parse_date(text_of(post, "at")).value_or(absl::UnixEpoch()));
  *item.mutable_collected_at() = item.created_at();
  add_pictures(post, item);
  if (const auto edits = post.fields().find("edits"); edits != post.fields().end()) {
    const Struct& last = edits->second.list_value().values().rbegin()->struct_value();
    if (last.fields().contains("text")) item.set_text(text_of(last, "text"));
    if (last.fields().contains("pictures")) add_pictures(last, item);
  }
  if (post.fields().contains("delete_at")) item.set_state(GONE);
  return item;
}

}  // namespace

RehearsalDay load_rehearsal_day() {
  RehearsalDay day;
  std::vector<Official> officials;
  const auto parsed = toml::parse_file((kDay / "officials.toml").string());
  if (const auto* all = parsed["official"].as_array()) {
    for (const auto& one : *all) officials.push_back(read_official(*one.as_table()));
  }
  day.officials = Officials(std::move(officials));
  std::vector<Struct> posts;
  for (const auto& file : std::filesystem::directory_iterator(kDay / "posts")) {
    std::ifstream lines(file.path());
    for (std::string line; std::getline(lines, line);) {
      Struct post;
      if (from_json(line, &post).ok()) posts.push_back(std::move(post));
    }
  }
  for (const Struct& post : posts) {
    day.items.push_back(read_post(post, day.officials));
    day.ids[text_of(post, "key")] = day.items.back().id();
  }
  for (std::size_t i = 0; i < posts.size(); ++i) {
    Item& item = day.items[i];
    if (const std::string key = text_of(posts[i], "reshare_of"); !key.empty())
      item.mutable_repost_of()->set_item_id(day.ids[key]);
    if (const std::string key = text_of(posts[i], "quote_of"); !key.empty())
      item.mutable_quote_of()->set_item_id(day.ids[key]);
    if (const std::string key = text_of(posts[i], "reply_to"); !key.empty())
      item.mutable_reply_to()->set_item_id(day.ids[key]);
  }
  std::ranges::sort(day.items, [](const Item& a, const Item& b) {
    return a.created_at().seconds() != b.created_at().seconds()
               ? a.created_at().seconds() < b.created_at().seconds()
               : a.id() < b.id();
  });
  return day;
}

}  // namespace copytaster::testing
