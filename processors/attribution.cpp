// Whose words and whose pictures these are, and the line that says so in the house's style.
//
// Words belong to the account's owner, or to the first author where the post only passes them on. A
// picture belongs to the photographer named beside or under it, else named in the post, else in the file,
// else to whoever the words belong to.
#include <algorithm>
#include <string>

#include "core/item.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "processors/attribution_city.h"
#include "processors/attribution_labels.h"
#include "processors/attribution_line.h"
#include "processors/metadata_text.h"
#include "processors/rules_tables.h"
#include "processors/steps.h"

namespace copytaster {
namespace {

constexpr StepSpec kSpec = {
    .name = "attribution",
    .summary =
        "Credits words and pictures to their true author, with the role of the day and a credit line in "
        "house style",
    .writes = "attribution, media.attribution",
};

// Platforms let people put line breaks into their names.
std::string author_name(const Author& author) {
  std::string name = collapse_space(printable_text(author.name()));
  return name.empty() ? collapse_space(printable_text(author.handle())) : name;
}

// The day of the post; of its arrival where it has none.
absl::Time day_of(const Item& item) { return item_time(item); }

const Official* official_of(const Author& author, std::string_view platform, const Officials& officials) {
  const Official* found = author.official_id().empty() ? nullptr : officials.find(author.official_id());
  if (found == nullptr && !author.url().empty()) found = officials.of_url(author.url());
  if (found == nullptr && !author.handle().empty()) found = officials.of_handle(platform, author.handle());
  return found;
}

// The platform is the first part of an item's id: a bridge may repeat a post of another network.
std::string platform_of(const Related& related, std::string_view otherwise) {
  const std::size_t colon = related.item_id().find(':');
  return colon == std::string::npos || colon == 0 ? std::string(otherwise)
                                                  : related.item_id().substr(0, colon);
}

class Credits {
 public:
  Credits(Item* item, const Context& context) : item_(item), context_(context) {}

  void run() {
    item_->clear_attribution();
    const CreditSource own = of_account();
    const CreditSource said = item_->has_repost_of() ? of_related(item_->repost_of(), own, "repost") : own;
    write(said, item_->mutable_attribution());
    if (said.name.empty()) problem("the author of the reposted post is not known");
    pictures(item_->mutable_media(), said, item_->text());
    if (item_->has_repost_of())
      pictures(item_->mutable_repost_of()->mutable_media(), said, item_->repost_of().text());
    if (!item_->has_quote_of()) return;
    const CreditSource quoted = of_related(item_->quote_of(), own, "quote");
    pictures(item_->mutable_quote_of()->mutable_media(), quoted, item_->quote_of().text());
    for (Media& media : *item_->mutable_media()) {  // theirs, shown again
      if (const Media* theirs = picture_in(item_->quote_of(), media))
        *media.mutable_attribution() = theirs->attribution();
    }
  }

 private:
  void problem(std::string_view message) {
    for (const Problem& have : item_->problems()) {
      if (have.step() == kSpec.name && have.message() == message) return;
    }
    Problem* out = item_->add_problems();
    out->set_step(std::string(kSpec.name));
    out->set_message(std::string(message));
  }

  static void set_role(const Role* role, CreditSource* out) {
    out->role = role_label(role);
    out->city = city_of(role);
  }

  [[nodiscard]] CreditSource of_account() const {
    const Official* official = context_.officials->find(item_->official_id());
    if (official == nullptr) official = context_.officials->of_account(item_->account_id());
    if (official == nullptr) official = official_of(item_->author(), item_->platform(), *context_.officials);
    CreditSource out;
    out.official = official;
    out.name = official != nullptr ? official->name() : author_name(item_->author());
    if (official != nullptr) set_role(role_at(*official, day_of(*item_)), &out);
    out.platform = item_->platform();
    out.url = item_->url();
    out.rule = "account";
    return out;
  }

  [[nodiscard]] CreditSource of_related(const Related& related, const CreditSource& own,
                                        std::string_view rule) const {
    CreditSource out;
    out.platform = platform_of(related, item_->platform());
    out.official = official_of(related.author(), out.platform, *context_.officials);
    out.name = out.official != nullptr ? out.official->name() : author_name(related.author());
    const absl::Time when = related.has_created_at() ? to_time(related.created_at()) : day_of(*item_);
    if (out.official != nullptr) set_role(role_at(*out.official, when), &out);
    out.url = related.url();
    out.rule = std::string(rule);
    const bool same = out.official == own.official && (out.official != nullptr || out.name == own.name);
    if (same) return out;
    // Two people of one name are told apart by the office.
    const bool namesake = out.name == own.name && !own.role.empty();
    out.via = namesake ? str_cat(own.name, ", ", own.role) : own.name;
    return out;
  }

  void write(const CreditSource& source, Attribution* out) const {
    if (source.name.empty()) {
      // Nobody is credited rather than the wrong one.
      out->set_platform(source.platform);
      out->set_via(source.via);
      out->set_rule(source.rule);
      out->set_url(source.url);
      return;
    }
    out->set_credit_line(source_line(source, *context_.rules));
    out->set_name(source.name);
    if (source.official != nullptr) out->set_official_id(source.official->id());
    out->set_role(source.role);
    out->set_city(source.city);
    out->set_platform(source.platform);
    out->set_via(source.via);
    out->set_rule(source.rule);
    out->set_url(source.url);
  }

  void find_labels(const std::string& text, std::vector<PhotoLabel>* out) const {
    find_photo_labels(text, language_bit(item_->language()), context_.rules->tables().places, out);
  }

  // The photographer whom `text` with its `labels` names for the picture of this index; empty: none.
  [[nodiscard]] std::string named_in(const std::string& text, const std::vector<PhotoLabel>& labels,
                                     std::size_t index, const CreditSource& source) const {
    for (const PhotoLabel& label : labels) {
      if (label.credit == Span{}) continue;
      if (label.pictures != 0 && (index >= 64 || (label.pictures >> index & 1) == 0)) continue;
      std::string name = text.substr(label.credit.begin, label.credit.end - label.credit.begin);
      if (name.starts_with('@')) return of_handle(name, source.platform);
      // "Photo: Vitali Klitschko" under another mayor's post shows him; "© Vitali Klitschko" is his.
      const Official* official = official_named(name);
      if (official != nullptr && official != source.official && official->kind() == PERSON && !label.strong)
        continue;
      return name;
    }
    return "";
  }

  // The person, not the handle, where it is one we know.
  [[nodiscard]] std::string of_handle(const std::string& handle, std::string_view platform) const {
    const Official* official = context_.officials->of_handle(platform, handle);
    return official == nullptr ? handle : official->name();
  }

  [[nodiscard]] const Official* official_named(std::string_view name) const {
    for (const Official& official : context_.officials->all()) {
      if (equals_ignore_case(official.name(), name)) return &official;
      for (const std::string& alias : official.aliases()) {
        if (equals_ignore_case(alias, name)) return &official;
      }
    }
    return nullptr;
  }

  void pictures(google::protobuf::RepeatedPtrField<Media>* media, const CreditSource& source,
                const std::string& text) {
    if (media->empty()) return;
    static thread_local std::vector<PhotoLabel> labels;
    find_labels(text, &labels);
    for (int i = 0; i < media->size(); ++i) {
      Media& one = (*media)[i];
      const auto index = static_cast<std::size_t>(i);
      credit(&one, source, one.kind() == PICTURE ? named_in(text, labels, index, source) : "");
    }
  }

  // "Creator / Agency" as the file has it.
  static std::string embedded_credit(const EmbeddedMetadata& embedded) {
    std::string creator = clean_credit(embedded.creator()), credit = clean_credit(embedded.credit());
    if (!creator.empty() && !credit.empty() && !contains_ignore_case(credit, creator))
      return str_cat(creator, " / ", credit);
    if (!credit.empty()) return credit;
    return creator.empty() ? clean_credit(embedded.copyright()) : creator;
  }

  void credit(Media* media, const CreditSource& source, std::string_view in_text) const {
    media->clear_attribution();
    std::string photographer = clean_credit(media->credit());
    std::string_view rule = "media-credit";
    if (photographer.empty() && !media->caption().empty()) {
      static thread_local std::vector<PhotoLabel> labels;
      find_labels(media->caption(), &labels);
      photographer = named_in(media->caption(), labels, 0, source);
      rule = "photographer-in-caption";
    }
    if (photographer.empty()) {
      photographer = std::string(in_text);
      rule = "photographer-in-text";
    }
    if (photographer.empty()) {
      photographer = embedded_credit(media->embedded());
      rule = "embedded-credit";
    }
    write(source, media->mutable_attribution());
    if (photographer.empty() || is_source(photographer, source)) return;
    Attribution* out = media->mutable_attribution();
    out->set_credit_line(photographer_line(photographer, out->credit_line(), *context_.rules));
    out->set_name(photographer);
    out->clear_official_id();
    out->clear_role();
    out->clear_city();
    out->set_rule(std::string(rule));
  }

  // "Ville de Paris" under a picture of the City of Paris adds nobody.
  [[nodiscard]] bool is_source(std::string_view photographer, const CreditSource& source) const {
    const std::string name = fold_name(photographer);
    if (name == fold_name(source.name)) return true;
    if (source.official == nullptr) return false;
    return std::any_of(source.official->aliases().begin(), source.official->aliases().end(),
                       [&](const std::string& alias) { return fold_name(alias) == name; });
  }

  static const Media* picture_in(const Related& related, const Media& media) {
    for (const Media& other : related.media()) {
      if (!media.url().empty() && media.url() == other.url()) return &other;
    }
    return nullptr;
  }

  Item* item_;
  const Context& context_;
};

class AttributionStep final : public Processor {
 public:
  [[nodiscard]] const StepSpec& spec() const override { return kSpec; }

  absl::Status process(Item& item, const Context& context) const override {
    Credits(&item, context).run();
    return absl::OkStatus();
  }
};

}  // namespace

std::unique_ptr<Processor> make_attribution_step() { return std::make_unique<AttributionStep>(); }

}  // namespace copytaster
