#include "bench/labelled_printable.h"

#include <utility>

#include "bench/labelled_lines.h"
#include "core/item.h"
#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

using google::protobuf::Struct;
using google::protobuf::Value;

// What stands under `key`, then all of "also".
std::vector<std::string> texts_of(const Struct& object, const std::string& key) {
  std::vector<std::string> out{text_of(object, key)};
  for (const Value& other : list_of(object, "also").values()) out.push_back(other.string_value());
  return out;
}

Official read_official(const Struct& wire) {
  Official out;
  out.set_id(text_of(wire, "id"));
  out.set_name(text_of(wire, "name"));
  out.set_kind(text_of(wire, "kind") == "body" ? BODY : PERSON);
  if (const Struct& held = object_of(wire, "role"); held.fields_size() > 0) {
    Role* role = out.add_roles();
    role->set_title(text_of(held, "title"));
    role->set_place(text_of(held, "place"));
    role->set_country(text_of(held, "country"));
  }
  for (const Value& value : list_of(wire, "accounts").values()) {
    const Struct& known = value.struct_value();
    Account* account = out.add_accounts();
    account->set_platform(text_of(known, "platform"));
    account->set_handle(text_of(known, "handle"));
    account->set_profile_url(text_of(known, "url"));
    account->set_id(str_cat(account->platform(), ":", account->handle()));
    account->set_official_id(out.id());
  }
  return out;
}

void read_pictures(const Struct& post, google::protobuf::RepeatedPtrField<Media>* out) {
  for (const Value& value : list_of(post, "media").values()) {
    const Struct& wire = value.struct_value();
    Media* media = out->Add();
    media->set_kind(PICTURE);
    media->set_alt_text(text_of(wire, "altText"));
    media->set_caption(text_of(wire, "caption"));
    media->set_credit(text_of(wire, "credit"));
    media->set_url(str_cat("https://pictures.test/", text_of(post, "url").size(), "/", out->size(), ".jpg"));
    const Struct& embedded = object_of(wire, "embedded");
    if (embedded.fields_size() == 0) continue;
    media->mutable_embedded()->set_caption(text_of(embedded, "caption"));
    media->mutable_embedded()->set_caption_from(text_of(embedded, "captionFrom"));
    media->mutable_embedded()->set_creator(text_of(embedded, "creator"));
    media->mutable_embedded()->set_credit(text_of(embedded, "credit"));
  }
}

Related read_related(const Struct& wire, const Item& item) {
  Related out;
  const std::string platform = text_of(wire, "platform");
  out.set_url(text_of(wire, "url"));
  out.set_item_id(item_id(platform.empty() ? item.platform() : platform, out.url()));
  out.mutable_author()->set_name(text_of(wire, "name"));
  out.mutable_author()->set_handle(text_of(wire, "handle"));
  out.set_text(text_of(wire, "text"));
  read_pictures(wire, out.mutable_media());
  return out;
}

absl::StatusOr<Item> read_item(const Struct& wire, const std::string& native_id) {
  CT_ASSIGN_OR_RETURN(Item item, read_labelled_item(wire, native_id));
  read_pictures(wire, item.mutable_media());
  if (const Value* repost = field_of(wire, "repostOf"))
    *item.mutable_repost_of() = read_related(repost->struct_value(), item);
  if (const Value* quote = field_of(wire, "quoteOf"))
    *item.mutable_quote_of() = read_related(quote->struct_value(), item);
  return item;
}

std::vector<WantedCaption> read_captions(const Struct& expect, const std::string& key) {
  std::vector<WantedCaption> out;
  for (const Value& value : list_of(expect, key).values()) {
    WantedCaption& caption = out.emplace_back();
    const Struct& wire = value.struct_value();
    caption.judged = field_of(wire, "any") == nullptr;
    if (!caption.judged || wire.fields_size() == 0) continue;
    caption.texts = texts_of(wire, "text");
    caption.origin = text_of(wire, "origin");
  }
  return out;
}

WantedCredit read_credit(const Struct& wire) { return {texts_of(wire, "line"), text_of(wire, "name")}; }

std::vector<WantedCredit> read_credits(const Struct& expect, const std::string& key) {
  std::vector<WantedCredit> out;
  for (const Value& value : list_of(expect, key).values()) out.push_back(read_credit(value.struct_value()));
  return out;
}

absl::Status check(const PrintablePost& post) {
  const Item& item = post.item;
  const Related& related = item.has_repost_of() ? item.repost_of() : item.quote_of();
  const auto fit = [](const auto& media, const auto& captions, const auto& credits) {
    return captions.size() == static_cast<std::size_t>(media.size()) && credits.size() == captions.size();
  };
  if (post.name.empty()) return absl::InvalidArgumentError("no \"post\"");
  if (post.split != "seen" && post.split != "held")
    return absl::InvalidArgumentError("\"split\" is neither \"seen\" nor \"held\"");
  if (post.credit.lines.front().empty()) return absl::InvalidArgumentError("no credit");
  if (!fit(item.media(), post.captions, post.picture_credits) ||
      !fit(related.media(), post.related_captions, post.related_credits))
    return absl::InvalidArgumentError("a caption and a credit are wanted for each picture");
  for (const WantedStatement& statement : post.statements) {
    if (item.text().find(statement.text) == std::string::npos)
      return absl::InvalidArgumentError(str_cat("not in the text: ", statement.text));
  }
  for (const std::string& text : post.not_quotes) {
    if (item.text().find(text) == std::string::npos)
      return absl::InvalidArgumentError(str_cat("not in the text: ", text));
  }
  return absl::OkStatus();
}

absl::StatusOr<PrintablePost> read_post(const Struct& line) {
  PrintablePost post;
  post.name = text_of(line, "post");
  post.language = post.name.substr(0, post.name.find('-'));
  post.kind = text_of(line, "kind");
  post.split = text_of(line, "split");
  post.officials.push_back(read_official(object_of(line, "official")));
  for (const Value& other : list_of(line, "others").values())
    post.officials.push_back(read_official(other.struct_value()));
  CT_ASSIGN_OR_RETURN(post.item, read_item(object_of(line, "item"), post.name));
  const Struct& expect = object_of(line, "expect");
  post.captions = read_captions(expect, "captions");
  post.related_captions = read_captions(expect, "relatedCaptions");
  post.credit = read_credit(object_of(expect, "credit"));
  post.picture_credits = read_credits(expect, "pictureCredits");
  post.related_credits = read_credits(expect, "relatedCredits");
  for (const Value& value : list_of(expect, "statements").values())
    post.statements.push_back(
        {text_of(value.struct_value(), "text"), texts_of(value.struct_value(), "speaker")});
  for (const Value& value : list_of(expect, "notQuotes").values())
    post.not_quotes.push_back(value.string_value());
  post.first_person = text_of(expect, "firstPerson");
  CT_RETURN_IF_ERROR(check(post));
  return post;
}

}  // namespace

absl::StatusOr<std::vector<PrintablePost>> read_printable_posts(const std::string& path) {
  std::vector<PrintablePost> posts;
  CT_RETURN_IF_ERROR(each_labelled_line(path, [&](const Struct& line) -> absl::Status {
    CT_ASSIGN_OR_RETURN(PrintablePost post, read_post(line));
    posts.push_back(std::move(post));
    return absl::OkStatus();
  }));
  if (posts.empty()) return absl::NotFoundError(str_cat("no labelled posts in ", path));
  return posts;
}

}  // namespace copytaster
