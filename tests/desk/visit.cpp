#include "tests/desk/visit.h"

#include "core/item.h"
#include "core/time.h"

namespace copytaster {
namespace {

struct Who {
  std::string_view id, name, role, url;
};

const Who& who(std::string_view id) {
  static const Who kAll[] = {
      {"aubanel", "Marie Aubanel", "Mayor of Rouvray", "https://www.facebook.com/aubanel.test"},
      {"halenko", "Petro Halenko", "Mayor of Zelenohrad", "https://social.test/@halenko"},
      {"brodzki", "Jan Brodzki", "Mayor of Kalinowo", "https://www.facebook.com/brodzki.test"},
      {"newsroom", "The newsroom", "", "https://newsroom.test/feed"},
  };
  for (const Who& one : kAll) {
    if (one.id == id) return one;
  }
  return kAll[0];
}

void attribute(Attribution& attribution, std::string_view official, std::string_view platform) {
  attribution.set_name(std::string(who(official).name));
  attribution.set_official_id(std::string(official));
  attribution.set_role(std::string(who(official).role));
  attribution.set_platform(std::string(platform));
  attribution.set_rule("account");
  attribution.set_credit_line("Source: " + std::string(who(official).name) + " on " +
                              std::string(platform_label(platform)));
}

void add_picture(Item& item, std::string_view bytes, std::string_view caption, std::string_view alt) {
  Media& media = *item.add_media();
  media.set_url("https://cdn.test/" + std::to_string(item.media_size()) + ".jpg?sig=s3cret&token=hidden");
  media.set_sha256(sha256_hex(bytes));
  media.set_state(KEPT);
  media.set_mime_type("image/jpeg");
  media.set_width(1200);
  media.set_height(800);
  media.set_size_bytes(bytes.size());
  media.set_caption(std::string(caption));
  media.set_alt_text(std::string(alt));
  attribute(*media.mutable_attribution(), item.official_id(), item.platform());
}

void add_quote(Item& item, std::string_view words, float score) {
  const std::size_t at = item.text().find(words);
  Quote& quote = *item.add_quotes();
  quote.set_text(std::string(words));
  quote.set_begin(static_cast<std::uint32_t>(at));
  quote.set_end(static_cast<std::uint32_t>(at + words.size()));
  quote.mutable_speaker()->set_name(std::string(who(item.official_id()).name));
  quote.mutable_speaker()->set_role(std::string(who(item.official_id()).role));
  quote.mutable_speaker()->set_official_id(item.official_id());
  quote.set_basis("first-person");
  quote.set_language(item.language());
  quote.set_score(score);
}

void copy_of(Item& item, std::string_view of, std::string_view relation) {
  item.mutable_duplicate_of()->set_item_id(std::string(of));
  item.mutable_duplicate_of()->set_rule("near-text");
  item.mutable_duplicate_of()->set_relation(std::string(relation));
}

void add_places(Item& item) {
  mention(item, "place", "Zelenohrad", "Zelenohrad", "geonames:900001");
  mention(item, "place", "Rouvray", "Rouvray", "geonames:900002");
  mention(item, "place", "Berezivka", "Berezivka", "geonames:900003");
}

Item arrival() {
  Item item = make_post(
      kArrival, "facebook", "aubanel", "2023-05-11T06:12:00Z", "fr",
      "Je suis arrivée ce matin à Zelenohrad, à l'invitation de son maire, Petro Halenko.\n\n"
      "Je viens lui dire l'amitié de Rouvray et notre soutien sans réserve.\n\n#Rouvray #Zelenohrad");
  add_places(item);
  mention(item, "official", "Petro Halenko", "Petro Halenko", "halenko", "Mayor of Zelenohrad");
  return item;
}

Item album(std::uint32_t version) {
  Item item = make_post(kAlbum, "facebook", "aubanel", "2023-05-11T10:40:00Z", "fr",
                        "Avec Petro Halenko, nous venons de signer un pacte entre nos deux villes.\n\n"
                        "J'ai rencontré les députés Olha Sydorets et Ivan Kravtsun.");
  mention(item, "official", "Petro Halenko", "Petro Halenko", "halenko");
  mention(item, "person", "Olha Sydorets", "Olha Sydorets", "");
  mention(item, "person", "Ivan Kravtsun", "Ivan Kravtsun", "");
  add_picture(item, "signing", "Avec Petro Halenko, au moment de signer l'accord entre nos deux villes.",
              "Deux personnes signent un document.");
  add_picture(item, "group",
              version == 1 ? "Avec des acteurs de la ville. Je suis la 4e à droite."
                           : "Avec des acteurs de la ville. Marie Aubanel est la 4e à gauche.",
              "Neuf personnes debout dans une salle.");
  item.set_version(version);
  if (version > 1) set_timestamp(item.mutable_edited_at(), *parse_date("2023-05-11T11:55:00Z"));
  return item;
}

Item evening() {
  Item item =
      make_post(kEvening, "facebook", "aubanel", "2023-05-11T18:48:00Z", "fr",
                "À Berezivka, j'ai déposé des fleurs avec les habitants.\n\nJe rentre avec une conviction. " +
                    std::string(kClosing));
  add_places(item);
  add_quote(item, kClosing, 0.9F);
  add_quote(item, "Je rentre avec une conviction.", 0.3F);
  item.add_sections()->set_id("social");
  return item;
}

Item host() {
  Item item = make_post(kHost, "mastodon", "halenko", "2023-05-11T11:09:00Z", "uk",
                        "Сьогодні вітаємо мерку Рувре Марі Обанель у нашому місті.\n\n"
                        "Дякую Марі і всім мешканцям Рувре за підтримку в найважчий час.");
  mention(item, "official", "Marie Aubanel", "Марі Обанель", "aubanel");
  mention(item, "place", "Rouvray", "Рувре", "geonames:900002");
  add_quote(item, "Дякую Марі і всім мешканцям Рувре за підтримку в найважчий час.", 0.8F);
  DateMention& today = *item.add_dates();
  today.set_end(16);  // "Сьогодні"
  today.set_first("2023-05-11");
  today.set_last("2023-05-11");
  today.set_rule("relative");
  add_picture(item, "signing, cropped", "Марі Обанель і Петро Галенко підписують угоду.", "Підписання угоди");
  return item;
}

Item reshare() {
  Item item = make_post(kReshare, "facebook", "brodzki", "2023-05-11T12:02:00Z", "", "");
  item.mutable_repost_of()->set_item_id(std::string(kHost));
  item.mutable_repost_of()->mutable_author()->set_name("Petro Halenko");
  attribute(*item.mutable_attribution(), "halenko", "mastodon");
  item.mutable_attribution()->set_via("Jan Brodzki");
  add_picture(item, "signing, cropped", "", "");
  attribute(*item.mutable_media(0)->mutable_attribution(), "halenko", "mastodon");
  copy_of(item, kHost, "other-person");
  return item;
}

Item article() {
  Item item = make_post(kArticle, "feed", "newsroom", "2023-04-20T16:40:00Z", "en",
                        "The Council of Rouvray voted on Thursday to make Zelenohrad an honorary citizen. "
                        "Every group backed it.");
  item.set_title("Rouvray honours Zelenohrad");
  item.set_url("https://newsroom.test/rouvray-honours-zelenohrad");
  return item;
}

void add_story_picture(Story& story, const Item& item, std::uint32_t index) {
  const Media& media = item.media(static_cast<int>(index));
  StoryPicture& picture = *story.add_pictures();
  picture.set_item_id(item.id());
  picture.set_media_index(index);
  picture.set_sha256(media.sha256());
  picture.set_alt_text(media.alt_text());
  picture.mutable_caption()->set_text(media.caption());
  picture.mutable_caption()->set_language(item.language());
  picture.mutable_caption()->set_origin("description");
  picture.mutable_caption()->set_item_id(item.id());
  *picture.mutable_attribution() = media.attribution();
}

Story visit_story() {
  Story story;
  story.set_id(std::string(kVisit));
  story.set_title("Marie Aubanel and Petro Halenko: Zelenohrad");
  for (const std::string_view id : {kArrival, kArrivalCopy, kAlbum, kHost, kReshare, kDeleted, kEvening}) {
    story.add_item_ids(std::string(id));
  }
  for (const std::string_view id : {"aubanel", "halenko", "brodzki"}) {
    StoryOfficial& official = *story.add_officials();
    official.set_official_id(std::string(id));
    official.set_name(std::string(who(id).name));
    official.set_role(std::string(who(id).role));
  }
  for (const auto& [name, id] :
       {std::pair{"Zelenohrad", "geonames:900001"}, {"Rouvray", "geonames:900002"}}) {
    StoryPlace& place = *story.add_places();
    place.set_name(name);
    place.set_id(id);
  }
  SectionMatch& section = *story.add_sections();
  section.set_id("social");
  section.set_name("Social City");
  section.set_confidence(0.7F);
  section.add_media_topics("medtop:20000639");
  add_story_picture(story, host(), 0);
  add_story_picture(story, album(2), 0);
  add_story_picture(story, album(2), 1);
  Background& background = *story.add_background();
  background.set_item_id(std::string(kArticle));
  background.set_title("Rouvray honours Zelenohrad");
  background.set_url("https://newsroom.test/rouvray-honours-zelenohrad");
  story.set_score(7.5F);
  set_timestamp(story.mutable_first_at(), *parse_date("2023-05-11T06:12:00Z"));
  set_timestamp(story.mutable_last_at(), *parse_date("2023-05-11T18:48:00Z"));
  return story;
}

}  // namespace

void mention(Item& item, std::string_view kind, std::string_view name, std::string_view words,
             std::string_view id, std::string_view role) {
  const std::size_t at = item.text().find(words);
  if (at == std::string::npos) return;
  Mention& made = kind == "place" ? *item.add_places() : *item.add_mentions();
  made.set_kind(std::string(kind));
  made.set_name(std::string(name));
  made.set_id(std::string(id));
  made.set_role(std::string(role));
  made.set_begin(static_cast<std::uint32_t>(at));
  made.set_end(static_cast<std::uint32_t>(at + words.size()));
}

Item make_post(std::string_view id, std::string_view platform, std::string_view official,
               std::string_view when, std::string_view language, std::string_view text) {
  Item item;
  item.set_id(std::string(id));
  item.set_platform(std::string(platform));
  item.set_official_id(std::string(official));
  item.set_account_id(std::string(platform) + ":" + std::string(official));
  item.set_url("https://" + std::string(platform) + ".test/" + sha256_hex(id).substr(0, 8));
  item.set_text(std::string(text));
  item.set_language(std::string(language));
  item.set_version(1);
  item.mutable_author()->set_name(std::string(who(official).name));
  item.mutable_author()->set_url(std::string(who(official).url));
  item.mutable_fingerprint()->add_minhash(7);
  set_timestamp(item.mutable_created_at(), *parse_date(when));
  attribute(*item.mutable_attribution(), official, platform);
  return item;
}

std::vector<std::string> texts(const Draft& draft, std::string_view kind, std::string_view rule) {
  std::vector<std::string> out;
  for (const Block& block : draft.blocks()) {
    if (block.kind() == kind && (rule.empty() || block.rule() == rule)) out.push_back(block.text());
  }
  return out;
}

void put_visit(FakeStore& store) {
  store.put(arrival());
  Item copy = make_post(kArrivalCopy, "bluesky", "aubanel", "2023-05-11T06:20:00Z", "fr",
                        "Arrivée ce matin à Zelenohrad, à l'invitation de son maire Petro Halenko.");
  add_places(copy);
  copy_of(copy, kArrival, "same-person");
  store.put(copy);
  store.put(album(1));
  store.put(album(2));
  store.put(evening());
  store.put(host());
  store.put(reshare());
  Item deleted =
      make_post(kDeleted, "mastodon", "halenko", "2023-05-11T11:02:00Z", "uk", "Секретна чернетка.");
  deleted.set_state(GONE);
  set_timestamp(deleted.mutable_gone_at(), *parse_date("2023-05-11T11:07:00Z"));
  store.put(deleted);
  store.put(article());
  store.put(visit_story());
}

}  // namespace copytaster
