// Reads the labelled copies.
#include <algorithm>
#include <map>
#include <random>
#include <utility>

#include "bench/copies_quality.h"
#include "bench/labelled_lines.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"

namespace copytaster {
namespace {

using google::protobuf::Struct;

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
  CT_ASSIGN_OR_RETURN(Item item, read_labelled_item(post, native_id));
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

}  // namespace

absl::StatusOr<LabelledSet> read_labelled_copies(const std::string& path) {
  LabelledSet set;
  CT_RETURN_IF_ERROR(each_labelled_line(path, [&](const Struct& line) { return take(line, &set); }));
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
