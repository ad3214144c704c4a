#include "copies_set.h"

#include <google/protobuf/struct.pb.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include "absl/time/time.h"
#include "core/item.h"
#include "core/json.h"
#include "core/text.h"
#include "core/time.h"

namespace copytaster::testing {
namespace {

using google::protobuf::Struct;

std::string text_of(const Struct& object, const std::string& key) {
  const auto field = object.fields().find(key);
  return field == object.fields().end() ? std::string() : field->second.string_value();
}

const google::protobuf::ListValue* list_of(const Struct& object, const std::string& key) {
  const auto field = object.fields().find(key);
  return field == object.fields().end() ? nullptr : &field->second.list_value();
}

void add_pictures(const Struct& post, Item* item) {
  const auto* pictures = list_of(post, "media");
  if (pictures == nullptr) return;
  for (const auto& picture : pictures->values()) {
    Media* media = item->add_media();
    media->set_kind(PICTURE);
    media->set_state(KEPT);
    media->set_alt_text(text_of(picture.struct_value(), "altText"));
    media->set_sha256(sha256_hex(media->alt_text()));
  }
}

Item read_post(const Struct& post, const std::string& native_id) {
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
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text_of(post, "at"), &at, &error)) << error;
  set_timestamp(item.mutable_created_at(), at);
  if (const auto* links = list_of(post, "links")) {
    for (const auto& link : links->values()) item.add_links()->set_url(link.string_value());
  }
  if (const auto* tags = list_of(post, "tags")) {
    for (const auto& tag : tags->values()) item.add_tags(tag.string_value());
  }
  add_pictures(post, &item);
  return item;
}

class Reader {
 public:
  void read(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
      ++number;
      Struct object;
      ASSERT_TRUE(from_json(line, &object).ok()) << file << ":" << number;
      take(object);
    }
  }
  CopiesSet finish() {
    std::ranges::stable_sort(set_.items, [](const Item& a, const Item& b) {
      return to_time(a.created_at()) < to_time(b.created_at());
    });
    return std::move(set_);
  }

 private:
  void take(const Struct& object) {
    LabelledCopies label;
    label.name = text_of(object, "group");
    label.copies = !label.name.empty();
    if (!label.copies) label.name = text_of(object, "apart");
    label.kind = text_of(object, "kind");
    std::map<std::string, std::string> ids;  // in the file -> of the item
    const std::size_t begin = set_.items.size();
    for (const auto& post : list_of(object, "items")->values()) {
      Item item =
          read_post(post.struct_value(), label.name + "-" + std::to_string(set_.items.size() - begin));
      ids[text_of(post.struct_value(), "id")] = item.id();
      label.ids.push_back(item.id());
      set_.items.push_back(std::move(item));
    }
    std::size_t at = begin;
    for (const auto& post : list_of(object, "items")->values()) {
      Item& item = set_.items[at++];
      const auto repost = post.struct_value().fields().find("repostOf");
      if (repost == post.struct_value().fields().end()) continue;
      item.mutable_repost_of()->set_item_id(ids[text_of(repost->second.struct_value(), "itemId")]);
    }
    set_.labels.push_back(std::move(label));
  }

  CopiesSet set_;
};

}  // namespace

CopiesSet read_copies_set() {
  Reader reader;
  const std::filesystem::path folder =
      std::filesystem::path(COPYTASTER_SOURCE_DIR) / "tests/processors/copies";
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() == ".jsonl") reader.read(file.path());
  }
  return reader.finish();
}

}  // namespace copytaster::testing
