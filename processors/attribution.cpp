// Whose words and whose pictures these are, and the line that says so in the house's style.
//
// Words belong to the account's owner, or to the first author where the post only passes them on. A
// picture belongs to the photographer named beside it, else named in the post, else in the file, else to
// whoever the words belong to.
#include <algorithm>
#include <string>

#include "core/item.h"
#include "core/strings.h"
#include "core/time.h"
#include "core/url.h"
#include "processors/attribution_labels.h"
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

// Who published something, before any photographer.
struct Source {
  std::string name;
  const Official* official = nullptr;
  std::string role;
  std::string platform;
  std::string url;
  std::string via;
  std::string rule;
};

std::string_view look_up(const StringMap<std::string>& templates, std::string_view language) {
  auto found = templates.find(language);
  if (found == templates.end()) found = templates.find("en");
  return found == templates.end() ? std::string_view() : std::string_view(found->second);
}

std::string host_of(std::string_view url) {
  const auto parsed = parse_url(url);
  if (!parsed) return "";
  std::string_view host = parsed->host;
  consume_prefix(&host, "www.");
  return std::string(host);
}

// The line that credits the source alone: "Source: Anne Hidalgo on Facebook".
std::string source_line(const Source& source, const Rules& rules) {
  std::string line;
  const std::string host = source.platform == "feed" ? host_of(source.url) : "";
  if (source.platform == "feed") {
    line = replace_all(look_up(rules.feed_templates, rules.house_language), "{host}", host);
    if (host.empty()) {  // nothing to put there: drop what leads to it
      while (!line.empty() && (line.back() == ' ' || line.back() == ',')) line.pop_back();
    }
  } else {
    line = replace_all(look_up(rules.credit_templates, rules.house_language), "{platform}",
                       platform_label(source.platform));
  }
  line = replace_all(line, "{name}", source.name);
  if (source.via.empty()) return line;
  return replace_all(replace_all(look_up(rules.via_templates, rules.house_language), "{source}", line),
                     "{via}", source.via);
}

std::string author_name(const Author& author) {
  return author.name().empty() ? author.handle() : author.name();
}

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
    const Source own = of_account();
    const Source said = item_->has_repost_of() ? of_related(item_->repost_of(), own, "repost") : own;
    write(said, item_->mutable_attribution());
    if (said.name.empty()) problem("the author of the reposted post is not known");
    pictures(item_->mutable_media(), said, item_->text());
    if (item_->has_repost_of())
      pictures(item_->mutable_repost_of()->mutable_media(), said, item_->repost_of().text());
    if (!item_->has_quote_of()) return;
    const Source quoted = of_related(item_->quote_of(), own, "quote");
    pictures(item_->mutable_quote_of()->mutable_media(), quoted, item_->quote_of().text());
    for (Media& media : *item_->mutable_media()) {
      if (is_picture_of(media, item_->quote_of())) credit(&media, quoted, "", {});
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

  [[nodiscard]] Source of_account() const {
    const Official* official = context_.officials->find(item_->official_id());
    if (official == nullptr) official = context_.officials->of_account(item_->account_id());
    if (official == nullptr) official = official_of(item_->author(), item_->platform(), *context_.officials);
    Source out;
    out.official = official;
    out.name = official != nullptr ? official->name() : author_name(item_->author());
    if (official != nullptr) out.role = role_label(role_at(*official, to_time(item_->created_at())));
    out.platform = item_->platform();
    out.url = item_->url();
    out.rule = "account";
    return out;
  }

  [[nodiscard]] Source of_related(const Related& related, const Source& own, std::string_view rule) const {
    Source out;
    out.platform = platform_of(related, item_->platform());
    out.official = official_of(related.author(), out.platform, *context_.officials);
    out.name = out.official != nullptr ? out.official->name() : author_name(related.author());
    const auto when = related.has_created_at() ? related.created_at() : item_->created_at();
    if (out.official != nullptr) out.role = role_label(role_at(*out.official, to_time(when)));
    out.url = related.url();
    out.rule = std::string(rule);
    const bool same = out.official != nullptr ? out.official == own.official : out.name == own.name;
    if (!same) out.via = own.name;
    return out;
  }

  void write(const Source& source, Attribution* out) const {
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
    out->set_platform(source.platform);
    out->set_via(source.via);
    out->set_rule(source.rule);
    out->set_url(source.url);
  }

  // The photographer whom `text` names for its pictures; empty: none.
  [[nodiscard]] std::string named_in(const std::string& text, const Source& source) const {
    static thread_local std::vector<PhotoLabel> labels;
    find_photo_labels(text, language_bit(item_->language()), context_.rules->tables().places, &labels);
    for (const PhotoLabel& label : labels) {
      if (label.credit == Span{}) continue;
      std::string name = text.substr(label.credit.begin, label.credit.end - label.credit.begin);
      // "Photo: Vitali Klitschko" under another mayor's post shows him; "© Vitali Klitschko" is his.
      const Official* official = official_named(name);
      if (official != nullptr && official != source.official && official->kind() == PERSON && !label.strong)
        continue;
      return name;
    }
    return "";
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

  void pictures(google::protobuf::RepeatedPtrField<Media>* media, const Source& source,
                const std::string& text) {
    if (media->empty()) return;
    const std::string in_text = text.empty() ? "" : named_in(text, source);
    for (Media& one : *media) credit(&one, source, one.kind() == PICTURE ? in_text : "", one.embedded());
  }

  // "Creator / Agency" as the file has it.
  static std::string embedded_credit(const EmbeddedMetadata& embedded) {
    const std::string creator = clean_credit(embedded.creator()), credit = clean_credit(embedded.credit());
    if (!creator.empty() && !credit.empty() && !contains_ignore_case(credit, creator))
      return str_cat(creator, " / ", credit);
    if (!credit.empty()) return credit;
    return creator.empty() ? clean_credit(embedded.copyright()) : creator;
  }

  void credit(Media* media, const Source& source, std::string_view in_text,
              const EmbeddedMetadata& embedded) const {
    media->clear_attribution();
    std::string photographer = clean_credit(media->credit());
    std::string_view rule = "media-credit";
    if (photographer.empty()) {
      photographer = std::string(in_text);
      rule = "photographer-in-text";
    }
    if (photographer.empty()) {
      photographer = embedded_credit(embedded);
      rule = "embedded-credit";
    }
    write(source, media->mutable_attribution());
    if (photographer.empty() || is_source(photographer, source)) return;
    Attribution* out = media->mutable_attribution();
    const std::string line = out->credit_line();
    out->set_credit_line(replace_all(
        replace_all(look_up(context_.rules->photographer_templates, context_.rules->house_language),
                    "{source}", line),
        "{photographer}", photographer));
    out->set_name(photographer);
    out->clear_official_id();
    out->clear_role();
    out->set_rule(std::string(rule));
  }

  // "Ville de Paris" under a picture of the City of Paris adds nobody.
  [[nodiscard]] bool is_source(std::string_view photographer, const Source& source) const {
    if (equals_ignore_case(photographer, source.name)) return true;
    if (source.official == nullptr) return false;
    return std::any_of(source.official->aliases().begin(), source.official->aliases().end(),
                       [&](const std::string& alias) { return equals_ignore_case(alias, photographer); });
  }

  static bool is_picture_of(const Media& media, const Related& related) {
    return std::any_of(related.media().begin(), related.media().end(), [&](const Media& other) {
      return !media.url().empty() && media.url() == other.url();
    });
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
