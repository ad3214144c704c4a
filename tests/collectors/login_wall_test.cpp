// What the platforms show to readers without an account, and what only looks like it. Pages written for this
// project.
#include "collectors/login_wall.h"

#include <gtest/gtest.h>

#include "core/strings.h"

namespace copytaster {
namespace {

constexpr char kPost[] = "https://www.facebook.com/aubanel.test/posts/1";

bool wall(std::string_view html, const PageAsked& from) {
  return asks_for_login(read_intake_page(html, from.asked), from);
}

TEST(LoginWall, TheTitlesOfThePlatformsOwnPages) {
  for (const auto& [platform, title] :
       std::vector<std::pair<std::string, std::string>>{{"facebook", "Log in or sign up to view"},
                                                        {"facebook", "Facebook – log in or sign up"},
                                                        {"facebook", "Connexion à Facebook"},
                                                        {"facebook", "Bei Facebook anmelden"},
                                                        {"instagram", "Login • Instagram"},
                                                        {"threads", "Threads • Log in"},
                                                        {"x", "Log in to X / X"},
                                                        {"linkedin", "LinkedIn: Log In or Sign Up"},
                                                        {"linkedin", "Sign Up | LinkedIn"},
                                                        {"vk", "Вход | VK"}}) {
    const std::string html = str_cat("<title>", title, "</title><main>See more from Claire Aubanel</main>");
    EXPECT_TRUE(wall(html, {platform, "https://site.example/p/1", ""})) << title;
  }
}

TEST(LoginWall, ANameAloneIsNoPost) {
  EXPECT_TRUE(wall("<title>Instagram</title>", {"instagram", "https://www.instagram.com/p/1/", ""}));
  EXPECT_TRUE(wall("<title>X</title>", {"x", "https://x.com/aubanel/status/1", ""}));
}

TEST(LoginWall, ThePageSaysOfItselfThatItIsTheFrontOrTheLogin) {
  const auto named = [](std::string_view address) {
    return str_cat("<title>Bienvenue</title><meta property='og:description' content='Retrouvez vos amis'>",
                   "<meta property='og:url' content='", address, "'>");
  };
  EXPECT_TRUE(wall(named("https://www.facebook.com/"), {"facebook", kPost, ""}));
  EXPECT_TRUE(wall(named("https://www.facebook.com/login/web/"), {"facebook", kPost, ""}));
  EXPECT_FALSE(wall(named(kPost), {"facebook", kPost, ""}));
}

TEST(LoginWall, APasswordFieldBesideAPostIsNone) {
  const std::string form = "<form><input type=\"password\" name=pass></form><main>Weiter</main>";
  EXPECT_TRUE(wall(form, {"facebook", kPost, ""}));
  const std::string post = str_cat("<meta property='og:url' content='", kPost,
                                   "'><meta property='og:title' content='Claire Aubanel'>"
                                   "<meta property='og:description' content='Le pont rouvre.'>");
  EXPECT_FALSE(wall(post + form, {"facebook", kPost, ""}));
  EXPECT_FALSE(wall("<title>The bridge</title><article>It opens.</article>" + form,
                    {"web", "https://city.example/bridge", ""}))
      << "many sites have a login in their head";
  EXPECT_TRUE(wall("<title>Log in</title>" + form, {"web", "https://city.example/bridge", ""}));
}

TEST(LoginWall, ARedirectToALoginIsOneAndASlugIsNot) {
  const std::string html = "<title>The new login of the town</title><article>It is easy.</article>";
  const std::string asked = "https://city.example/news/login-made-easy";
  EXPECT_FALSE(wall(html, {"web", asked, asked}));
  EXPECT_FALSE(wall(html, {"web", "https://city.example/n?id=5", asked}));
  for (const char* landed :
       {"https://city.example/login?next=/news", "https://www.instagram.com/accounts/login/?next=x",
        "https://x.com/i/flow/login", "https://www.linkedin.com/authwall?trk=x",
        "https://m.facebook.com/login.php?next=x", "https://login.city.example/"})
    EXPECT_TRUE(wall(html, {"web", asked, landed})) << landed;
}

TEST(LoginWall, PostsThatSpeakOfLoggingInArePosts) {
  const std::string html =
      "<title>Claire Aubanel - Sign up for the vaccination now, at the town hall | Facebook</title>"
      "<meta property='og:description' content='Sign up for the vaccination.'>";
  EXPECT_FALSE(wall(html, {"facebook", kPost, kPost}));
}

}  // namespace
}  // namespace copytaster
