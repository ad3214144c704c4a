// Reads the labelled copies.
#include <google/protobuf/struct.pb.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <utility>

#include "absl/time/time.h"
#include "bench/copies_quality.h"
#include "core/item.h"
#include "core/json.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"

namespace copytaster {
namespace {

using google::protobuf::Struct;

std::string text_of(const Struct& object, const std::string& key) {
  const auto field = object.fields().find(key);
  return field == object.fields().end() ? std::string() : field->second.string_value();
}

// Empty where there is none.
const google::protobuf::ListValue& list_of(const Struct& object, const std::string& key) {
  static const google::protobuf::ListValue kNone;
  const auto field = object.fields().find(key);
  return field == object.fields().end() ? kNone : field->second.list_value();
}

void add_pictures(const Struct& post, Item* item) {
  for (const auto& picture : list_of(post, "media").values()) {
    Media* media = item->add_media();
    media->set_kind(PICTURE);
    media->set_state(KEPT);
    media->set_alt_text(text_of(picture.struct_value(), "altText"));
    media->set_sha256(sha256_hex(media->alt_text()));
  }
}

absl::StatusOr<Item> read_post(const Struct& post, const std::string& native_id) {
  Item item;
  item.set_platform(text_of(post, "platform"));
  item.set_native_id(native_id);
  item.set_id(item_id(item.platform(), native_id));
  item.set_official_id(text_of(post, "person"));
  item.set_account_id(item.platform() + ":" + text_of(post, "handle"));
  item.mutable_author()->set_name(text_of(post, "name"));
  item.mutable_author()->set_handle(text_of(post, "handle"));
  item.set_text(text_of(post, "text"));
  item.set_title(text_of(post, "title"));
  item.set_url(text_of(post, "url"));
  absl::Time at;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, text_of(post, "at"), &at, &error))
    return absl::InvalidArgumentError(str_cat("at: ", error));
  set_timestamp(item.mutable_created_at(), at);
  for (const auto& link : list_of(post, "links").values()) item.add_links()->set_url(link.string_value());
  for (const auto& tag : list_of(post, "tags").values()) item.add_tags(tag.string_value());
  add_pictures(post, &item);
  return item;
}

absl::Status take(const Struct& object, LabelledSet* set) {
  LabelledCopies label;
  label.name = text_of(object, "group");
  label.copies = !label.name.empty();
  if (!label.copies) label.name = text_of(object, "apart");
  if (label.name.empty()) return absl::InvalidArgumentError("neither \"group\" nor \"apart\"");
  label.kind = text_of(object, "kind");
  std::map<std::string, std::string> ids;  // in the file -> of the item
  const std::size_t begin = set->items.size();
  const auto& posts = list_of(object, "items").values();
  for (const auto& post : posts) {
    CT_ASSIGN_OR_RETURN(Item item,
                        read_post(post.struct_value(), str_cat(label.name, "-", set->items.size() - begin)));
    ids[text_of(post.struct_value(), "id")] = item.id();
    label.ids.push_back(item.id());
    set->items.push_back(std::move(item));
  }
  std::size_t at = begin;
  for (const auto& post : posts) {
    Item& item = set->items[at++];
    const auto repost = post.struct_value().fields().find("repostOf");
    if (repost == post.struct_value().fields().end()) continue;
    item.mutable_repost_of()->set_item_id(ids[text_of(repost->second.struct_value(), "itemId")]);
  }
  set->labels.push_back(std::move(label));
  return absl::OkStatus();
}

absl::Status read_file(const std::filesystem::path& file, LabelledSet* set) {
  std::ifstream in(file);
  if (!in) return absl::NotFoundError(str_cat(file.string(), " cannot be read"));
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    Struct object;
    absl::Status read = from_json(line, &object);
    if (read.ok()) read = take(object, set);
    if (!read.ok())
      return absl::InvalidArgumentError(
          str_cat(file.string(), ":", number, ": ", std::string(read.message())));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<LabelledSet> read_labelled_copies(const std::string& path) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    for (const auto& file : std::filesystem::directory_iterator(path, error)) {
      if (file.path().extension() == ".jsonl") files.push_back(file.path());
    }
    std::ranges::sort(files);
  } else {
    files.emplace_back(path);
  }
  LabelledSet set;
  for (const auto& file : files) CT_RETURN_IF_ERROR(read_file(file, &set));
  if (set.labels.empty()) return absl::NotFoundError(str_cat("no labelled copies in ", path));
  std::ranges::stable_sort(set.items, {}, [](const Item& item) { return to_time(item.created_at()); });
  return set;
}

std::vector<Item> as_polling_brings_them(const LabelledSet& set, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<std::pair<std::int64_t, std::size_t>> order;
  for (std::size_t i = 0; i < set.items.size(); ++i)
    order.emplace_back(set.items[i].created_at().seconds() + static_cast<std::int64_t>(random() % 172'800),
                       i);
  std::ranges::sort(order);
  std::vector<Item> items;
  for (const auto& [when, index] : order) items.push_back(set.items[index]);
  return items;
}

}  // namespace copytaster
