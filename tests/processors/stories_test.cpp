#include <gtest/gtest.h>

#include <random>
#include <set>

#include "fold_support.h"
#include "processors/story_index.h"

namespace copytaster {
namespace {

using testing::add_mention;
using testing::make_official;
using testing::make_post;

const Officials& people() {
  static const Officials all({make_official("anna", "Anna Berg", "Mayor", "Lyon", "FR"),
                              make_official("bruno", "Bruno Kral", "Mayor", "Brno", "CZ"),
                              make_official("carla", "Carla Neri", "Mayor", "Modena", "IT"),
                              make_official("daria", "Daria Koval", "Deputy", "Ukraine", "UA"),
                              make_official("papers", "The newsroom", "", "", "", NEWSROOM)});
  return all;
}

class Stories : public ::testing::Test {
 protected:
  std::string place(Item item) {
    index.settle();
    StoryChoice choice = index.choose(item, people(), nullptr);
    item.set_story_id(choice.story_id);
    *item.mutable_story_evidence() = choice.evidence;
    for (const Rejoin& rejoin : index.remember(item, people(), nullptr)) {
      if (rejoin.item_id == item.id()) item.set_story_id(rejoin.story_id);
      if (items.contains(rejoin.item_id)) items[rejoin.item_id].set_story_id(rejoin.story_id);
    }
    items[item.id()] = item;
    return items[item.id()].story_id();
  }
  std::string story(const std::string& id) { return items.at(id).story_id(); }

  // Many posts about nothing in common: what is common in them is common.
  void everyday(int count) {
    static const char* kThings[] = {"tram",    "school",  "market",  "river",
                                    "library", "heating", "bicycle", "festival"};
    for (int i = 0; i < count; ++i) {
      Item item = make_post("x", "day" + std::to_string(i), "p" + std::to_string(i % 40), i % 300,
                            std::string("Today the ") + kThings[i % 8] + " number " + std::to_string(i * 31) +
                                " of quarter " + std::to_string(i * 17) + " was discussed with neighbours " +
                                std::to_string(i * 101));
      add_mention(item, "place", "Ukraine", "wikidata:Q212", "UA");
      place(item);
    }
  }

  StoryIndex index;
  std::map<std::string, Item> items;
};

Item visit_by_host(int minutes) {
  Item item = make_post("facebook", "host", "bruno", minutes,
                        "Dnes jsme v Brně přivítali starostku Lyonu Annu Bergovou a podepsali partnerství.");
  add_mention(item, "official", "Anna Berg", "anna");
  add_mention(item, "place", "Lyon", "geonames:1", "FR");
  add_mention(item, "place", "Brno", "geonames:2", "CZ");
  return item;
}
Item visit_by_guest(int minutes) {
  Item item = make_post("x", "guest", "anna", minutes,
                        "À Brno ce matin, à l'invitation de Bruno Kral, pour signer un partenariat.");
  add_mention(item, "official", "Bruno Kral", "bruno");
  add_mention(item, "place", "Brno", "geonames:2", "CZ");
  return item;
}

TEST_F(Stories, TwoCounterpartsInTwoLanguagesAreOneStory) {
  everyday(60);
  const std::string host = place(visit_by_host(10));
  EXPECT_EQ(place(visit_by_guest(20)), host);
  EXPECT_GE(items.at("x:guest").story_evidence().score(), 1);
  EXPECT_EQ(items.at("x:guest").story_evidence().nearest_item_id(), "facebook:host");
  EXPECT_NE(items.at("x:guest").story_evidence().reason().find("Anna Berg"), std::string::npos);
}

TEST_F(Stories, NotThreeDaysLater) {
  everyday(60);
  const std::string host = place(visit_by_host(10));
  EXPECT_NE(place(visit_by_guest(10 + 60 * 72)), host);
}

TEST_F(Stories, TheOwnTownDoesNotTieAMayorsDayTogether) {
  everyday(60);
  const auto at_home = [](const char* id, int minutes, const char* text) {
    Item item = make_post("x", id, "bruno", minutes, text);
    add_mention(item, "place", "Brno", "geonames:2", "CZ");
    return item;
  };
  const std::string first =
      place(at_home("1", 0, "The pool in Brno reopens after two years of repairs with a free weekend."));
  EXPECT_NE(place(at_home("2", 5, "Night buses in Brno will run every half hour from the first of June on.")),
            first);
}

TEST_F(Stories, ACommonPlaceNameIsNotEnough) {
  everyday(120);  // everybody names Ukraine
  const auto about = [](const char* id, const char* person, const char* text) {
    Item item = make_post("x", id, person, 20, text);
    add_mention(item, "place", "Ukraine", "wikidata:Q212", "UA");
    return item;
  };
  const std::string first =
      place(about("1", "anna", "Nos pompiers envoient trois camions en Ukraine samedi prochain."));
  EXPECT_NE(place(about("2", "carla", "Le famiglie arrivate dall'Ucraina hanno trovato casa in via Emilia.")),
            first);
}

TEST_F(Stories, AStockPictureIsNotEnough) {
  const auto with_picture = [](Item item) {
    item.add_media()->set_kind(PICTURE);
    item.mutable_media(0)->set_sha256("stock");
    return item;
  };
  const std::string first = place(with_picture(
      make_post("x", "1", "anna", 0, "La ligne T3 ouvre enfin ce matin après quatre ans de travaux.")));
  EXPECT_NE(place(with_picture(
                make_post("x", "2", "carla", 5, "Da lunedì biglietti scontati per chi viaggia la sera."))),
            first);
}

TEST_F(Stories, ReportsInTheSameWordsOfStrangersCluster) {
  everyday(60);
  const std::string first =
      place(make_post("feed", "1", "", 0, "Earthquake shakes Garrelsweer, gas extraction suspended"));
  EXPECT_EQ(
      place(make_post("feed", "2", "", 9, "Garrelsweer earthquake: gas extraction halted, houses damaged")),
      first);
  EXPECT_NE(
      place(make_post("feed", "3", "", 12, "Parliament votes on gas prices and a new minister of energy")),
      first);
}

TEST_F(Stories, CopiesResharesQuotesAndRepliesFollow) {
  const std::string first =
      place(make_post("x", "1", "anna", 0, "The bridge is open again after the flood, thank you all."));
  Item copy =
      make_post("mastodon", "1", "anna", 1, "The bridge is open again after the flood, thank you all.");
  copy.mutable_duplicate_of()->set_item_id("x:1");
  EXPECT_EQ(place(copy), first);
  Item quote = make_post("x", "2", "carla", 2, "Bravo!");
  quote.mutable_quote_of()->set_item_id("x:1");
  EXPECT_EQ(place(quote), first);
  Item reply = make_post("x", "3", "anna", 3, "And the second bridge follows on Friday.");
  reply.mutable_reply_to()->set_item_id("x:1");
  EXPECT_EQ(place(reply), first);
  for (const StoryMember& member : index.members(first)) {
    EXPECT_EQ(member.about, member.item_id == "x:1" || member.item_id == "x:3") << member.item_id;
  }
}

TEST_F(Stories, AQuoteThatCameBeforeItsPostFindsIt) {
  Item quote =
      make_post("x", "2", "carla", 2, "Bravo, one day we too will have such a bridge over our river.");
  quote.mutable_quote_of()->set_item_id("x:1");
  place(quote);
  const std::string first =
      place(make_post("x", "1", "anna", 0, "La passerelle est ouverte depuis ce matin."));
  EXPECT_EQ(story("x:2"), first);
  EXPECT_EQ(index.members(first).size(), 2U);
}

TEST_F(Stories, APostThatBelongsToBothMakesTwoStoriesOne) {
  everyday(60);
  Item justice = make_post("facebook", "3", "anna", 30,
                           "Échange avec la procureure générale et deux députés sur la justice.");
  add_mention(justice, "person", "Iryna Test", "", "UA");
  add_mention(justice, "official", "Daria Koval", "daria");
  place(visit_by_host(10));
  place(visit_by_guest(20));
  place(justice);
  ASSERT_NE(story("facebook:3"), story("x:guest"));
  Item both = make_post("mastodon", "4", "daria", 40,
                        "Thank you, Mayor Berg and Mayor Kral, for hearing us in Brno with Iryna Test.");
  add_mention(both, "official", "Anna Berg", "anna");
  add_mention(both, "official", "Bruno Kral", "bruno");
  add_mention(both, "person", "Iryna Test", "", "UA");
  add_mention(both, "place", "Brno", "geonames:2", "CZ");
  place(both);
  EXPECT_EQ(story("facebook:3"), story("x:guest"));
  EXPECT_EQ(story("mastodon:4"), story("x:guest"));
  EXPECT_EQ(index.members(story("x:guest")).size(), 4U);
}

TEST_F(Stories, TheNewsroomIsBackgroundAndNeverNews) {
  everyday(60);
  Item article = make_post("feed", "march", "papers", -60 * 24 * 20,
                           "Lyon and Brno to become twin towns, both councils say.");
  add_mention(article, "official", "Anna Berg", "anna");
  add_mention(article, "official", "Bruno Kral", "bruno");
  add_mention(article, "place", "Brno", "geonames:2", "CZ");
  Item other = make_post("feed", "trams", "papers", -60 * 24 * 9, "Five cities that let trams run all night");
  index.settle();
  EXPECT_TRUE(index.remember(article, people(), nullptr).empty());
  EXPECT_TRUE(index.remember(other, people(), nullptr).empty());
  place(visit_by_host(10));
  const std::string visit = place(visit_by_guest(20));
  EXPECT_EQ(index.members(visit).size(), 2U);
  const auto coverage = index.coverage(visit);
  ASSERT_EQ(coverage.size(), 1U);
  EXPECT_EQ(coverage[0].item_id, "feed:march");
  EXPECT_FALSE(coverage[0].reason.empty());
}

TEST_F(Stories, IdsComeFromTheFirstItemAndStay) {
  EXPECT_EQ(story_id_for("x:1"), story_id_for("x:1"));
  EXPECT_TRUE(story_id_for("x:1").starts_with("story:"));
  const std::string first =
      place(make_post("x", "1", "anna", 0, "The bridge is open again after the flood."));
  EXPECT_EQ(first, story_id_for("x:1"));
  EXPECT_EQ(place(make_post("x", "1", "anna", 0, "The bridge is open again, after the flood, at last.")),
            first);
}

TEST_F(Stories, RestoredInAnyOrderItHasTheSameMembers) {
  everyday(80);
  place(visit_by_host(10));
  place(visit_by_guest(20));
  Item quote = make_post("x", "q", "carla", 25, "Bravo!");
  quote.mutable_quote_of()->set_item_id("x:guest");
  place(quote);
  std::vector<Item> stored;
  for (const auto& [id, item] : items) stored.push_back(item);
  std::mt19937 random(5);
  for (int order = 0; order < 3; ++order) {
    StoryIndex again;
    for (const Item& item : stored) again.restore(item, people());
    again.settle();
    EXPECT_TRUE(again.take_changed().empty());
    for (const Item& item : stored) {
      ASSERT_EQ(again.story_of(item.id()), item.story_id());
      const auto before = index.members(item.story_id());
      const auto after = again.members(item.story_id());
      ASSERT_EQ(before.size(), after.size());
      for (std::size_t i = 0; i < before.size(); ++i) {
        EXPECT_EQ(before[i].item_id, after[i].item_id);
        EXPECT_EQ(before[i].about, after[i].about) << before[i].item_id;
      }
    }
    std::shuffle(stored.begin(), stored.end(), random);
  }
}

TEST_F(Stories, ARecentStoryOfResharesAloneIsRemembered) {
  const auto reshare = [](int number, int minutes) {
    const std::string id = std::to_string(number);
    Item item = make_post("mastodon", id, "p" + std::to_string(number % 40), minutes, "");
    item.mutable_repost_of()->set_item_id("mastodon:original" + id);
    return item;
  };
  place(reshare(0, -60 * 24 * 40));
  for (int i = 1; i < 4096; ++i) place(reshare(i, i % 1000));  // so many that what is old is let go
  EXPECT_FALSE(index.story_of("mastodon:0"));
  EXPECT_EQ(index.story_of("mastodon:1"), story("mastodon:1"));
  EXPECT_EQ(index.members(story("mastodon:4095")).size(), 1U);
}

TEST_F(Stories, APostPlacedAgainLeavesRoomForThePicturesOfOthers) {
  const auto with = [](Item item, std::string_view picture, int pictures, const std::string& link) {
    for (int i = 0; i < pictures; ++i) {
      Media* media = item.add_media();
      media->set_kind(PICTURE);
      media->set_sha256(std::string(picture) + std::to_string(i));
    }
    item.add_links()->set_url(link);
    return item;
  };
  everyday(60);
  const Item host = with(visit_by_host(10), "host", 10, "https://brno.example/visit");
  for (int i = 0; i < 8; ++i) place(host);  // its pictures come one by one
  place(with(visit_by_guest(20), "guest", 1, "https://lyon.example/visit"));
  ASSERT_EQ(story("x:guest"), story("facebook:host"));
  const std::string third =
      place(with(make_post("facebook", "3", "carla", 30, "Due amici, una firma: complimenti di cuore!"),
                 "guest", 1, "https://lyon.example/visit"));
  EXPECT_EQ(third, story("x:guest")) << items.at("facebook:3").story_evidence().reason();
}

TEST_F(Stories, APostThatIsBackAfterARestartIsJoined) {
  everyday(60);
  Item host = visit_by_host(10);
  host.set_state(GONE);
  host.set_story_id(story_id_for(host.id()));
  Item tremor = make_post("feed", "1", "", 5, "Garrelsweer earthquake damages houses above the gas field");
  tremor.set_state(GONE);
  tremor.set_story_id(story_id_for(tremor.id()));
  for (const Item& item : {host, tremor}) index.restore(item, people());
  index.settle();
  for (Item item : {host, tremor}) {
    item.set_state(LIVE);
    EXPECT_EQ(place(item), story_id_for(item.id()));
  }
  EXPECT_EQ(place(visit_by_guest(20)), story("facebook:host"));
  EXPECT_EQ(
      place(make_post("feed", "2", "", 9, "Garrelsweer earthquake: gas extraction halted, houses damaged")),
      story("feed:1"))
      << "its words count, too";
}

TEST_F(Stories, APostThatIsBackDoesNotOpenTheStoryItJoinsToThePast) {
  everyday(60);
  const std::string host = place(visit_by_host(10));
  Item guest = visit_by_guest(20);
  guest.set_state(GONE);
  guest.set_story_id(story_id_for(guest.id()));
  index.restore(guest, people());
  ASSERT_EQ(place(visit_by_guest(20)), host);
  Item before = visit_by_guest(20 - 60 * 24 * 9);
  before.set_id("x:before");
  EXPECT_NE(place(before), host);
}

TEST_F(Stories, EveryPostHasExactlyOneStory) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (int i = 0; i < 1500; ++i) {
    std::string text;
    for (unsigned word = 0; word < random() % 10; ++word)
      text += "word" + std::to_string(random() % 60) + " ";
    Item item = make_post("x", std::to_string(random() % 1000), "p" + std::to_string(random() % 30),
                          static_cast<int>(random() % 6000), text);
    if (random() % 3 == 0) add_mention(item, "place", "Town" + std::to_string(random() % 9), "", "UA");
    if (random() % 4 == 0) add_mention(item, "person", "Someone" + std::to_string(random() % 9), "");
    if (random() % 6 == 0) item.mutable_quote_of()->set_item_id("x:" + std::to_string(random() % 1000));
    place(item);
    if (random() % 9 == 0) index.forget("x:" + std::to_string(random() % 1000));
  }
  std::set<std::string> counted;
  for (const auto& [id, item] : items) {
    ASSERT_EQ(index.story_of(id), item.story_id()) << id;
    for (const StoryMember& member : index.members(item.story_id())) {
      if (member.item_id == id) {
        EXPECT_TRUE(counted.insert(id).second);
      }
    }
  }
  EXPECT_EQ(counted.size(), items.size());
}

TEST_F(Stories, APostThatBecomesACopyWithinItsStoryDoesNotShapeItAnyMore) {
  const Item host = visit_by_host(0);
  const std::string id = place(host);
  const auto shapes = [&] { return index.members(id).front().about; };
  ASSERT_TRUE(shapes());
  Item whole = host;
  whole.set_id("x:whole");
  ASSERT_EQ(place(whole), id);
  EXPECT_FALSE(index.follow("facebook:host", "x:whole")) << "it is there already";
  EXPECT_FALSE(shapes());
  Item again = host;  // it comes again, as a copy
  again.mutable_duplicate_of()->set_item_id("x:whole");
  index.shows("facebook:host");
  ASSERT_TRUE(shapes());
  ASSERT_EQ(place(again), id);
  EXPECT_FALSE(shapes());
}

}  // namespace
}  // namespace copytaster
