// The traps of the Graph API, one test each.
#include <gtest/gtest.h>

#include "collectors/facebook_post.h"
#include "collectors/platforms.h"
#include "collectors/platforms_support.h"
#include "core/strings.h"
#include "core/url.h"
#include "tests/collectors/meta_world.h"

namespace copytaster {
namespace {

std::string post(std::string_view number, std::string_view more = "",
                 std::string_view created = "2022-04-14T08:00:00+0000") {
  return str_cat(R"({"id":"42_)", number, R"(","created_time":")", created, R"(","updated_time":")", created,
                 R"(","permalink_url":"https://www.facebook.com/42/posts/)", number, "\"", more, "}");
}
std::string page(std::string_view posts, std::string_view paging = "") {
  return str_cat(R"({"data":[)", posts, "]", paging.empty() ? "" : R"(,"paging":)", paging, "}");
}
constexpr std::string_view kNext =
    R"({"cursors":{"before":"B","after":"A"},"next":"https://graph.facebook.com/v25.0/42/x?access_token=SECRET&after=A"})";

std::string photo(std::string_view id, std::string_view more = "") {
  return str_cat(R"({"type":"photo","media":{"image":{"src":"https://s.example/)", id,
                 R"(.jpg?oe=1","width":720,"height":480}},"target":{"id":")", id,
                 R"("},"url":"https://www.facebook.com/ravenel/photos/a.1/)", id, R"(/")", more, "}");
}
std::string attachments(std::string_view list) { return str_cat(R"(,"attachments":{"data":[)", list, "]}"); }

class FacebookTest : public MetaWorld {
 protected:
  FacebookTest()
      : MetaWorld(make_facebook({{"token", "canary-token"}}), "https://www.facebook.com/ravenel.portvent") {}

  Item only_item(std::string_view one) { return only_item_of(answer(page(one))); }
};

TEST_F(FacebookTest, RecognisesProfilesAsPeoplePasteThem) {
  for (const char* url :
       {"https://www.facebook.com/ravenel.portvent", "https://m.facebook.com/ravenel.portvent/",
        "facebook.com/Ravenel.Portvent", "https://web.facebook.com/ravenel.portvent?_rdc=1",
        "https://fr-fr.facebook.com/ravenel.portvent", "https://www.facebook.com/pg/ravenel.portvent/about",
        "https://fb.com/ravenel.portvent", "https://www.facebook.com/ravenel.portvent/photos"}) {
    const auto account = collector_->recognise(url);
    ASSERT_TRUE(account.ok()) << url << account.status();
    EXPECT_EQ(account->id(), "facebook:ravenel.portvent") << url;
  }
  for (const char* url : {"https://www.facebook.com/profile.php?id=100064000000042",
                          "https://www.facebook.com/people/Am%C3%A9lie-Ravenel/100064000000042/",
                          "https://www.facebook.com/pages/Portvent/100064000000042",
                          "https://www.facebook.com/Ville-de-Portvent-100064000000042",
                          "https://m.facebook.com/profile.php?id=100064000000042&sk=photos"}) {
    const auto account = collector_->recognise(url);
    ASSERT_TRUE(account.ok()) << url << account.status();
    EXPECT_EQ(account->id(), "facebook:100064000000042") << url;
  }
}

TEST_F(FacebookTest, PostsAndPhotosAreNoProfiles) {
  for (const char* url :
       {"https://www.facebook.com/ravenel/posts/123", "https://www.facebook.com/ravenel/photos/a.1/2",
        "https://www.facebook.com/photo?fbid=1", "https://www.facebook.com/photo.php?fbid=1",
        "https://www.facebook.com/story.php?story_fbid=1&id=2", "https://www.facebook.com/groups/villes",
        "https://fb.watch/abc", "https://www.facebook.com/", "https://www.facebook.com/share/p/abc/",
        "https://www.facebook.com/profile.php", "https://www.facebook.com/ravenel/videos/1/",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fx.example"}) {
    const auto account = collector_->recognise(url);
    EXPECT_TRUE(absl::IsInvalidArgument(account.status())) << url << account.status();
    EXPECT_NE(std::string(account.status().message()).find("https://www.facebook.com/"), std::string::npos)
        << url;
  }
  EXPECT_TRUE(absl::IsNotFound(collector_->recognise("https://notfacebook.com/ravenel").status()));
}

TEST_F(FacebookTest, TheTokenIsNeverInAUrl) {
  const auto collector = make_facebook({{"token", "canary-token"}, {"app_secret", "canary-secret"}});
  expect_token_in_header_only(*collector, {"", "after=A&pages=1", "pending=1.42_1"});
}

TEST_F(FacebookTest, AppsecretProofIsTheTokensHmac) {
  // RFC 4231, test case 2.
  const auto collector = make_facebook({{"token", "what do ya want for nothing?"}, {"app_secret", "Jefe"}});
  const std::string url = collector->request(account_, {})->url;
  EXPECT_NE(url.find("appsecret_proof=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
            std::string::npos);
  EXPECT_EQ(without_secrets(url).find("5bdcc146"), std::string::npos);
  EXPECT_EQ(collector_->request(account_, {})->url.find("appsecret_proof"), std::string::npos);
}

TEST_F(FacebookTest, AnAlbumRepeatsItsFirstPhoto) {
  const std::string album = str_cat(
      R"({"type":"album","title":"Photos from Amélie Ravenel's post","media":{"image":{"src":"https://s.example/1.jpg?oe=2","width":720,"height":480}},"target":{"id":"9"},"subattachments":{"data":[)",
      photo("1", R"(,"description":"La signature")"), ",", photo("2"), "]}}");
  const Item item = only_item(post("1", attachments(album)));
  ASSERT_EQ(item.media_size(), 2);
  EXPECT_EQ(item.media(0).native_id(), "1");
  EXPECT_EQ(item.media(0).caption(), "La signature");
  EXPECT_EQ(item.media(1).native_id(), "2");
  EXPECT_EQ(item.media(1).caption(), "");
}

TEST_F(FacebookTest, TitlesAreNeverCaptions) {
  for (const char* title : {"Photos from Amélie Ravenel's post", "Timeline photos", "Photos du journal",
                            "Photos de la publication de Amélie Ravenel", "Chronik-Fotos",
                            "Фото з допису Amélie Ravenel", "22 June 2015 02:37 PM"}) {
    const Item item = only_item(post("1", attachments(photo("1", str_cat(R"(,"title":")", title, "\"")))));
    EXPECT_EQ(item.media(0).caption(), "") << title;
  }
  const Item item = only_item(post("1", attachments(photo("1", R"(,"description":"Timeline photos")"))));
  EXPECT_EQ(item.media(0).caption(), "");
}

TEST_F(FacebookTest, ALonePhotosDescriptionIsThePostOverAgain) {
  const Item item = only_item(
      post("1", str_cat(R"(,"message":"Bonjour")", attachments(photo("1", R"(,"description":"Bonjour")")))));
  EXPECT_EQ(item.text(), "Bonjour");
  EXPECT_EQ(item.media(0).caption(), "");
}

TEST_F(FacebookTest, MessageMayBeAbsent) { EXPECT_EQ(only_item(post("1")).text(), ""); }

TEST_F(FacebookTest, LinksAreUnwrapped) {
  const Item item = only_item(post(
      "1",
      attachments(
          R"({"type":"share","title":"Le plan","url":"https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.portvent.example%2Fplan%3Fa%3D1&h=AT0"})")));
  ASSERT_EQ(item.links_size(), 1);
  EXPECT_EQ(item.links(0).url(), "https://www.portvent.example/plan?a=1");
  EXPECT_EQ(item.media_size(), 0) << "a link's preview is no picture of the post";
}

TEST_F(FacebookTest, TimesHaveZonesWithoutColon) {
  EXPECT_EQ(only_item(post("1", "", "2022-04-14T10:00:00+0200")).created_at().seconds(), 1649923200);
}

TEST_F(FacebookTest, CommentsMoveUpdatedTimeButAreNoEdit) {
  const std::string commented =
      replace_all(post("1", R"(,"message":"Bonjour")"), R"("updated_time":"2022-04-14T08:00:00)",
                  R"("updated_time":"2022-04-14T09:30:00)");
  EXPECT_FALSE(only_item(commented).has_edited_at());
  EXPECT_EQ(only_item(commented).content_hash(),
            only_item(post("1", R"(,"message":"Bonjour")")).content_hash());
}

TEST_F(FacebookTest, SignedAddressesDoNotChangeTheHash) {
  const std::string one = post("1", attachments(photo("1")));
  EXPECT_EQ(only_item(one).content_hash(), only_item(replace_all(one, "oe=1", "oe=2")).content_hash());
}

TEST_F(FacebookTest, AShareIsARepostAndWithWordsAQuote) {
  const std::string shared = str_cat(
      R"(,"parent_id":"99_7","status_type":"shared_story")",
      attachments(photo(
          "5",
          R"(,"title":"Jörg Hartwig","description":"Unsere Feuerwehr","url":"https://www.facebook.com/hartwig.example/photos/a.1/5/")")));
  const Item repost = only_item(post("1", shared));
  EXPECT_EQ(repost.repost_of().item_id(), "facebook:99_7");
  EXPECT_EQ(repost.repost_of().author().name(), "Jörg Hartwig");
  EXPECT_EQ(repost.repost_of().text(), "Unsere Feuerwehr");
  EXPECT_EQ(repost.repost_of().media_size(), 1);
  EXPECT_EQ(repost.media_size(), 0);
  const Item quote = only_item(post("1", str_cat(R"(,"message":"Merci !")", shared)));
  EXPECT_FALSE(quote.has_repost_of());
  EXPECT_EQ(quote.quote_of().author().name(), "Jörg Hartwig");
  EXPECT_EQ(quote.text(), "Merci !");
  EXPECT_EQ(quote.media_size(), 0);
}

TEST_F(FacebookTest, AnAlbumsOwnerIsReadFromItsTitle) {
  EXPECT_EQ(album_owner("Photos from Jörg Hartwig's post"), "Jörg Hartwig");
  EXPECT_EQ(album_owner("Photos de la publication de Ville de Lyon"), "Ville de Lyon");
  EXPECT_EQ(album_owner("Jörg Hartwig"), "");
}

TEST_F(FacebookTest, AlternativeTextsAreAskedForLater) {
  const Parsed posts =
      parse(answer(page(str_cat(post("2", attachments(photo("12"))), ",",
                                post("1", attachments(photo("11")), "2022-04-14T07:00:00+0000")))));
  EXPECT_EQ(posts.items.size(), 2U) << "the posts do not wait";
  EXPECT_TRUE(posts.more);
  const std::string url = url_for(posts.next.position());
  EXPECT_NE(url.find("/v25.0/?ids=12%2C11&fields=alt_text"), std::string::npos) << url;
  const Parsed notes = parse(answer(
      R"({"12":{"id":"12","alt_text_custom":"Un rail","alt_text":"Un rail","images":[{"width":100,"height":100,"source":"https://s.example/s.jpg"},{"width":2000,"height":1000,"source":"https://s.example/l.jpg"}]},"11":{"id":"11"}})",
      posts.next.position()));
  EXPECT_TRUE(notes.items.empty());
  ASSERT_EQ(notes.picture_notes.size(), 1U);
  EXPECT_EQ(notes.picture_notes[0].item_id(), "facebook:42_2");
  EXPECT_EQ(notes.picture_notes[0].media().native_id(), "12");
  EXPECT_EQ(notes.picture_notes[0].media().alt_text(), "Un rail");
  EXPECT_EQ(notes.picture_notes[0].media().url(), "https://s.example/l.jpg");
  EXPECT_FALSE(notes.more);
  EXPECT_EQ(Position(notes.next.position()).get("pending"), "");
  EXPECT_EQ(Position(notes.next.position()).time("top"), 1649923200);
}

TEST_F(FacebookTest, AMachinesGuessIsNoAlternativeText) {
  const auto alt = [](std::string_view json) {
    auto document = JsonDocument::parse(json);
    return facebook_picture(document->root()).alt_text();
  };
  EXPECT_EQ(alt(R"({"alt_text":"May be an image of 3 people and people standing"})"), "");
  EXPECT_EQ(alt(R"({"alt_text":"Peut être une image de 2 personnes"})"), "");
  EXPECT_EQ(alt(R"({"alt_text":"No photo description available."})"), "");
  EXPECT_EQ(alt(R"({"alt_text":"Deux maires signent un accord."})"), "Deux maires signent un accord.");
  EXPECT_EQ(alt(R"({"alt_text":"May be x","alt_text_custom":"May be seen from the bridge"})"),
            "May be seen from the bridge");
}

TEST_F(FacebookTest, PhotosThatCannotBeAskedDoNotHoldUpThePosts) {
  std::string position = "after=A&pages=1&pending=11.42_1,12.42_1,13.42_1";
  const std::string refused = R"({"error":{"message":"(#100) Some of the ids","code":100}})";
  int asked = 0;
  while (!Position(position).get("pending").empty()) {
    ASSERT_LT(++asked, 20);
    const Parsed parsed = parse(answer(refused, position, 400));
    EXPECT_TRUE(parsed.more);
    position = parsed.next.position();
  }
  EXPECT_EQ(Position(position).get("after"), "A") << "the next page of posts is still asked for";
}

TEST_F(FacebookTest, OnlyCursorsAfterIsKeptOfPaging) {
  const Parsed parsed = parse(answer(page(post("1"), kNext)));
  EXPECT_TRUE(parsed.more);
  EXPECT_EQ(parsed.next.position().find("SECRET"), std::string::npos);
  EXPECT_NE(url_for(parsed.next.position()).find("&after=A"), std::string::npos);
}

TEST_F(FacebookTest, TheEndIsNoNextNotAnEmptyPage) {
  const Parsed last = parse(answer(page(post("1"), R"({"cursors":{"before":"B","after":"A"}})")));
  EXPECT_FALSE(last.more);
  EXPECT_FALSE(parse(answer(page("", kNext))).more);
}

TEST_F(FacebookTest, OlderEdgesPageByTime) {
  const std::string old =
      R"({"next":"https://graph.facebook.com/v25.0/42/x?access_token=SECRET&limit=25&until=1649660399&__paging_token=enc_b"})";
  const Parsed parsed = parse(answer(page(post("1"), old)));
  EXPECT_TRUE(parsed.more) << "what lies between two polls must not be skipped";
  EXPECT_EQ(parsed.next.position().find("SECRET"), std::string::npos);
  const std::string url = url_for(parsed.next.position());
  EXPECT_NE(url.find("&until=1649660399&__paging_token=enc_b"), std::string::npos) << url;
  const Parsed again =
      parse(answer(page(post("2"), old), replace_all(parsed.next.position(), "pages=1", "pages=0")));
  EXPECT_FALSE(again.more) << "the same place again leads nowhere";
}

TEST_F(FacebookTest, KindsOfAttachmentsAreToldByMediaTypeToo) {
  const auto one = [](std::string_view type, std::string_view kind) {
    return attachments(str_cat(
        R"({"type":")", type, R"(","media_type":")", kind,
        R"(","media":{"image":{"src":"https://s.example/1.jpg","width":720,"height":480}},"target":{"id":"77"},"url":"https://www.facebook.com/ravenel/x/77/"})"));
  };
  EXPECT_EQ(only_item(post("1", one("map", "photo"))).media(0).kind(), PICTURE);
  EXPECT_EQ(only_item(post("1", one("live_show", "video"))).media(0).kind(), VIDEO);
  EXPECT_EQ(only_item(post("1", one("share", "link"))).media_size(), 0);
}

TEST_F(FacebookTest, TheNextPollBeginsWithAnOverlapAndRepeatsNothing) {
  const Parsed first = parse(answer(page(post("1"))));
  EXPECT_NE(url_for(first.next.position()).find("&since=1649901600"), std::string::npos)
      << url_for(first.next.position());
  const Parsed again = parse(answer(page(str_cat(post("2", "", "2022-04-14T08:05:00+0000"), ",", post("1"))),
                                    first.next.position()));
  ASSERT_EQ(again.items.size(), 1U);
  EXPECT_EQ(again.items[0].native_id(), "42_2");
}

TEST_F(FacebookTest, ReduceTheAmountOfDataHalvesTheLimit) {
  std::string position;
  for (const char* limit : {"&limit=12", "&limit=6", "&limit=3", "&limit=1"}) {
    const Parsed parsed = parse(answer(kTooMuch, position, 500));
    EXPECT_TRUE(parsed.more);
    position = parsed.next.position();
    EXPECT_TRUE(url_for(position).ends_with(limit)) << url_for(position);
  }
  EXPECT_TRUE(absl::IsUnavailable(collector_->parse(account_, answer(kTooMuch, position, 500)).status()));
}

TEST_F(FacebookTest, CodesMeanWhatTheContractSays) {
  expect_rate_limits({4, 17, 32, 613, 80001});
  EXPECT_TRUE(absl::IsUnauthenticated(error(190, 463)));
  EXPECT_TRUE(absl::IsPermissionDenied(error(10)));
  EXPECT_TRUE(absl::IsPermissionDenied(error(200)));
  EXPECT_TRUE(absl::IsPermissionDenied(error(
      100, 0, 400, "(#100) Pages Public Content Access requires either app secret proof or an app token")));
  EXPECT_TRUE(absl::IsInvalidArgument(error(100, 0, 400, "(#100) Tried accessing nonexisting field (x)")));
  EXPECT_TRUE(absl::IsNotFound(error(803)));
  EXPECT_TRUE(absl::IsUnavailable(error(2, 0, 500)));
  EXPECT_TRUE(absl::IsUnavailable(collector_->parse(account_, answer("<html>", "", 502)).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(
      collector_->parse(account_, answer(R"({"object":"page","entry":[]})")).status()))
      << "a webhook";
}

// The error has one wording for all of these: "does not exist, cannot be loaded due to missing permissions".
TEST_F(FacebookTest, GoneOrHiddenIsNoProofByItself) {
  const std::string unsupported =
      R"({"error":{"message":"Unsupported get request.","type":"GraphMethodException","code":100,"error_subcode":33}})";
  Capture reread = answer(unsupported, "", 400);
  reread.set_purpose(REREAD);
  reread.set_native_id("42_1");
  ASSERT_EQ(parse(reread).deletions.size(), 1U);
  EXPECT_EQ(parse(reread).deletions[0].item_id(), "facebook:42_1");
  EXPECT_EQ(parse(reread).deletions[0].state(), UNKNOWN);
  EXPECT_TRUE(absl::IsPermissionDenied(collector_->parse(account_, answer(unsupported, "", 400)).status()))
      << "of a whole Page it may be a permission";
  reread.set_body(R"({"error":{"message":"(#10) x","code":10}})");
  EXPECT_TRUE(absl::IsPermissionDenied(collector_->parse(account_, reread).status()));
}

TEST_F(FacebookTest, UsageFrom80PercentMakesUsWait) {
  const auto wait = [&](std::string_view name, std::string_view value) {
    return wait_told(answer(page(post("1"))), name, value);
  };
  EXPECT_EQ(wait("x-app-usage", R"({"call_count":79,"total_time":25,"total_cputime":24})"),
            absl::ZeroDuration());
  EXPECT_EQ(wait("x-app-usage", R"({"call_count":28,"total_time":80,"total_cputime":24})"), absl::Minutes(5));
  EXPECT_EQ(wait("x-business-use-case-usage",
                 R"({"1":[{"type":"pages","call_count":97,"estimated_time_to_regain_access":0}]})"),
            absl::Minutes(20));
  EXPECT_EQ(wait("x-business-use-case-usage",
                 R"({"1":[{"type":"pages","call_count":100,"estimated_time_to_regain_access":17}]})"),
            absl::Minutes(17));
  EXPECT_EQ(wait("x-app-usage", "not json"), absl::ZeroDuration());
}

TEST_F(FacebookTest, MentionsCountCodePointsAndAreChecked) {
  const Item item = only_item(post(
      "1",
      R"(,"message":"🇺🇦 Merci Ville de Lindau","message_tags":[{"id":"99","name":"Ville de Lindau","offset":9,"length":15},{"id":"98","name":"Somebody","offset":2,"length":8}])"));
  ASSERT_EQ(item.facets_size(), 1);
  EXPECT_EQ(item.text().substr(item.facets(0).begin(), item.facets(0).end() - item.facets(0).begin()),
            "Ville de Lindau");
}

TEST_F(FacebookTest, LinksAndHashtagsInTheTextAreMarked) {
  const Item item = only_item(post(
      "1",
      R"(,"message":"Voir https://www.portvent.example/Київ?a=(1), #Portvent #2022 n#non «https://x.example/»")"));
  ASSERT_EQ(item.facets_size(), 3);
  EXPECT_EQ(item.facets(0).target(), "https://www.portvent.example/Київ?a=(1)");
  EXPECT_EQ(item.facets(1).target(), "Portvent");
  EXPECT_EQ(item.facets(2).target(), "https://x.example/");
  ASSERT_EQ(item.tags_size(), 1);
}

TEST_F(FacebookTest, AFullPictureWithoutAttachmentsIsTakenForAPhotoOnlyWhenPhotosWereAdded) {
  EXPECT_EQ(only_item(post("1", R"(,"full_picture":"https://s.example/a.jpg","status_type":"added_photos")"))
                .media_size(),
            1);
  EXPECT_EQ(only_item(post("1", R"(,"full_picture":"https://s.example/a.jpg")")).media_size(), 0);
}

}  // namespace
}  // namespace copytaster
